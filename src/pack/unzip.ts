import { Inflate } from 'fflate';
import { crc32 } from './crc32';
import { isPackFileName } from './files';
import type { PackFile } from './input';
import { ZipDamage, readDirectory } from './zip-directory';
import type { ZipEntry } from './zip-directory';

/** Far above any pack of one change; everything is checked against these before it is unpacked. */
export const MAX_FILE_BYTES = 256 * 1024 * 1024;
export const MAX_PACK_BYTES = 1024 * 1024 * 1024;

export interface Unzipped {
  readonly files: readonly PackFile[];
  /** `file` is null when it concerns the archive as a whole. */
  readonly problems: readonly { readonly file: string | null; readonly sentence: string }[];
}

/** Whether the bytes begin like a ZIP at all. */
export const looksLikeZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && ((bytes[2] === 3 && bytes[3] === 4) || (bytes[2] === 5 && bytes[3] === 6));

/**
 * Unpacks a ZIP that may come from anywhere, with everything wrong with it in one list. Refused: names that are not
 * plain ASCII file names (folders, drives, `..`), a name twice, in whatever case, encrypted entries, methods other than
 * stored and deflated, wrong sizes and checksums, sizes over the limits, bytes behind the end of the archive. A file
 * that cannot be unpacked is a problem with its name; the others are still there. One folder around all files is fine,
 * because that is how people zip a folder again.
 */
export function unzipPack(bytes: Uint8Array): Unzipped {
  const problems: { file: string | null; sentence: string }[] = [];
  const files: PackFile[] = [];
  let directory: ReturnType<typeof readDirectory>;
  try {
    directory = readDirectory(bytes);
  } catch (error) {
    if (!(error instanceof ZipDamage)) throw error;
    return { files, problems: [{ file: null, sentence: error.message }] };
  }
  if (directory.damage !== null) problems.push({ file: null, sentence: directory.damage });
  const seen = new Set<string>();
  let total = 0;
  for (const { entry, name } of withoutFolder(directory.entries)) {
    total += entry.size;
    const sentence =
      refusalOf(entry, name, seen) ?? (total > MAX_PACK_BYTES ? 'the files together are too large to be a pack' : null);
    seen.add(name.toLowerCase());
    const content = sentence ?? extract(bytes, entry);
    if (typeof content === 'string') problems.push({ file: name, sentence: content });
    else files.push({ name, bytes: content });
  }
  return { files, problems };
}

/** Folder entries hold nothing; a folder that all files share is taken off. */
function withoutFolder(entries: readonly ZipEntry[]): { entry: ZipEntry; name: string }[] {
  const real = entries.filter(({ name, size }) => !(name.endsWith('/') && size === 0));
  const folder = /^[^/\\]+\//.exec(real[0]?.name ?? '')?.[0];
  const shared =
    folder !== undefined && folder !== '../' && folder !== './' && real.every(({ name }) => name.startsWith(folder));
  return real.map((entry) => ({ entry, name: shared ? entry.name.slice(folder.length) : entry.name }));
}

function refusalOf(entry: ZipEntry, name: string, seen: ReadonlySet<string>): string | null {
  if (!isPackFileName(name)) return 'its name is not one that a pack may hold';
  if (seen.has(name.toLowerCase())) return 'the archive holds a file of this name twice';
  if (entry.size > MAX_FILE_BYTES) return `it says that it unpacks to ${entry.size} bytes, more than a pack may hold`;
  if (entry.encrypted) return 'it is encrypted';
  if (entry.method !== 0 && entry.method !== 8)
    return `it is compressed by method ${entry.method}, which a pack never uses`;
  return null;
}

/** The content, or why it could not be unpacked. */
function extract(bytes: Uint8Array, entry: ZipEntry): Uint8Array | string {
  const packed = bytes.subarray(entry.start, entry.start + entry.packedSize);
  if (packed.length !== entry.packedSize) return 'it is cut off';
  const content = entry.method === 0 ? packed : inflate(packed, entry.size);
  if (typeof content === 'string') return content;
  if (content.length !== entry.size) return `it holds ${content.length} bytes, the archive says ${entry.size}`;
  return crc32(content) === entry.crc ? content : 'its checksum in the archive (CRC-32) does not match its bytes';
}

/** Inflates piece by piece and stops at the size that was announced, so that nothing can swell beyond it. */
function inflate(packed: Uint8Array, size: number): Uint8Array | string {
  const content = new Uint8Array(size);
  let length = 0;
  const stream = new Inflate((piece) => {
    if (length + piece.length > size) throw new ZipDamage('it unpacks to more bytes than the archive says');
    content.set(piece, length);
    length += piece.length;
  });
  try {
    const STEP = 64 * 1024;
    for (let at = 0; at < packed.length; at += STEP) {
      stream.push(packed.subarray(at, at + STEP), at + STEP >= packed.length);
    }
  } catch (error) {
    return error instanceof ZipDamage ? error.message : 'its compressed bytes are damaged';
  }
  return content.subarray(0, length);
}
