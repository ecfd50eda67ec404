import type { Sha256Hex, StoredEntry } from './entry';

/** What the field "Change ledger" says of a chain: how long it is, where it ends, and which pack was made last. */
export interface PublishedHead {
  readonly entries: number;
  /** Hash of the last entry. */
  readonly head: Sha256Hex;
  /** Number of the newest pack and the SHA-256 of its MANIFEST.sha256; null before there is one. */
  readonly pack: { readonly number: string; readonly manifestDigest: Sha256Hex } | null;
}

const TEXT = /^([1-9]\d{0,8}) entr(?:y|ies), last hash ([0-9a-f]{64})(?:, pack (\d{4,9}) manifest ([0-9a-f]{64}))?$/;

/** The text of the field: one line of ASCII below 255 characters, or empty for a chain without entries. */
export function publishedText(entries: readonly StoredEntry[]): string {
  const last = entries.at(-1);
  if (last === undefined) return '';
  const count = last.entry.seq + 1;
  const packs = entries.flatMap(({ entry }) => (entry.kind === 'pack-assembled' ? [entry.body] : []));
  const newest = packs.at(-1);
  const pack =
    newest === undefined ? '' : `, pack ${newest.pack.split('-').at(-1) ?? ''} manifest ${newest.manifestDigest}`;
  return `${count} ${count === 1 ? 'entry' : 'entries'}, last hash ${last.hash}${pack}`;
}

/** Reads the text of the field; undefined for anything else than `publishedText` makes of a chain with entries. */
export function readPublished(text: string): PublishedHead | undefined {
  const [, entries, head, number, manifestDigest] = TEXT.exec(text) ?? [];
  if (entries === undefined || head === undefined) return undefined;
  const pack = number === undefined || manifestDigest === undefined ? null : { number, manifestDigest };
  return { entries: Number(entries), head, pack };
}
