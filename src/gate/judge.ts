import { inadequateBy } from './adequate';
import { verifyChain } from '../ledger/chain';
import { matchApprovers, shortfall } from '../policy/matching';
import type { Policy, RoleKey } from '../policy/policy';
import { conditionsOf, type ConditionState } from './conditions';
import { approversAmong, counts, decidingRules } from './deciding';
import { passOf, reviewOf } from './emergency';
import { exceptionsIn } from './exceptions';
import { freezesNow } from './frozen';
import { noticesFor } from './notices';
import { reasonsAgainst } from './reasons';
import type { GateFacts } from './recorded';
import { standingDecisions } from './standing';
import type { Scope, StandingDecision } from './standing';
import type { JudgedDecision, Verdict } from './verdict';

export type { GateFacts } from './recorded';

/**
 * The one judgement that validator, panel, gate and pack share: policy + recorded facts + the change as Jira has it +
 * now. Authority is the decision record, never the status. Guarantees: the same facts give the same verdict; evidence
 * never changes `decided` or `open`; two people needed are never one; unknown is closed. Whoever hands in
 * the facts says nothing about them: the chain is verified here.
 *
 * @param now UTC; `windowNow`, freezes, an emergency pass and a template's expiry depend on it.
 */
export function judge(policy: Policy, facts: GateFacts, now: Date): Verdict {
  return judgeWithin(policy, facts, now, 'everybody');
}

/**
 * As `judge` for a caller that cannot know who acts and may have read only the newest part of the changelog (a workflow's
 * function validator): judges what was decided on which content, and leaves who may decide to the rules beside it.
 */
export function judgeContent(policy: Policy, facts: GateFacts, now: Date): Verdict {
  return judgeWithin(policy, facts, now, 'content');
}

function judgeWithin(policy: Policy, facts: GateFacts, now: Date, scope: Scope): Verdict {
  const { snapshot, entries } = facts;
  const decisions = standingDecisions(facts, scope);
  const approvers = approversAmong(decisions);
  const deciding = decidingRules(policy, facts, approvers, now);
  const { requirement } = deciding;
  const needs = shortfall(deciding.policy, requirement, approvers);
  const counting = countingFor(decisions, matchApprovers(deciding.policy, requirement, approvers).countsFor);
  const pass = passOf(deciding, approvers, now);
  const review = reviewOf(deciding, facts, now);
  const ledgerBreak = [...(facts.breaks ?? []), ...verifyChain(entries)][0]?.sentence ?? null;
  const conditions = conditionsOf(facts, decisions);
  const reasons = reasonsAgainst({
    policy,
    snapshot,
    scope,
    decisions,
    needs,
    conditions,
    pass,
    inadequate: inadequateBy(deciding, facts),
    ledgerBreak,
  });
  return {
    policyVersion: deciding.policy.version,
    judgedAt: now.toISOString(),
    decided: needs.missing === 0,
    open: reasons.length === 0,
    windowNow: inWindow(snapshot.content, now),
    judgedAs: deciding.judgedAs,
    pass,
    review,
    freezesNow: freezesNow(policy, facts, now),
    expectedEvidence: deciding.policy.expectedEvidence[deciding.judgedAs],
    decidingRoles: deciding.roles,
    needs,
    decisions: decisions.map((decision) => judged(decision, counting.get(decision.seq) ?? null, conditions)),
    reasons,
    exceptions: exceptionsIn(facts, { deciding, decided: needs.missing === 0, review, now }),
    notices: noticesFor({ today: policy, facts, deciding, pass, review }),
  };
}

/** The approvals that count, each person's once: the first one that was given with the role it counts for. */
function countingFor(
  decisions: readonly StandingDecision[],
  countsFor: ReadonlyMap<string, RoleKey>,
): ReadonlyMap<number, RoleKey> {
  const counting = new Map<number, RoleKey>();
  for (const [person, role] of countsFor) {
    const first = decisions.find((one) => counts(one) && one.person === person && one.body.roles.includes(role));
    if (first !== undefined) counting.set(first.seq, role);
  }
  return counting;
}

/** What only some decisions have; absent otherwise. */
function particulars(
  { seq, body, behalf }: StandingDecision,
  conditions: readonly ConditionState[],
): Pick<JudgedDecision, 'conditions' | 'conditionOutcome' | 'until' | 'awaits' | 'meeting' | 'onBehalfOf'> {
  const condition = conditions.find(({ decision }) => decision === seq);
  return {
    ...(body.conditions === undefined ? {} : { conditions: body.conditions }),
    ...(condition === undefined ? {} : { conditionOutcome: condition.outcome }),
    ...(body.until === undefined ? {} : { until: body.until }),
    ...(body.awaits === undefined ? {} : { awaits: body.awaits }),
    ...(body.meeting === undefined ? {} : { meeting: body.meeting }),
    ...(behalf === undefined ? {} : { onBehalfOf: behalf ?? { accountId: null, displayName: null } }),
  };
}

function judged(
  decision: StandingDecision,
  countsFor: RoleKey | null,
  conditions: readonly ConditionState[],
): JudgedDecision {
  const { body, accountId, owners, invalidBecause } = decision;
  return {
    seq: decision.seq,
    decision: body.decision,
    accountId,
    displayName: decision.displayName,
    roles: body.roles,
    ...(body.organisation === undefined ? {} : { organisation: body.organisation }),
    countsFor,
    basis: body.basis,
    ...particulars(decision, conditions),
    requiredActions: body.requiredActions.map(({ what }, i) => ({
      what,
      ownerId: owners[i]?.accountId ?? null,
      ownerName: owners[i]?.displayName ?? null,
    })),
    contentDigest: body.contentDigest,
    decidedAt: body.decidedAt,
    via: body.transition === undefined ? 'panel' : 'transition',
    valid: invalidBecause === null,
    invalidBecause,
  };
}

interface Window {
  readonly windowStart: string | null;
  readonly windowEnd: string | null;
}

/** Both ends belong to the window. Null when it is not set. */
function inWindow({ windowStart, windowEnd }: Window, now: Date): boolean | null {
  if (windowStart === null || windowEnd === null) return null;
  const instant = now.toISOString();
  return windowStart <= instant && instant <= windowEnd;
}
