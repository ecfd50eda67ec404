/** One packet of an OpenPGP message (RFC 4880 section 4, RFC 9580). */
export interface Packet {
  readonly tag: number;
  readonly body: Buffer;
}

/** A key block has a few dozen; a person's with many certifications some thousands. */
const MAX_PACKETS = 5_000;

/** The packets, or undefined for what is none: partial and indeterminate lengths occur in neither keys nor signatures. */
export function packets(bytes: Buffer): readonly Packet[] | undefined {
  const found: Packet[] = [];
  let at = 0;
  while (at < bytes.length) {
    const first = bytes[at] ?? 0;
    if ((first & 0x80) === 0 || found.length >= MAX_PACKETS) return undefined;
    const isNew = (first & 0x40) !== 0;
    const length = isNew ? newLength(bytes, at + 1) : oldLength(bytes, at + 1, first & 3);
    if (length === undefined || length.start + length.size > bytes.length) return undefined;
    const tag = isNew ? first & 0x3f : (first >> 2) & 0xf;
    found.push({ tag, body: bytes.subarray(length.start, length.start + length.size) });
    at = length.start + length.size;
  }
  return found;
}

interface Length {
  readonly start: number;
  readonly size: number;
}

/** Also the length of a subpacket. */
export function newLength(bytes: Buffer, at: number): Length | undefined {
  const first = bytes[at];
  if (first === undefined) return undefined;
  if (first < 192) return { start: at + 1, size: first };
  const second = bytes[at + 1];
  if (first < 224 && second !== undefined) return { start: at + 2, size: (first - 192) * 256 + second + 192 };
  return first === 255 && at + 5 <= bytes.length ? { start: at + 5, size: bytes.readUInt32BE(at + 1) } : undefined;
}

function oldLength(bytes: Buffer, at: number, type: number): Length | undefined {
  const size = [1, 2, 4][type];
  if (size === undefined || at + size > bytes.length) return undefined;
  return { start: at + size, size: bytes.readUIntBE(at, size) };
}

/** Multiprecision integers (RFC 4880 section 3.2) without their lengths, exactly `count` of them and nothing behind. */
export function integers(bytes: Buffer, count: number): readonly Buffer[] | undefined {
  const found: Buffer[] = [];
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (at + 2 > bytes.length) return undefined;
    const size = Math.ceil(bytes.readUInt16BE(at) / 8);
    if (at + 2 + size > bytes.length) return undefined;
    found.push(bytes.subarray(at + 2, at + 2 + size));
    at += 2 + size;
  }
  return at === bytes.length ? found : undefined;
}

/** Left-padded to a fixed length; undefined when it is longer. */
export const padded = (value: Buffer | undefined, length: number): Buffer | undefined =>
  value === undefined || value.length > length
    ? undefined
    : Buffer.concat([Buffer.alloc(length - value.length), value]);
