import { sha256Hex } from '../../../src/ledger/hash';
import type { HandedIn } from '../../../src/readers/reader';

/** A file as it is handed in, from its text or bytes. */
export function handedIn(content: string | Uint8Array, name = 'file'): HandedIn {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return { name, mediaType: null, bytes, digest: sha256Hex(bytes) };
}

/** The bytes of a text in UTF-16 with a byte order mark, as PowerShell's redirection writes it. */
export function utf16(text: string, order: 'le' | 'be' = 'le', mark = true): Uint8Array {
  const bytes = Buffer.from(`${mark ? '\ufeff' : ''}${text}`, 'utf16le');
  return new Uint8Array(order === 'le' ? bytes : bytes.swap16());
}
