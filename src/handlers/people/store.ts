import { canonicalJson } from '../../ledger/canonical';
import type { Break } from '../../ledger/chain';
import type { StoredEntry } from '../../ledger/entry';
import { sha256Hex } from '../../ledger/hash';
import { PEOPLE_CURRENT_KEY, peopleKey, POLICY_CHAIN, POLICY_CURRENT_KEY } from '../../ledger/keys';
import { inspectLedger } from '../../ledger/read';
import { EMPTY_PEOPLE, type PeopleMap } from '../../policy/people';
import { storedPeople } from '../../policy/people-schema';
import type { Policy } from '../../policy/policy';
import type { Ports } from '../../ports/ports';
import { policyFrom } from '../policy/store';
import { refuse } from '../refusal';

/** The policy and the people map in force: one storage read for both, because every judgement needs both. */
export async function rulesInForce(
  ports: Pick<Ports, 'store'>,
): Promise<{ readonly policy: Policy; readonly people: PeopleMap }> {
  return rulesFrom(await ports.store.getMany(RULES_KEYS));
}

/** What `rulesFrom` is given the values of, in this order. */
export const RULES_KEYS: readonly string[] = [POLICY_CURRENT_KEY, PEOPLE_CURRENT_KEY];

/** @throws Refused 503 when something else is stored than a policy or a people map. */
export function rulesFrom([policy, people]: readonly unknown[]): {
  readonly policy: Policy;
  readonly people: PeopleMap;
} {
  return { policy: policyFrom(policy), people: peopleFrom(people) };
}

/** What is stored and is no map is never taken for "nobody is known": then two accounts of one person would be two. */
function peopleFrom(value: unknown): PeopleMap {
  if (value === undefined) return EMPTY_PEOPLE;
  const people = storedPeople(value);
  if (people === undefined)
    throw refuse(
      503,
      'people-unreadable',
      'The stored people map cannot be read, so nothing is decided. Tell your Jira admin.',
    );
  return people;
}

/** A version as it is stored. The salt makes its digest a commitment that says nothing about who is in it. */
export interface PeopleDocument extends PeopleMap {
  readonly salt: string;
}

export type PeopleSaved = StoredEntry<'people-saved'>;

export const isPeopleSave = (stored: StoredEntry): stored is PeopleSaved => stored.entry.kind === 'people-saved';

/** What the ledger says is in force; `people` is undefined when storage does not have what was saved. */
export interface SettledPeople {
  readonly version: string;
  readonly people: PeopleMap | undefined;
  /** Oldest first. */
  readonly saves: readonly PeopleSaved[];
  readonly breaks: readonly Break[];
}

const ATTEMPTS = 5;

/**
 * Brings the map in force in line with the ledger, whose newest save it is, as `settlePolicy` does for the policy: after
 * a save that was broken off, two at once, or an alteration of storage behind the app's back. Idempotent.
 */
export async function settlePeople(ports: Ports): Promise<SettledPeople> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    // In this order: a copy is written after its entry, so an entry that the copy has cannot be missed.
    const current: unknown = await ports.store.get(PEOPLE_CURRENT_KEY);
    const { entries, breaks } = await inspectLedger(ports.store, POLICY_CHAIN);
    const saves = entries.filter(isPeopleSave);
    const newest = saves.at(-1)?.entry.body;
    const version = newest?.version ?? EMPTY_PEOPLE.version;
    const settled = (people: PeopleMap | undefined) => ({ version, people, saves, breaks });
    if (breaks.length > 0) return settled(current === undefined ? EMPTY_PEOPLE : storedPeople(current));
    if (newest === undefined) {
      if (current !== undefined) await withdraw(ports);
      return settled(EMPTY_PEOPLE);
    }
    if (digestOf(current) === newest.peopleDigest) return settled(storedPeople(current));
    const saved = await ports.store.get(peopleKey(version));
    if (digestOf(saved) !== newest.peopleDigest) return settled(undefined);
    await ports.store.set(PEOPLE_CURRENT_KEY, saved);
  }
  throw refuse(503, 'busy', 'The people map is being saved by others. Try again in a minute.');
}

/** Nobody saved a map, so none may be in force. */
async function withdraw(ports: Ports): Promise<void> {
  ports.log.error('a people map was in force that nobody saved, and was removed', new Error(PEOPLE_CURRENT_KEY));
  await ports.store.delete(PEOPLE_CURRENT_KEY);
}

/** Of the document as it is stored, its salt included. */
export function digestOf(stored: unknown): string | undefined {
  try {
    return sha256Hex(canonicalJson(stored));
  } catch {
    return undefined;
  }
}
