import { verifyChain } from '../ledger/chain';
import { matchApprovers, shortfall } from '../policy/matching';
import type { Approver } from '../policy/matching';
import type { Policy, RoleKey } from '../policy/policy';
import { requirementFor } from '../policy/requirement';
import { exceptionsIn } from './exceptions';
import { reasonsAgainst } from './reasons';
import type { GateFacts } from './recorded';
import { standingDecisions } from './standing';
import type { Scope, StandingDecision } from './standing';
import type { JudgedDecision, Reason, Verdict } from './verdict';

export type { GateFacts } from './recorded';

/**
 * The one judgement that validator, panel, gate and pack share: policy + recorded facts + the change as Jira has it +
 * now. Authority is the decision record, never the status. Guarantees: the same facts give the same verdict; entries that
 * are no decisions never change `decided` or `open`; two people needed are never one; unknown is closed. Whoever hands in
 * the facts says nothing about them: the chain is verified here.
 *
 * @param now UTC; only `windowNow` and `judgedAt` depend on it.
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
  const { requirement, notice } = requirementFor(policy, snapshot.content);
  const decisions = standingDecisions(facts, scope);
  const approvers = approversAmong(decisions);
  const needs = shortfall(policy, requirement, approvers);
  const { countsFor } = matchApprovers(requirement, approvers);
  const ledgerBreak = [...(facts.breaks ?? []), ...verifyChain(entries)][0]?.sentence ?? null;
  const reasons = reasonsAgainst({ policy, snapshot, scope, decisions, needs, ledgerBreak });
  const notices: readonly Reason[] = notice === null ? [] : [{ code: 'judged-as-normal', sentence: notice }];
  return {
    policyVersion: policy.version,
    judgedAt: now.toISOString(),
    decided: needs.missing === 0,
    open: reasons.length === 0,
    windowNow: inWindow(snapshot.content, now),
    needs,
    decisions: decisions.map((decision) => judged(decision, countsFor)),
    reasons,
    exceptions: exceptionsIn(facts, { requirement, decided: needs.missing === 0 }),
    notices,
  };
}

/** The people whose approval stands, each once, in the order in which they decided. */
export function approversAmong(decisions: readonly StandingDecision[]): Approver[] {
  return decisions.flatMap(({ body, accountId, invalidBecause }) =>
    body.decision === 'approved' && invalidBecause === null && accountId !== null
      ? [{ person: accountId, roles: body.roles }]
      : [],
  );
}

function judged(decision: StandingDecision, countsFor: ReadonlyMap<string, RoleKey>): JudgedDecision {
  const { body, accountId, owners, invalidBecause } = decision;
  const counts = body.decision === 'approved' && invalidBecause === null && accountId !== null;
  return {
    seq: decision.seq,
    decision: body.decision,
    accountId,
    displayName: decision.displayName,
    roles: body.roles,
    countsFor: counts ? (countsFor.get(accountId) ?? null) : null,
    basis: body.basis,
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
