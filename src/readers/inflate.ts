import { Gunzip, Unzip, UnzipInflate } from 'fflate';
import { MAX_BYTES } from './limits';
import type { RefusalReason } from './refusals';

const STEP = 16 * 1024;

class TooFar extends Error {}

/** Collects pieces up to the limit, so that nothing can swell beyond it. */
class Pieces {
  private readonly pieces: Uint8Array[] = [];
  private length = 0;
  /** Whether the last piece was there. */
  ended = false;

  add(piece: Uint8Array): void {
    this.length += piece.length;
    if (this.length > MAX_BYTES) throw new TooFar();
    this.pieces.push(piece);
  }

  joined(): Uint8Array {
    const all = new Uint8Array(this.length);
    let at = 0;
    for (const piece of this.pieces) {
      all.set(piece, at);
      at += piece.length;
    }
    return all;
  }
}

type Inflated = { readonly bytes: Uint8Array; readonly files: number } | { readonly reason: RefusalReason };

/**
 * The bytes inside a gzip file, or inside a ZIP that holds one file. Other files come back as they are, and so does a
 * ZIP of several (`files` says how many), which nobody can read as one. Reasons: `inflates-too-far`, `archive-damaged`.
 */
export function inflate(bytes: Uint8Array): Inflated {
  try {
    if (bytes[0] === 0x1f && bytes[1] === 0x8b) return { bytes: gunzip(bytes), files: 1 };
    if (bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4) return unzipOne(bytes);
    return { bytes, files: 1 };
  } catch (error) {
    return { reason: error instanceof TooFar ? 'inflates-too-far' : 'archive-damaged' };
  }
}

function gunzip(bytes: Uint8Array): Uint8Array {
  // Header and trailer (RFC 1952) are eighteen bytes; fewer end without an error here.
  if (bytes.length < 18) throw new Error('cut off');
  const pieces = new Pieces();
  const stream = new Gunzip((piece, final) => {
    pieces.ended ||= final;
    pieces.add(piece);
  });
  inSteps(bytes, (step, last) => stream.push(step, last));
  if (!pieces.ended) throw new Error('cut off');
  return pieces.joined();
}

function unzipOne(bytes: Uint8Array): Inflated {
  const pieces = new Pieces();
  let files = 0;
  const stream = new Unzip((entry) => {
    if (entry.name.endsWith('/')) return;
    files += 1;
    entry.ondata = (error, piece, final) => {
      if (error !== null) throw error;
      pieces.ended ||= final;
      pieces.add(piece);
    };
    if (files === 1) entry.start();
  });
  stream.register(UnzipInflate);
  inSteps(bytes, (step, last) => stream.push(step, last));
  if (files > 1) return { bytes, files };
  if (!pieces.ended) throw new Error('cut off');
  return { bytes: pieces.joined(), files };
}

function inSteps(bytes: Uint8Array, push: (step: Uint8Array, last: boolean) => void): void {
  for (let at = 0; at < bytes.length; at += STEP) push(bytes.subarray(at, at + STEP), at + STEP >= bytes.length);
}
