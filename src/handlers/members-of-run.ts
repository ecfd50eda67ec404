import { membersOfRunKey } from '../ledger/keys';
import type { Policy } from '../policy/policy';
import type { Ports } from '../ports/ports';
import { readMembers } from './facts';

type Members = Awaited<ReturnType<typeof readMembers>>;

/** Longer than a run's jobs are on their way; a later run has another name. */
const KEPT_SECONDS = 2 * 60 * 60;

/**
 * The members of every deciding group, read once for all changes of an hourly run: of all that a run asks of Jira they
 * would cost the most. Good for the read-only fields only, which Jira's rules compare with the groups as they are;
 * whoever decides is always read live.
 */
export async function membersOfRun(ports: Ports, policy: Policy, run: string): Promise<Members> {
  const key = membersOfRunKey(run, policy.version);
  const known = await ports.store.get(key);
  if (known !== undefined) return known as Members;
  const members = await readMembers(ports, policy);
  await ports.store.set(key, members, { ttlSeconds: KEPT_SECONDS });
  return members;
}
