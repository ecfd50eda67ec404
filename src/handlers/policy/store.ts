import { POLICY_CURRENT_KEY, policyKey } from '../../ledger/keys';
import type { StoredEntry } from '../../ledger/entry';
import { DEFAULT_POLICY, type Policy } from '../../policy/policy';
import { migratedPolicy } from '../../policy/schema';
import type { Ports } from '../../ports/ports';
import { refuse } from '../refusal';

/**
 * The policy in force: the one saved last, or the default of a new site. One storage read. What is stored and is no
 * policy is never replaced by a default: nothing is decided by rules that nobody chose.
 */
export async function policyInForce(ports: Pick<Ports, 'store'>): Promise<Policy> {
  const value = await ports.store.get(POLICY_CURRENT_KEY);
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
