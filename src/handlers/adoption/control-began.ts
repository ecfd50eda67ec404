import { policyKey } from '../../ledger/keys';
import { migratedPolicy } from '../../policy/schema';
import type { Ports } from '../../ports/ports';
import { readSaves } from '../policy/store';

/**
 * When a project first came under control: the first save of a policy that names it. Undefined when no saved policy does,
 * as for the project of a new site's default policy.
 */
export async function firstPolicyFor(ports: Pick<Ports, 'store'>, project: string): Promise<string | undefined> {
  const { entries } = await readSaves(ports);
  const policies = await ports.store.getMany(entries.map(({ entry }) => policyKey(entry.body.version)));
  const first = policies.findIndex((policy) => migratedPolicy(policy)?.projects.includes(project) === true);
  return entries[first]?.entry.at;
}
