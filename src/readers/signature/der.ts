/** One element of a DER encoding (ITU-T X.690). */
export interface Der {
  readonly tag: number;
  /** With tag and length. */
  readonly bytes: Uint8Array;
  readonly content: Uint8Array;
}

/** The elements that lie one behind the other; undefined when the bytes are not exactly such. */
export function derElements(bytes: Uint8Array): readonly Der[] | undefined {
  const found: Der[] = [];
  for (let at = 0; at < bytes.length;) {
    const one = derAt(bytes, at);
    if (one === undefined) return undefined;
    found.push(one);
    at += one.bytes.length;
  }
  return found;
}

/** The elements inside the one element that the bytes are. */
export function derInside(bytes: Uint8Array): readonly Der[] | undefined {
  const one = derAt(bytes, 0);
  return one?.bytes.length === bytes.length ? derElements(one.content) : undefined;
}

function derAt(bytes: Uint8Array, at: number): Der | undefined {
  const [tag, first] = [bytes[at], bytes[at + 1]];
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f) return undefined;
  let start = at + 2;
  let length = first;
  if (first >= 0x80) {
    const digits = first - 0x80;
    if (digits === 0 || digits > 4 || start + digits > bytes.length) return undefined;
    length = 0;
    for (const end = start + digits; start < end; start++) length = length * 256 + (bytes[start] ?? 0);
  }
  if (start + length > bytes.length) return undefined;
  return { tag, bytes: bytes.subarray(at, start + length), content: bytes.subarray(start, start + length) };
}

/** Encodes an element out of its contents. */
export function der(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  const { length } = content;
  const digits: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) digits.unshift(rest % 256);
  return Buffer.concat([Buffer.from(length < 0x80 ? [tag, length] : [tag, 0x80 + digits.length, ...digits]), content]);
}

/** An object identifier in dots. */
export function oidOf(content: Uint8Array): string {
  const arcs: number[] = [];
  let value = 0;
  for (const byte of content) {
    value = value * 128 + (byte & 0x7f);
    if (byte >= 0x80) continue;
    if (arcs.length === 0)
      arcs.push(Math.min(2, Math.floor(value / 40)), value - 40 * Math.min(2, Math.floor(value / 40)));
    else arcs.push(value);
    value = 0;
  }
  return arcs.join('.');
}
