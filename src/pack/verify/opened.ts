import type { PackFile } from '../input';
import type { Manifest } from '../manifest';
import { readManifest } from '../manifest';
import { FILES } from '../files';
import { ParseError, parseJson } from '../../ledger/parse';

/** The files of a pack by name, and its manifest as far as it could be read. */
export interface OpenedPack {
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly manifest: Manifest | undefined;
  /** Why the manifest could not be read; null when it could, or when there is none. */
  readonly manifestRefused: string | null;
}

export function openPack(files: readonly PackFile[]): OpenedPack {
  const byName = new Map(files.map(({ name, bytes }) => [name, bytes]));
  const bytes = byName.get(FILES.manifest);
  const read = bytes === undefined ? { refused: null } : manifestIn(bytes);
  return 'refused' in read
    ? { files: byName, manifest: undefined, manifestRefused: read.refused }
    : { files: byName, manifest: read, manifestRefused: null };
}

/** A value in a JSON file of the pack, or why there is none. */
export function jsonIn(bytes: Uint8Array): { readonly value: unknown } | { readonly refused: string } {
  try {
    return { value: parseJson(bytes) };
  } catch (error) {
    if (error instanceof ParseError) return { refused: error.message };
    throw error;
  }
}

function manifestIn(bytes: Uint8Array): Manifest | { readonly refused: string } {
  const json = jsonIn(bytes);
  return 'refused' in json ? json : readManifest(json.value);
}
