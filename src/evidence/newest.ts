import type { LedgerEntry, StoredEntry } from '../ledger/entry';
import { isFromFile } from './read-from-file';

export type EvidenceEntry = LedgerEntry<'evidence'>;

/** One piece of evidence with the newest of the facts recorded of it. */
export interface NewestFact {
  readonly stored: StoredEntry;
  readonly entry: EvidenceEntry;
  /** How many facts are recorded of it. */
  readonly facts: number;
}

/**
 * The newest fact of each source, kind, repository and id, apart what was stated and what was read from a file, in the order in which each was first recorded. Deliveries
 * come late and out of order, so the newest is the one with the latest time that the sender gave, and of those the one
 * recorded last.
 */
export function newestFacts(entries: readonly StoredEntry[]): readonly NewestFact[] {
  const newest = new Map<string, NewestFact>();
  for (const stored of entries) {
    const { entry } = stored;
    if (entry.kind !== 'evidence') continue;
    const { evidence, repository, id, provenance } = entry.body;
    const key = JSON.stringify([provenance.source, evidence, repository, id, isFromFile(entry)]);
    const known = newest.get(key);
    const facts = (known?.facts ?? 0) + 1;
    newest.set(
      key,
      known !== undefined && isOlder(entry, known.entry) ? { ...known, facts } : { stored, entry, facts },
    );
  }
  return [...newest.values()];
}

/** Whether a fact was stated before another; when either has no time, the one recorded last is the newer. */
function isOlder(fact: EvidenceEntry, known: EvidenceEntry): boolean {
  const [at, knownAt] = [fact.body.claimedAt, known.body.claimedAt];
  return at !== null && knownAt !== null && at < knownAt;
}
