import { createHash } from 'node:crypto';
import type { Sha256Hex } from './entry';

/** SHA-256 (FIPS 180-4) in lower-case hexadecimal; a string is hashed as its UTF-8 bytes. */
export function sha256Hex(data: string | Uint8Array): Sha256Hex {
  const hash = createHash('sha256');
  return (typeof data === 'string' ? hash.update(data, 'utf8') : hash.update(data)).digest('hex');
}

export function isSha256Hex(text: unknown): text is Sha256Hex {
  return typeof text === 'string' && /^[0-9a-f]{64}$/.test(text);
}
