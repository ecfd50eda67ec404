import type { Policy, RoleKey } from './policy';

/** What a decision records for somebody who is not of the outside provider. */
export const OWN_ORGANISATION = 'own organisation';

type Rules = Pick<Policy, 'outsideProvider'>;

/** Whether these groups make somebody an engineer of the outside provider, whatever other groups they are in. */
export const isOutside = ({ outsideProvider }: Rules, groups: readonly string[]): boolean =>
  outsideProvider !== null && groups.includes(outsideProvider.group);

/**
 * The organisation somebody decides for, by today's groups. Undefined while the policy tells none apart: it is recorded
 * with the decision, and one that was not recorded is never taken for a second organisation.
 */
export function organisationOf({ outsideProvider }: Rules, groups: readonly string[]): string | undefined {
  if (outsideProvider === null) return undefined;
  return groups.includes(outsideProvider.group) ? outsideProvider.organisation : OWN_ORGANISATION;
}

/**
 * The outside provider while its time lasts; the last instant belongs to it. A decision made before its end goes on
 * counting afterwards, like every decision made under rules that have changed since.
 */
export function providerAt({ outsideProvider }: Rules, at: Date): Policy['outsideProvider'] {
  if (outsideProvider === null) return null;
  return outsideProvider.until === null || at.toISOString() <= outsideProvider.until ? outsideProvider : null;
}

/**
 * The roles that the groups confer at an instant, in the policy's order; of those `among`, if given. An engineer of the
 * outside provider stands in for every role while its time lasts and holds none afterwards, in whatever other groups.
 */
export function rolesOf(policy: Policy, groups: readonly string[], at: Date, among?: readonly RoleKey[]): RoleKey[] {
  const outside = isOutside(policy, groups);
  const standsIn = outside && providerAt(policy, at) !== null;
  return policy.roles
    .filter(({ key }) => among === undefined || among.includes(key))
    .filter(({ group }) => (outside ? standsIn : groups.includes(group)))
    .map(({ key }) => key);
}
