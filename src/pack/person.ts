import type { ChangeSnapshot } from '../change/snapshot';
import { disclosed } from '../ledger/commitment';
import type { Committed, Person, StoredEntry } from '../ledger/entry';

export const ERASED = 'erased';

/** The person behind a commitment, in full: null for nobody, `erased` when the ledger no longer discloses who. */
export function personOf(stored: StoredEntry, committed: Committed | null): Person | typeof ERASED | null {
  if (committed === null) return null;
  const value = disclosed<unknown>(stored, committed);
  return isPerson(value) ? value : ERASED;
}

/** Name and identifier, because a name alone names nobody: `Ada Lovelace (account 5b10…)`. */
export function personText(person: Person | typeof ERASED | null): string {
  if (person === null) return 'nobody named';
  if (person === ERASED) return 'erased from the ledger';
  const name = person.displayName ?? person.login ?? person.email;
  const ids = [
    ...(person.accountId === undefined ? [] : [`account ${person.accountId}`]),
    ...(person.login === undefined || person.login === name ? [] : [`login ${person.login}`]),
    ...(person.email === undefined || person.email === name ? [] : [person.email]),
  ];
  if (name === undefined) return ids.join(', ') || 'nobody named';
  return ids.length === 0 ? name : `${name} (${ids.join(', ')})`;
}

/** An account as Jira named it at export. */
export function accountText(snapshot: ChangeSnapshot, accountId: string | null): string {
  if (accountId === null) return 'nobody named';
  const displayName = Object.hasOwn(snapshot.names, accountId) ? snapshot.names[accountId] : undefined;
  return personText(displayName === undefined ? { accountId } : { accountId, displayName });
}

function isPerson(value: unknown): value is Person {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const known = ['accountId', 'displayName', 'email', 'login'];
  return Object.entries(value).every(([key, member]) => known.includes(key) && typeof member === 'string');
}
