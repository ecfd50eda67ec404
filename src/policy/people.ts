import type { Person } from '../ledger/entry';
import { identitiesOf, identityKey } from './identity';
import type { Identity } from './identity';

/**
 * Who is who, as an admin knows it: which identities at senders belong to which Jira accounts, which accounts are one
 * person, and which identities are nobody who may decide here. Personal data, so it is no part of the policy and of
 * nothing that is hashed in the clear.
 */
export interface PeopleMap {
  readonly version: string;
  readonly people: readonly MappedPerson[];
}

export interface MappedPerson {
  readonly id: string;
  readonly name: string;
  /** Jira accounts, all of this one person; none for somebody (a bot, a vendor) who may not decide here. */
  readonly accounts: readonly string[];
  readonly identities: readonly Identity[];
  /** The organisation the person works for; null where nobody said. */
  readonly organisation: string | null;
}

export const EMPTY_PEOPLE: PeopleMap = { version: 'people-0', people: [] };

interface Index {
  readonly byAccount: ReadonlyMap<string, MappedPerson>;
  readonly byIdentity: ReadonlyMap<string, readonly MappedPerson[]>;
}

/** A change is judged several times by one map of up to 2,000 people. */
const indexes = new WeakMap<PeopleMap, Index>();

function indexOf(map: PeopleMap): Index {
  const known = indexes.get(map);
  if (known !== undefined) return known;
  const byIdentity = new Map<string, MappedPerson[]>();
  for (const one of map.people) {
    for (const key of new Set(one.identities.map(identityKey)))
      byIdentity.set(key, [...(byIdentity.get(key) ?? []), one]);
  }
  const byAccount = new Map(map.people.flatMap((one) => one.accounts.map((id) => [id, one] as const)));
  const built = { byAccount, byIdentity };
  indexes.set(map, built);
  return built;
}

const ofAccount = (map: PeopleMap | undefined, accountId: string): MappedPerson | undefined =>
  map === undefined ? undefined : indexOf(map).byAccount.get(accountId);

/**
 * One name for each person: the same for all accounts that are known to be one person (the least of their ids), so that
 * they count as one signer. An account that is not mapped is a person of its own.
 */
export function personKey(map: PeopleMap | undefined, accountId: string): string {
  return accountsOf(map, accountId).reduce((least, id) => (id < least ? id : least));
}

/** Every account of the person who has this one, this one included. */
export function accountsOf(map: PeopleMap | undefined, accountId: string): readonly [string, ...string[]] {
  const others = ofAccount(map, accountId)?.accounts.filter((id) => id !== accountId) ?? [];
  return [accountId, ...others];
}

/** Everybody of the map whom any identity of somebody at a sender names; any match is enough to bar (ruling 9). */
export function peopleMatching(map: PeopleMap | undefined, person: Person, source: string): readonly MappedPerson[] {
  if (map === undefined || map.people.length === 0) return [];
  const { byAccount, byIdentity } = indexOf(map);
  const own = person.accountId === undefined ? undefined : byAccount.get(person.accountId);
  const named = identitiesOf(person, source).flatMap((one) => byIdentity.get(identityKey(one)) ?? []);
  return [...new Set([...(own === undefined ? [] : [own]), ...named])];
}

/**
 * The part of a map that judging a change can depend on: the people with one of these accounts or identities. Judging
 * by it and by the whole map is the same, and nobody else's data leaves with a pack.
 */
export function concerning(
  map: PeopleMap,
  accounts: ReadonlySet<string>,
  persons: readonly { readonly person: Person; readonly source: string }[],
): PeopleMap {
  const matching = new Set(persons.flatMap(({ person, source }) => peopleMatching(map, person, source)));
  return {
    version: map.version,
    people: map.people.filter((one) => matching.has(one) || one.accounts.some((id) => accounts.has(id))),
  };
}
