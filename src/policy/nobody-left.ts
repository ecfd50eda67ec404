import { matchApprovers } from './matching';
import type { Approver } from './matching';
import { organisationOf, providerAt, rolesOf } from './organisation';
import { personKey } from './people';
import type { PeopleMap } from './people';
import type { Decider, Policy, Requirement } from './policy';
import { requirementPhrase, roleName } from './requirement';

export interface Left {
  readonly policy: Policy;
  readonly requirement: Requirement;
  /** Everybody in a group that decides, each with all such groups they are in. */
  readonly members: readonly Decider[];
  /** Accounts that may not decide on this change. */
  readonly barred: ReadonlySet<string>;
  readonly people?: PeopleMap | undefined;
  /** Approvals that stand already. */
  readonly given?: readonly Approver[];
  readonly now: Date;
}

/**
 * Why a requirement cannot be met by whom there is, beforehand and in a sentence with the ways out; null when it can be.
 * Everybody who could still approve is taken to do so, and matched: two accounts of one person are one, and two places
 * need two people (the sole-approver deadlock of a small company).
 */
export function nobodyLeft(left: Left): string | null {
  const { policy, requirement, given = [] } = left;
  if (requirement.length === 0) return null;
  const everybody = [...given, ...eligible(left)];
  const { missing } = matchApprovers(policy, requirement, everybody);
  if (missing === 0) return null;
  const roles = policy.roles.map(({ key }) => key).filter((key) => requirement.some((slot) => slot.includes(key)));
  const empty = roles.filter((key) => !everybody.some((one) => one.roles.includes(key)));
  const who =
    empty.length > 0
      ? `Nobody is left who may approve as ${empty.map((key) => roleName(policy, key)).join(' or ')}`
      : `Too few different people are left: it takes ${requirementPhrase(policy, requirement)}`;
  return `${who}. ${reasonsWhy(left)}${wayOut(left)}`;
}

/** Who is the only one that a requirement hangs on: without them it could not be met. Names of people. */
export function soleApprovers(left: Left): string[] {
  const { people, members } = left;
  if (left.requirement.length === 0 || nobodyLeft(left) !== null) return [];
  const persons = new Map(
    members.filter((one) => mayDecide(left, one)).map((one) => [personKey(people, one.accountId), one.displayName]),
  );
  return [...persons].flatMap(([person, name]) => {
    const without = members.filter(({ accountId }) => personKey(people, accountId) !== person);
    return nobodyLeft({ ...left, members: without }) === null ? [] : [name];
  });
}

const mayDecide = ({ barred }: Left, { accountId, accountType, active }: Decider): boolean =>
  accountType === 'atlassian' && active && !barred.has(accountId);

function eligible(left: Left): Approver[] {
  const { policy, people, members, now } = left;
  return members
    .filter((one) => mayDecide(left, one))
    .map(({ accountId, groups }) => ({
      person: personKey(people, accountId),
      roles: rolesOf(policy, groups, now),
      organisation: organisationOf(policy, groups),
    }));
}

/** By name, so that somebody sees at once what could be changed about it. */
function reasonsWhy({ members, barred }: Left): string {
  const named = (fits: (one: Decider) => boolean): string[] => [
    ...new Set(members.filter(fits).map(({ displayName }) => displayName)),
  ];
  const told: readonly (readonly [string[], string, string])[] = [
    [named(({ accountId }) => barred.has(accountId)), 'took part in it', 'took part in it'],
    [named((one) => one.accountType === 'atlassian' && !one.active), 'is not active', 'are not active'],
    [named(({ accountType }) => accountType !== 'atlassian'), 'is an app', 'are apps'],
  ];
  return told
    .filter(([names]) => names.length > 0)
    .map(([names, one, many]) => `${list(names)} ${names.length === 1 ? one : many}. `)
    .join('');
}

const FEW = 5;

const list = (names: readonly string[]): string => {
  const shown = names.slice(0, FEW);
  const rest = names.length - shown.length;
  if (rest > 0) return `${shown.join(', ')} and ${rest} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1) ?? ''}`;
};

function wayOut({ policy, now }: Left): string {
  const provider = providerAt(policy, now);
  if (provider !== null)
    return `An engineer of ${provider.organisation} (group ${provider.group}) may stand in: add one to that group, or add somebody independent to a deciding group.`;
  const offered =
    policy.outsideProvider === null
      ? 'or name an outside provider in the policy, whose engineers stand in'
      : `or prolong the time of ${policy.outsideProvider.organisation} in the policy, whose engineers stood in`;
  return `A Jira admin can add somebody independent to a deciding group, ${offered}.`;
}
