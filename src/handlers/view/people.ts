import type { ChangeSnapshot } from '../../change/snapshot';
import type { PersonView } from '../../contract/panel';
import { disclosed } from '../../ledger/commitment';
import type { Committed, Person, StoredEntry } from '../../ledger/entry';

/** Names for screens: what Jira says now, then what the ledger recorded; an erased or unknown person has none. */
export function personView(
  accountId: string | null,
  snapshot: ChangeSnapshot,
  recordedName?: string | null,
): PersonView {
  return { accountId, name: (accountId === null ? undefined : snapshot.names[accountId]) ?? recordedName ?? null };
}

/** The name behind a commitment: display name, else the sender's user name, else nothing. */
export function nameOf(stored: StoredEntry, committed: Committed | null): string | null {
  const person = disclosed<Person>(stored, committed);
  return person?.displayName ?? person?.login ?? null;
}
