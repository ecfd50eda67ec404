import { zipSync } from 'fflate';
import type { PackFile } from './input';

/**
 * A ZIP of the files in the order given, with the same bytes for the same files anywhere: fflate deflates in
 * JavaScript, and every entry has the date 1980-01-01 00:00, the first that a ZIP can hold. The date is built as local
 * time because fflate writes local time.
 */
export function zipPack(files: readonly PackFile[]): Uint8Array {
  const entries = Object.fromEntries(files.map(({ name, bytes }) => [name, bytes]));
  return zipSync(entries, { level: 6, mtime: new Date(1980, 0, 1) });
}
