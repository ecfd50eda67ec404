import { groupSearchPayload } from '../../contract/payloads';
import type { FoundGroups, PolicySite } from '../../contract/policy';
import { heldGroupIds } from '../../policy/group-names';
import type { Ports } from '../../ports/ports';
import { parsed, type ResolverCall } from '../resolver-call';
import { mustAdminister } from './admins-only';
import { policyInForce } from './store';

/**
 * `policy.site`: what this site has that a policy can hold by id, with the names of today: its fields and statuses, and
 * the groups that the policy in force holds. Read as the viewer, who administers Jira.
 */
export async function readPolicySite(ports: Ports): Promise<PolicySite> {
  await mustAdminister(ports);
  const policy = await policyInForce(ports);
  const ids = heldGroupIds(policy);
  const [fields, statuses, groups] = await Promise.all([
    ports.jira.customFields(),
    ports.jira.statuses(),
    ids.length === 0 ? {} : ports.jira.groupNames(ids),
  ]);
  return { fields: fields.toSorted(byName), statuses: statuses.toSorted(byName), groups };
}

const byName = (a: { readonly name: string }, b: { readonly name: string }): number => a.name.localeCompare(b.name);

/** `policy.groups`: groups whose names contain a text, as the viewer sees them; says whether that was all. */
export async function findGroups(ports: Ports, call: ResolverCall): Promise<FoundGroups> {
  await mustAdminister(ports);
  const { query } = parsed(groupSearchPayload, call.payload);
  return ports.jira.findGroups(query);
}
