import type { Break } from '../../ledger/chain';
import { canonicalJson } from '../../ledger/canonical';
import type { StoredEntry } from '../../ledger/entry';
import { sha256Hex } from '../../ledger/hash';
import { POLICY_CHAIN, POLICY_CURRENT_KEY, policyKey } from '../../ledger/keys';
import { inspectLedger } from '../../ledger/read';
import { DEFAULT_POLICY, type Policy } from '../../policy/policy';
import { migratedPolicy } from '../../policy/schema';
import type { Ports } from '../../ports/ports';
import { refuse } from '../refusal';

/**
 * The policy in force: the one saved last, or the default of a new site. One storage read. What is stored and is no
 * policy is never replaced by a default: nothing is decided by rules that nobody chose.
 */
export async function policyInForce(ports: Pick<Ports, 'store'>): Promise<Policy> {
  return policyFrom(await ports.store.get(POLICY_CURRENT_KEY));
}

/** The policy in force from what is stored under `POLICY_CURRENT_KEY`. @throws Refused 503 `policy-unreadable`. */
export function policyFrom(value: unknown): Policy {
  if (value === undefined) return DEFAULT_POLICY;
  const policy = migratedPolicy(value);
  if (policy === undefined)
    throw refuse(
      503,
      'policy-unreadable',
      'The stored policy cannot be read, so nothing is decided. Tell your Jira admin.',
    );
  return policy;
}

/** Versions other than today's that the decisions of a change name, as far as they can be read. */
export async function earlierPolicies(
  ports: Pick<Ports, 'store'>,
  entries: readonly StoredEntry[],
  today: Policy,
): Promise<Readonly<Record<string, Policy>>> {
  const named = entries.flatMap(({ entry }) => (entry.kind === 'decision' ? [entry.body.policyVersion] : []));
  const wanted = [...new Set(named)].filter((version) => version !== today.version && VERSION.test(version));
  const stored = wanted.filter((version) => version !== DEFAULT_POLICY.version);
  const values = stored.length === 0 ? [] : await ports.store.getMany(stored.map(policyKey));
  const read = values.map(migratedPolicy).filter((policy) => policy !== undefined);
  const all = wanted.includes(DEFAULT_POLICY.version) ? [DEFAULT_POLICY, ...read] : read;
  return Object.fromEntries(all.map((policy) => [policy.version, policy]));
}

/** A version that storage could hold; anything else in an entry names no policy of ours. */
const VERSION = /^[A-Za-z0-9._-]{1,64}$/;

export type SavedEntry = StoredEntry<'policy-saved'>;

/** What the chain named `policy` has. */
export interface Saves {
  /** Oldest first. */
  readonly entries: readonly SavedEntry[];
  /** What is wrong with the chain; nothing is saved and nothing restored on one that does not verify. */
  readonly breaks: readonly Break[];
}

export async function readSaves(ports: Pick<Ports, 'store'>): Promise<Saves> {
  const { entries, breaks } = await inspectLedger(ports.store, POLICY_CHAIN);
  return { entries: entries.filter(isSave), breaks };
}

export const isSave = (stored: StoredEntry): stored is SavedEntry => stored.entry.kind === 'policy-saved';

/** What the ledger says is in force; `policy` is undefined when storage does not have what was saved. */
export interface Settled {
  readonly version: string;
  readonly policy: Policy | undefined;
  readonly saves: Saves;
}

const ATTEMPTS = 5;

/**
 * Brings what is in force in line with the ledger, whose newest save it is: after a save that was broken off, after two
 * at once, and after an alteration of storage behind the app's back. Idempotent. The ledger is read again after each
 * write, so that of two that settle at once the one with the older view does not have the last word.
 */
export async function settlePolicy(ports: Ports): Promise<Settled> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    // In this order: a copy is written after its entry, so an entry that the copy has cannot be missed.
    const current: unknown = await ports.store.get(POLICY_CURRENT_KEY);
    const saves = await readSaves(ports);
    const newest = saves.entries.at(-1)?.entry.body;
    const version = newest?.version ?? DEFAULT_POLICY.version;
    if (saves.breaks.length > 0) return asItStands(current, version, saves);
    if (newest === undefined) {
      if (current !== undefined) await withdraw(ports);
      return { version, policy: DEFAULT_POLICY, saves };
    }
    if (digestOf(current) === newest.policyDigest) return { version, policy: migratedPolicy(current), saves };
    const saved = await ports.store.get(policyKey(version));
    if (digestOf(saved) !== newest.policyDigest) return { version, policy: undefined, saves };
    await ports.store.set(POLICY_CURRENT_KEY, saved);
  }
  throw refuse(503, 'busy', 'The policy is being saved by others. Try again in a minute.');
}

/** On a ledger that does not verify nothing is restored: what storage has is shown, and it is said to be unproven. */
function asItStands(current: unknown, version: string, saves: Saves): Settled {
  const policy = current === undefined ? DEFAULT_POLICY : migratedPolicy(current);
  return { version: policy?.version ?? version, policy, saves };
}

/** Nobody saved a policy, so none may be in force but the default. */
async function withdraw(ports: Ports): Promise<void> {
  ports.log.error('a policy was in force that nobody saved, and was removed', new Error(POLICY_CURRENT_KEY));
  await ports.store.delete(POLICY_CURRENT_KEY);
}

/** Of the value as it is stored: members that a later app fills in are no part of what was saved. */
function digestOf(stored: unknown): string | undefined {
  try {
    return sha256Hex(canonicalJson(stored));
  } catch {
    return undefined;
  }
}
