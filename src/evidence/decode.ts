import { scanText } from './scan';

export type Encoding = 'utf-8' | 'utf-8-bom' | 'utf-16le' | 'utf-16be' | 'latin-1';

export interface Decoded {
  readonly encoding: Encoding;
  readonly text: string;
}

/**
 * The text of bytes: by its byte order mark (Unicode 15, section 23.8), else UTF-16 when every other byte of the
 * beginning is zero as Windows tools write it, else strict UTF-8, else Latin-1 when nothing in it is a control character.
 * Undefined for bytes that are no text.
 */
export function decode(bytes: Uint8Array): Decoded | undefined {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return utf8(bytes.subarray(3), 'utf-8-bom') ?? latin1(bytes);
  if (a === 0xff && b === 0xfe) return utf16(bytes.subarray(2), 'utf-16le');
  if (a === 0xfe && b === 0xff) return utf16(bytes.subarray(2), 'utf-16be');
  const zeros = zerosAtEvenAndOdd(bytes.subarray(0, 256));
  if (zeros === 'odd') return utf16(bytes, 'utf-16le');
  if (zeros === 'even') return utf16(bytes, 'utf-16be');
  return utf8(bytes, 'utf-8') ?? latin1(bytes);
}

function utf8(bytes: Uint8Array, encoding: 'utf-8' | 'utf-8-bom'): Decoded | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return hasControls(text) ? undefined : { encoding, text };
  } catch {
    return undefined;
  }
}

function utf16(bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): Decoded | undefined {
  const text = new TextDecoder(encoding).decode(bytes);
  return hasControls(text) ? undefined : { encoding, text };
}

function latin1(bytes: Uint8Array): Decoded | undefined {
  const text = new TextDecoder('latin1').decode(bytes);
  return hasControls(text) ? undefined : { encoding: 'latin-1', text };
}

/** NUL and the like are in no text; escape, tab, line and page ends and backspace are. */

const hasControls = (text: string): boolean => /[\u0000-\u0006\u000e-\u001a\u007f]/.test(text.slice(0, 4096));

/** Half of the beginning at least has to be such pairs: text in Latin letters always begins like that. */
function zerosAtEvenAndOdd(bytes: Uint8Array): 'even' | 'odd' | undefined {
  const pairs = bytes.length >> 1;
  if (pairs === 0) return undefined;
  let even = 0;
  let odd = 0;
  for (let i = 0; i < pairs * 2; i += 2) {
    if (bytes[i] === 0) even += 1;
    if (bytes[i + 1] === 0) odd += 1;
  }
  if (odd * 2 > pairs && even === 0) return 'odd';
  return even * 2 > pairs && odd === 0 ? 'even' : undefined;
}

/**
 * The text as which the bytes of a file are to be searched and kept: UTF-8 as it is, and text in another encoding where a
 * marking or a secret stands in it, which could not be taken out of bytes. Undefined for what is kept as bytes.
 */
export function textToKeep(bytes: Buffer): string | undefined {
  const text = bytes.toString('utf8');
  if (Buffer.from(text, 'utf8').equals(bytes)) return text;
  const other = decode(bytes)?.text;
  return other === undefined || scanText(other).length === 0 ? undefined : other;
}
