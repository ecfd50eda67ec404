import type { Choices, RoleChoice } from './choices';
import type { Observed, ObservedGroup } from './observed';
import { change, conflict, create, there, type PlanItem } from './plan-item';

/** The groups whose members hold the roles, and who is put into them. Nobody is taken out of a group. */
export function planGroups({ roles }: Choices, observed: Observed): PlanItem[] {
  const groups = [...new Map(roles.map((role) => [role.groupId ?? role.group, role])).values()];
  return groups.flatMap((role) => [planGroup(role, observed), ...planMembers(role, roles, observed)]);
}

/** By its id where one was chosen, or else by its name: Jira compares names of groups without case. */
export const groupOf = (
  { group, groupId }: Pick<RoleChoice, 'group' | 'groupId'>,
  observed: Observed,
): ObservedGroup | undefined =>
  observed.groups.find((one) =>
    groupId === null ? one.name.toLowerCase() === group.toLowerCase() : one.groupId === groupId,
  );

function planGroup(role: RoleChoice, observed: Observed): PlanItem {
  const draft = {
    id: `group:${role.groupId ?? role.group}`,
    kind: 'group' as const,
    title: `Group ${role.group}`,
    wants: { name: role.group },
    undo: 'Atlassian administration, Directory, Groups: delete it.',
  };
  const found = groupOf(role, observed);
  if (found !== undefined) return there(draft, [found.groupId]);
  return role.groupId === null
    ? create(draft, { act: 'create-group', name: role.group })
    : conflict(draft, `The group "${role.group}" is gone: choose another.`);
}

function planMembers(role: RoleChoice, roles: readonly RoleChoice[], observed: Observed): PlanItem[] {
  const same = roles.filter((one) => (one.groupId ?? one.group) === (role.groupId ?? role.group));
  const wanted = [...new Set(same.flatMap(({ members }) => members))];
  if (wanted.length === 0) return [];
  const draft = {
    id: `members:${role.groupId ?? role.group}`,
    kind: 'group' as const,
    title: `Members of ${role.group}`,
    wants: { group: role.group, accountIds: wanted },
    undo: 'Atlassian administration, Directory, Groups: take these people out of it again.',
  };
  const found = groupOf(role, observed);
  const missing = wanted.filter((id) => found?.members.includes(id) !== true);
  if (found === undefined) return [create(draft, null, [count(wanted.length)])];
  if (missing.length === 0) return [there(draft, [found.groupId])];
  const act = { act: 'add-members' as const, groupId: found.groupId, accountIds: missing };
  return [
    change(draft, act, { says: [count(missing.length)], before: { accountIds: found.members }, ids: [found.groupId] }),
  ];
}

const count = (people: number): string => `Puts ${people === 1 ? 'one person' : `${people} people`} into it.`;
