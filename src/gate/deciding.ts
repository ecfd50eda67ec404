import { matchApprovers } from '../policy/matching';
import type { Approver } from '../policy/matching';
import type { Policy } from '../policy/policy';
import { requirementFor } from '../policy/requirement';
import type { RequirementFound } from '../policy/requirement';
import type { AppliedTemplate } from '../policy/templates';
import type { GateFacts, RecordedDecision } from './recorded';
import type { StandingDecision } from './standing';

/** An approval that stands, with when and under which policy it was given. */
export interface StandingApprover extends Approver {
  readonly decidedAt: string;
  readonly policyVersion: string;
}

/** The rules that a change is judged by. */
export interface Deciding extends RequirementFound {
  /** The policy that says who and how many. */
  readonly policy: Policy;
  /** When the approvals became enough; null while they are not, and for a pre-approved change. */
  readonly decidedAt: string | null;
}

/** Whether a decision is an approval that stands. */
export const counts = ({ body, accountId, invalidBecause }: StandingDecision): boolean =>
  body.decision === 'approved' && invalidBecause === null && accountId !== null;

/** The approvals that stand, in the order in which they were given; two accounts of one person have the same `person`. */
export function approversAmong(decisions: readonly StandingDecision[]): StandingApprover[] {
  return decisions.filter(counts).map(({ person, behalfPerson, body }) => ({
    person,
    ...approvalOf(body),
    onBehalfOf: behalfPerson,
  }));
}

/** What an approval says beside who gave it. */
const approvalOf = ({ roles, decidedAt, policyVersion, organisation }: RecordedDecision['body']) => ({
  roles,
  decidedAt,
  policyVersion,
  organisation,
});

/** The template that a change was made from, as its ledger says last. */
export function appliedTemplate({ entries }: Pick<GateFacts, 'entries'>): AppliedTemplate | undefined {
  const last = entries.findLast(({ entry }) => entry.kind === 'template-applied')?.entry;
  return last?.kind === 'template-applied' ? last.body : undefined;
}

/**
 * Who and how many is asked of the policy at the decision: of the version under which the approvals given so far became
 * enough. While they are not enough under their own policy, today's is asked. A version that is not at hand counts for
 * nothing: then today's is asked too.
 */
export function decidingRules(
  today: Policy,
  facts: GateFacts,
  approvers: readonly StandingApprover[],
  now: Date,
): Deciding {
  const { content } = facts.snapshot;
  const context = { applied: appliedTemplate(facts), now };
  const inOrder = [...approvers].sort((a, b) => (a.decidedAt < b.decidedAt ? -1 : 1));
  for (const [i, { policyVersion, decidedAt }] of inOrder.entries()) {
    const policy = policyVersion === today.version ? today : facts.policies?.[policyVersion];
    if (policy === undefined) continue;
    const found = requirementFor(policy, content, context);
    if (matchApprovers(policy, found.requirement, inOrder.slice(0, i + 1)).missing === 0)
      return { ...found, policy, decidedAt };
  }
  return { ...requirementFor(today, content, context), policy: today, decidedAt: null };
}

/**
 * The newest instant at which approvals became enough: counted back from the newest, so that an approval given again
 * renews what was decided. Null while they are not enough.
 */
export function lastDecidedAt(
  { policy, requirement }: Pick<Deciding, 'policy' | 'requirement'>,
  approvers: readonly StandingApprover[],
): string | null {
  const newestFirst = [...approvers].sort((a, b) => (a.decidedAt > b.decidedAt ? -1 : 1));
  for (let count = 1; count <= newestFirst.length; count += 1) {
    if (matchApprovers(policy, requirement, newestFirst.slice(0, count)).missing === 0)
      return newestFirst[0]?.decidedAt ?? null;
  }
  return null;
}
