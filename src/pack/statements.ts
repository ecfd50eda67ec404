import type { Sha256Hex, StoredEntry } from '../ledger/entry';
import { sha256Hex } from '../ledger/hash';
import { readDocument, type StatementsDocument } from '../readers/document';
import { statementsFile } from './files';
import type { PackFile } from './input';

/** What a file that was handed in states, as it was kept beside the ledger; named by the digest in its entry. */
export type StatementsPart =
  | { readonly state: 'held'; readonly digest: Sha256Hex; readonly bytes: Uint8Array }
  | { readonly state: 'missing'; readonly digest: Sha256Hex; readonly because: string };

/** What became of the statements of one entry. */
export interface StatementsRecord {
  readonly entry: number;
  readonly digest: Sha256Hex;
  readonly state: 'held' | 'missing';
  readonly because: string | null;
}

export type FileEntry = StoredEntry<'file-read'>;

export const fileEntries = (entries: readonly StoredEntry[]): readonly FileEntry[] =>
  entries.filter((stored): stored is FileEntry => stored.entry.kind === 'file-read');

/** More of one pack than an archive should hold; what is beyond it stays with the app. */
export const MAX_STATEMENTS_BYTES = 96 * 1024 * 1024;

/**
 * The statements of every file that was read, in the order of the entries. Bytes that are not the ones an entry commits to
 * are missing, with that as the reason: a pack never passes off other statements as those of a file.
 */
export function settleStatements(
  entries: readonly StoredEntry[],
  parts: readonly StatementsPart[],
): { readonly records: StatementsRecord[]; readonly files: PackFile[] } {
  const byDigest = new Map(parts.map((part) => [part.digest, part]));
  const records: StatementsRecord[] = [];
  const files = new Map<string, PackFile>();
  for (const { entry } of fileEntries(entries)) {
    const digest = entry.body.statementsDigest;
    if (digest === null) continue;
    const part = byDigest.get(digest) ?? ({ state: 'missing', digest, because: 'they are no longer stored' } as const);
    const because =
      part.state === 'missing'
        ? part.because
        : documentIn(part.bytes, digest) === undefined
          ? 'what is stored is not what the entry commits to'
          : null;
    records.push({ entry: entry.seq, digest, state: because === null ? 'held' : 'missing', because });
    if (because === null && part.state === 'held') {
      const name = statementsFile(digest);
      files.set(name, { name, bytes: part.bytes });
    }
  }
  return { records, files: [...files.values()] };
}

/** The document in bytes, if they are the ones with this digest. */
export function documentIn(bytes: Uint8Array, digest: Sha256Hex): StatementsDocument | undefined {
  return sha256Hex(bytes) === digest ? readDocument(new TextDecoder('utf-8').decode(bytes)) : undefined;
}
