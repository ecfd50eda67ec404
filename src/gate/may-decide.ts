import { inadequateFields } from '../change/adequacy';
import { requirementFor, rolesOf } from '../policy/requirement';
import { shortfall } from '../policy/matching';
import type { Decider, Policy, RoleKey } from '../policy/policy';
import { barriers, DECIDABLE_STATUSES, ownStanding, reason, WINDOW_OVER, windowIsOver } from './barriers';
import type { MayReason } from './barriers';
import { approversAmong } from './judge';
import type { GateFacts } from './recorded';
import { standingDecisions } from './standing';
import type { MayDecide } from './verdict';

export { mayRecord, sameDecision } from './may-record';
export type { DecisionRequest, RecordRefusal } from './may-record';

/**
 * Whether somebody may decide on this change in the panel, with every reason, so that nobody has to find out one by one.
 * `allowed` says that they may record some decision; `kinds` says which. Reasons may be there although `allowed` is
 * true: they then tell why approving, in particular, is not offered or would add nothing.
 */
export function mayDecide(policy: Policy, facts: GateFacts, person: Decider, now: Date): MayDecide {
  const roles = rolesOf(policy, person.groups);
  const against = barriers(policy, facts, person, roles);
  const hints = against.length === 0 ? approvalHints(policy, facts, person, roles, now) : [];
  const approvable = !hints.some(({ code }) => code === 'fields-inadequate' || code === 'window-over');
  const decides: MayDecide['kinds'] = approvable
    ? ['approved', 'disapproved', 'deferred']
    : ['disapproved', 'deferred'];
  const takesBack =
    DECIDABLE_STATUSES.includes(facts.snapshot.status) && ownStanding(facts, person.accountId) !== undefined;
  return {
    allowed: against.length === 0,
    reasons: [...against, ...hints],
    roles,
    kinds: [...(against.length === 0 ? decides : []), ...(takesBack ? (['withdrawn'] as const) : [])],
  };
}

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
  const needs = shortfall(policy, requirementFor(policy, content).requirement, approvers);
  const found: MayReason[] = [];
  if (approvers.some(({ person: id }) => id === person.accountId)) {
    const rest = needs.missing === 0 ? 'Nothing more is needed.' : `Still needed: ${needs.phrase}.`;
    found.push(reason('already-signed', `You have signed off. ${rest}`));
  } else if (needs.missing === 0) {
    found.push(reason('role-not-needed', 'Everybody who was needed has signed off.'));
  } else if (!needs.roles.some((role) => roles.includes(role))) {
    found.push(reason('role-not-needed', `Your role has been filled by somebody else. Still needed: ${needs.phrase}.`));
  }
  const inadequate = inadequateFields(content);
  if (inadequate.length > 0) {
    found.push(
      reason('fields-inadequate', `It cannot be approved yet. ${inadequate.map(({ sentence }) => sentence).join(' ')}`),
    );
  } else if (windowIsOver(content.windowEnd, now)) {
    found.push(reason('window-over', WINDOW_OVER));
  }
  return found;
}
