import { gunzipSync, gzipSync } from 'node:zlib';
import type { Store } from '../../ports/ports';

/** Forge storage takes 240 KiB a value; a base64 text of this length stays below it with its quotation marks. */
const CHUNK_LENGTH = 220 * 1024;
/** Four times the largest body: a chunk altered behind the app's back must not fill the memory. */
const MAX_OUTPUT_BYTES = 40 * 1024 * 1024;

/** A text in pieces that fit into storage: gzip (RFC 1952), then base64, then cut. At least one piece. */
export function toChunks(text: string): readonly string[] {
  const packed = gzipSync(text).toString('base64');
  const count = Math.max(1, Math.ceil(packed.length / CHUNK_LENGTH));
  return Array.from({ length: count }, (_, i) => packed.slice(i * CHUNK_LENGTH, (i + 1) * CHUNK_LENGTH));
}

/** Writes the pieces; what lies there from an earlier, half-done attempt is replaced. */
export async function writeChunks(
  store: Store,
  chunks: readonly string[],
  keyOf: (i: number) => string,
): Promise<void> {
  for (const [i, chunk] of chunks.entries()) await store.set(keyOf(i), chunk);
}

/** The text again, or undefined when a piece is missing or damaged. */
export async function readChunks(
  store: Store,
  count: number,
  keyOf: (i: number) => string,
): Promise<string | undefined> {
  const pieces = await store.getMany(Array.from({ length: count }, (_, i) => keyOf(i)));
  return unpacked(pieces);
}

const AT_ONCE = 25;

/** As `readChunks` where nobody wrote down how many pieces there are: up to the first that is not there. */
export async function readEveryChunk(
  store: Pick<Store, 'getMany'>,
  keyOf: (i: number) => string,
): Promise<{ readonly text: string | undefined; readonly found: number }> {
  const pieces: unknown[] = [];
  for (;;) {
    const from = pieces.length;
    const batch = await store.getMany(Array.from({ length: AT_ONCE }, (_, i) => keyOf(from + i)));
    const end = batch.indexOf(undefined);
    pieces.push(...(end === -1 ? batch : batch.slice(0, end)));
    if (end !== -1) return { text: pieces.length === 0 ? undefined : unpacked(pieces), found: pieces.length };
  }
}

function unpacked(pieces: readonly unknown[]): string | undefined {
  if (!pieces.every((piece) => typeof piece === 'string')) return undefined;
  try {
    return gunzipSync(Buffer.from(pieces.join(''), 'base64'), { maxOutputLength: MAX_OUTPUT_BYTES }).toString('utf8');
  } catch {
    // Damaged: what to do about it is for the caller, who knows what was stored.
    return undefined;
  }
}

export async function deleteChunks(store: Store, count: number, keyOf: (i: number) => string): Promise<void> {
  for (let i = 0; i < count; i++) await store.delete(keyOf(i));
}
