import { shortfall } from '../policy/matching';
import { organisationOf } from '../policy/organisation';
import { personKey } from '../policy/people';
import type { Decider, Policy, RoleKey } from '../policy/policy';
import { roleName } from '../policy/requirement';
import { inadequateBy } from './adequate';
import {
  approvalObstacles,
  barriers,
  DECIDABLE_STATUSES,
  ownStanding,
  reason,
  rolesHere,
  WINDOW_OVER,
  windowIsOver,
} from './barriers';
import type { MayReason } from './barriers';
import { approversAmong, decidingRules } from './deciding';
import { handedTo, type Delegation } from './delegations';
import { passOf } from './emergency';
import type { GateFacts } from './recorded';
import { standingDecisions } from './standing';
import type { MayDecide, MayDecideCode } from './verdict';
import { listed } from './words';

export { mayRecord, sameDecision } from './may-record';
export type { DecisionRequest, RecordRefusal } from './may-record';

/**
 * Whether somebody may decide on this change in the panel, with every reason, so that nobody has to find out one by one.
 * `allowed` says that they may record some decision; `kinds` says which. Reasons may be there although `allowed` is
 * true: they then tell why approving, in particular, is not offered or would add nothing.
 */
export function mayDecide(policy: Policy, facts: GateFacts, person: Decider, now: Date): MayDecide {
  const onBehalf = handedTo(facts, person.accountId, now);
  const found = barriers(policy, facts, person, now);
  const delegate = onBehalf.length > 0 && found.every(({ code }) => code === 'not-in-group');
  const against = delegate ? [] : found;
  const roles = rolesHere(policy, facts, person, now);
  const usable = [
    ...roles,
    ...policy.roles.map(({ key }) => key).filter((key) => onBehalf.some(({ role }) => role === key)),
  ];
  const hints = [
    ...(delegate ? [reason('delegated', delegatedSentence(policy, onBehalf))] : []),
    ...(against.length === 0 ? approvalHints(policy, facts, person, usable, now) : []),
  ];
  const approvable = !hints.some(({ code }) => STOPPERS.includes(code));
  const decides: MayDecide['kinds'] = approvable
    ? ['approved', 'disapproved', 'deferred']
    : ['disapproved', 'deferred'];
  const takesBack =
    DECIDABLE_STATUSES.includes(facts.snapshot.status) && ownStanding(facts, person.accountId) !== undefined;
  return {
    allowed: against.length === 0,
    reasons: [...against, ...hints],
    roles,
    onBehalf: against.length === 0 ? onBehalf : [],
    kinds: [...(against.length === 0 ? decides : []), ...(takesBack ? (['withdrawn'] as const) : [])],
  };
}

const delegatedSentence = (policy: Policy, onBehalf: readonly Delegation[]): string =>
  `You may decide here for ${listed(onBehalf.map(({ from, role }) => `${from.name} (${roleName(policy, role)})`))}. Jira's Approve transition is not offered for it: it asks for the group.`;

/** Hints that stop an approval and not an objection. */
const STOPPERS: readonly MayDecideCode[] = ['fields-inadequate', 'window-over', 'freeze', 'reviews-overdue'];

/** Why an approval would be refused or would add nothing, though an objection is possible. */
function approvalHints(
  policy: Policy,
  facts: GateFacts,
  person: Decider,
  roles: readonly RoleKey[],
  now: Date,
): MayReason[] {
  const { content } = facts.snapshot;
  const approvers = approversAmong(standingDecisions(facts));
  const deciding = decidingRules(policy, facts, approvers, now);
  const needs = shortfall(deciding.policy, deciding.requirement, approvers);
  const found: MayReason[] = [];
  if (passOf(deciding, approvers, now)?.over === true) {
    found.push(reason('pass-over', 'The emergency pass has ended: an approval gives a new one.'));
  } else if (approvers.some((approver) => approver.person === personKey(facts.people, person.accountId))) {
    const rest = needs.missing === 0 ? 'Nothing more is needed.' : `Still needed: ${needs.phrase}.`;
    found.push(reason('already-signed', `You have signed off. ${rest}`));
  } else if (needs.missing === 0) {
    found.push(reason('role-not-needed', 'Everybody who was needed has signed off.'));
  } else if (needs.organisation !== undefined && organisationOf(policy, person.groups) !== needs.organisation) {
    found.push(reason('role-not-needed', `Your organisation has signed off. Still needed: ${needs.phrase}.`));
  } else if (!needs.roles.some((role) => roles.includes(role))) {
    found.push(reason('role-not-needed', `Your role has been filled by somebody else. Still needed: ${needs.phrase}.`));
  }
  found.push(...approvalObstacles(policy, facts, now).map(({ code, sentence }) => reason(code, sentence)));
  const inadequate = inadequateBy(deciding, facts);
  if (inadequate.length > 0) {
    found.push(
      reason('fields-inadequate', `It cannot be approved yet. ${inadequate.map(({ sentence }) => sentence).join(' ')}`),
    );
  } else if (windowIsOver(deciding, content, now)) {
    found.push(reason('window-over', WINDOW_OVER));
  }
  return found;
}
