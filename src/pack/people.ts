import type { ChangeSnapshot } from '../change/snapshot';
import { participants } from '../change/participants';
import { authorshipsIn } from '../gate/authors';
import type { Person, StoredEntry } from '../ledger/entry';
import { concerning, type PeopleMap } from '../policy/people';

/**
 * The people of the map that are in this change, by an account of Jira's, of the ledger's, or by an identity of an
 * author or of somebody in a log that was handed in: judging by them is judging by the whole map, and nobody else's data leaves with the pack.
 */
export function peopleConcerned(
  map: PeopleMap,
  snapshot: ChangeSnapshot,
  entries: readonly StoredEntry[],
  logged: Parameters<typeof concerning>[2] = [],
): PeopleMap {
  const disclosed = entries.flatMap(({ disclosures }) =>
    Object.values(disclosures).flatMap(({ value }) => (isPerson(value) ? [value.accountId ?? ''] : [])),
  );
  const accounts = new Set([...participants(snapshot).keys(), ...Object.keys(snapshot.names), ...disclosed]);
  return concerning(map, accounts, [...authorshipsIn(entries), ...logged]);
}

const isPerson = (value: unknown): value is Person =>
  typeof value === 'object' && value !== null && 'accountId' in value && typeof value.accountId === 'string';
