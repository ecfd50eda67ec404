import type { Policy, Requirement } from '../../policy/policy';
import { groupsRenamed } from '../../policy/group-names';
import { finding, notChecked, type Finding } from './finding';
import type { ObservedSite } from './observed';

/** Roles that nobody can fill, and requirements that hang on one person. Names groups, never people. */
export function peopleFindings(policy: Policy, groups: ObservedSite['groups']): Finding[] {
  const found: Finding[] = renamedFindings(policy, groups);
  const active = new Map<string, readonly string[]>();
  const { outsideProvider } = policy;
  const outside = outsideProvider === null ? [] : [{ key: 'outside', name: 'outside provider', ...outsideProvider }];
  for (const { key, name, group, groupId: held } of [...policy.roles, ...outside]) {
    const looked = groups.find((one) => one.group === group)?.found ?? { unseen: 'It was not read.' };
    const subject = `role ${name}, group ${group}`;
    if ('unseen' in looked) {
      found.push(notChecked(subject, looked.unseen));
    } else if (looked.seen === null) {
      found.push(
        finding(
          'role-group-missing',
          subject,
          held === null
            ? `Jira has no group named "${group}", so nobody can decide as ${name}. It was renamed or deleted.`
            : `The group "${group}" does not exist in Jira any more, so nobody can decide as ${name}.`,
          'Name the group that holds the role under Policy, and save the rules of the workflow again; or give the group its name back.',
        ),
      );
    } else {
      const people = looked.seen.members.filter((one) => one.active && one.accountType === 'atlassian');
      active.set(
        key,
        people.map(({ accountId }) => accountId),
      );
      if (people.length === 0)
        found.push(
          finding(
            'role-empty',
            subject,
            `Nobody active is in the group "${looked.seen.name}", so nobody can decide as ${name}.`,
            `Add people to the group "${looked.seen.name}" in Jira.`,
          ),
        );
    }
  }
  return [...found, ...soleFindings(policy, active)];
}

/** What the groups that the policy holds by id are called now, as far as they were looked at. */
export const namesOfToday = (groups: ObservedSite['groups']): Readonly<Record<string, string>> =>
  Object.fromEntries(
    groups.flatMap(({ group, groupId, found }) => {
      if (groupId === null || ('seen' in found && found.seen === null)) return [];
      return [[groupId, 'seen' in found ? (found.seen?.name ?? group) : group] as const];
    }),
  );

/** A group that is gone is found with its role. */
function renamedFindings(policy: Policy, groups: ObservedSite['groups']): Finding[] {
  return groupsRenamed(policy, namesOfToday(groups)).flatMap(({ group, now, sentence }) =>
    now === null
      ? []
      : [
          finding(
            'role-group-renamed',
            `group ${group}`,
            sentence,
            `Save the rules that name "${group}" again, publish the workflow, and save the policy with the new name.`,
            'note',
          ),
        ],
  );
}

function soleFindings(policy: Policy, active: ReadonlyMap<string, readonly string[]>): Finding[] {
  const slots = [policy.normal.cui, policy.normal.noCui, policy.emergency.requirement].flatMap(
    (requirement: Requirement) => requirement,
  );
  const named = (keys: readonly string[]): string =>
    policy.roles
      .filter(({ key }) => keys.includes(key))
      .map(({ name }) => name)
      .join(' or ');
  const lone = slots.filter((slot) => {
    if (!slot.every((key) => active.has(key))) return false;
    return new Set(slot.flatMap((key) => active.get(key) ?? [])).size === 1;
  });
  return [...new Set(lone.map(named))].map((name) =>
    finding(
      'role-sole',
      name,
      `One person alone can decide as ${name}. Nobody is left for a change that this person takes part in.`,
      'Add a second person to the group, or let an outside provider stand in under Policy.',
      'note',
    ),
  );
}
