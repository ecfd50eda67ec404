import type { AccountId } from '../change/snapshot';
import { disclosed } from '../ledger/commitment';
import type { Person, StoredEntry } from '../ledger/entry';
import { nameKey } from '../policy/identity';

/** What a named person said about an author of evidence. A later one replaces it. */
export interface Resolution {
  readonly seq: number;
  /** Null: nobody who may decide here. */
  readonly accountId: AccountId | null;
  readonly accountName: string | null;
  readonly byId: AccountId | null;
  readonly byName: string | null;
  readonly basis: string;
  readonly at: string;
}

/** The newest resolution of each author, by the author's key. One whose account was erased settles nothing any more. */
export function latestResolutions(entries: readonly StoredEntry[]): ReadonlyMap<string, Resolution> {
  const found = new Map<string, Resolution>();
  for (const stored of entries) {
    const { entry } = stored;
    if (entry.kind !== 'author-resolved') continue;
    const { evidence, index, account, by, basis } = entry.body;
    const about = entries.find((one) => one.entry.seq === evidence);
    if (about?.entry.kind !== 'evidence') continue;
    const named = about.entry.body.people[index];
    const person = named === undefined ? undefined : disclosed<Person>(about, named.person);
    if (person === undefined) continue;
    const key = nameKey(person, about.entry.body.provenance.source);
    const chosen = disclosed<Person>(stored, account);
    if (account !== null && chosen?.accountId === undefined) {
      found.delete(key);
      continue;
    }
    const said = disclosed<Person>(stored, by);
    found.set(key, {
      seq: entry.seq,
      accountId: chosen?.accountId ?? null,
      accountName: chosen?.displayName ?? null,
      byId: said?.accountId ?? null,
      byName: said?.displayName ?? null,
      basis,
      at: entry.at,
    });
  }
  return found;
}
