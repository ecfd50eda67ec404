import type { Policy, Requirement } from '../../policy/policy';
import { finding, notChecked, type Finding } from './finding';
import type { ObservedSite } from './observed';

/** Roles that nobody can fill, and requirements that hang on one person. Names groups, never people. */
export function peopleFindings(policy: Policy, groups: ObservedSite['groups']): Finding[] {
  const found: Finding[] = [];
  const active = new Map<string, readonly string[]>();
  const { outsideProvider } = policy;
  const outside =
    outsideProvider === null ? [] : [{ key: 'outside', name: 'outside provider', group: outsideProvider.group }];
  for (const { key, name, group } of [...policy.roles, ...outside]) {
    const members = groups.find((one) => one.group === group)?.members ?? { unseen: 'It was not read.' };
    const subject = `role ${name}, group ${group}`;
    if ('unseen' in members) {
      found.push(notChecked(subject, members.unseen));
    } else if (members.seen === null) {
      found.push(
        finding(
          'role-group-missing',
          subject,
          `Jira has no group named "${group}", so nobody can decide as ${name}. It was renamed or deleted.`,
          'Name the group that holds the role under Policy, and save the rules of the workflow again; or give the group its name back.',
        ),
      );
    } else {
      const people = members.seen.filter((one) => one.active && one.accountType === 'atlassian');
      active.set(
        key,
        people.map(({ accountId }) => accountId),
      );
      if (people.length === 0)
        found.push(
          finding(
            'role-empty',
            subject,
            `Nobody active is in the group "${group}", so nobody can decide as ${name}.`,
            `Add people to the group "${group}" in Jira.`,
          ),
        );
    }
  }
  return [...found, ...soleFindings(policy, active)];
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
