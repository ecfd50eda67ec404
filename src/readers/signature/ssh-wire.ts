/** Reads SSH's binary encoding (RFC 4251, section 5). After the first thing that is not there everything is undefined. */
export class SshWire {
  private at = 0;
  private broken = false;

  constructor(private readonly bytes: Uint8Array) {}

  take(length: number): Buffer | undefined {
    if (this.broken || this.at + length > this.bytes.length) {
      this.broken = true;
      return undefined;
    }
    this.at += length;
    return Buffer.from(this.bytes.subarray(this.at - length, this.at));
  }

  uint32(): number | undefined {
    return this.take(4)?.readUInt32BE();
  }

  string(): Buffer | undefined {
    const length = this.uint32();
    return length === undefined ? undefined : this.take(length);
  }

  text(): string | undefined {
    return this.string()?.toString('latin1');
  }

  /** Whether everything was there and nothing is left. */
  ended(): boolean {
    return !this.broken && this.at === this.bytes.length;
  }
}

export function sshString(data: string | Uint8Array): Buffer {
  const content = Buffer.from(data as Uint8Array);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  return Buffer.concat([length, content]);
}
