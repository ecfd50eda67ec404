import { appliedTemplate, approversAmong } from '../../gate/deciding';
import { DECIDABLE_STATUSES } from '../../gate/barriers';
import { barredFrom } from '../../gate/barred';
import { OUTSIDE_PART, PART_SEPARATOR, type Members } from '../../gate/decision-state';
import { standingDecisions } from '../../gate/standing';
import type { Reason, Verdict } from '../../gate/verdict';
import { nobodyLeft, soleApprovers, type Left } from '../../policy/nobody-left';
import type { Decider, Policy, Requirement } from '../../policy/policy';
import { requirementFor } from '../../policy/requirement';
import type { Ports } from '../../ports/ports';
import { readMembers, type Facts } from '../facts';

/**
 * Says beforehand, on a change that still needs approvals, that nobody is left who could give them. The groups are asked
 * of Jira only where the change's read-only field, which lists who may decide, suggests it: opening a panel stays cheap.
 */
export async function nobodyLeftNotice(ports: Ports, facts: Facts, verdict: Verdict, now: Date): Promise<Reason[]> {
  const { snapshot, policy, people } = facts;
  const state = snapshot.gateFields?.decisionState ?? null;
  if (state === null || verdict.needs.missing === 0 || !DECIDABLE_STATUSES.includes(snapshot.status)) return [];
  if (!snapshot.historyComplete || verdict.reasons.some(({ code }) => code === 'not-controlled')) return [];
  const left: Omit<Left, 'members'> = {
    policy,
    requirement: requirementFor(policy, snapshot.content, { applied: appliedTemplate(facts), now }).requirement,
    barred: new Set(barredFrom(facts).keys()),
    people,
    given: approversAmong(standingDecisions(facts)),
    now,
  };
  if (nobodyLeft({ ...left, members: listedIn(state, policy) }) === null) return [];
  const sentence = nobodyLeft({ ...left, members: together(await readMembers(ports, policy)) });
  return sentence === null ? [] : [{ code: 'nobody-left', sentence }];
}

/** What the policy in force comes to with the members that its groups have now. */
export async function policyNotices(ports: Ports, policy: Policy): Promise<PolicyNotice[]> {
  const members = together(await readMembers(ports, policy));
  const rows: readonly (readonly [string, Requirement])[] = [
    ['a change that touches a CUI system', policy.normal.cui],
    ['a change that touches no CUI system', policy.normal.noCui],
    ['an emergency change', policy.emergency.requirement],
  ];
  return rows.flatMap(([what, requirement]): PolicyNotice[] => {
    const left: Left = { policy, requirement, members, barred: new Set(), now: ports.clock.now() };
    const nobody = nobodyLeft(left);
    if (nobody !== null) return [{ code: 'nobody-left', sentence: `For ${what}: ${nobody}` }];
    return soleApprovers(left).map((name) => ({
      code: 'sole-approver',
      sentence: `${name} is the only one on whom ${what} hangs: one that ${name} takes part in, nobody can approve. Add somebody to a deciding group, or name an outside provider whose engineers stand in.`,
    }));
  });
}

export interface PolicyNotice {
  readonly code: 'nobody-left' | 'sole-approver';
  readonly sentence: string;
}

/** Each account once, with every deciding group it is in. */
function together(members: Members): Decider[] {
  const found = new Map<string, Decider>();
  for (const one of Object.values(members).flat()) {
    const groups = [...(found.get(one.accountId)?.groups ?? []), ...one.groups];
    found.set(one.accountId, { ...one, groups });
  }
  return [...found.values()];
}

/** The people on the field's lists: they were active people of the groups when it was written. */
function listedIn(state: string, policy: Policy): Decider[] {
  const groupOf = new Map<string, string>([
    ...policy.roles.map(({ key, group }) => [key, group] as const),
    ...(policy.outsideProvider === null ? [] : [[OUTSIDE_PART, policy.outsideProvider.group] as const]),
  ]);
  const listed = state.split(PART_SEPARATOR).flatMap((part) => {
    const [name = '', ids = ''] = part.split('=');
    const group = groupOf.get(name);
    if (group === undefined) return [];
    const accounts = ids.split(',').filter((id) => id !== '');
    return accounts.map((accountId) => ({ accountId, group }));
  });
  return [...new Set(listed.map(({ accountId }) => accountId))].map((accountId) => ({
    accountId,
    displayName: '',
    accountType: 'atlassian',
    active: true,
    groups: listed.filter((one) => one.accountId === accountId).map(({ group }) => group),
  }));
}
