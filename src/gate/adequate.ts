import { inadequateFields } from '../change/adequacy';
import type { InadequateField } from '../change/adequacy';
import { adequacyRule } from '../policy/adequacy-rules';
import type { Policy } from '../policy/policy';
import { approversAmong, decidingRules } from './deciding';
import type { Deciding } from './deciding';
import type { GateFacts } from './recorded';
import { standingDecisions } from './standing';
import type { Scope } from './standing';

/**
 * The fields that do not hold what an approval needs, by the rules that the change is judged by: those of the policy at
 * the decision once it is decided, today's before (ruling 8).
 */
export function inadequateNow(
  policy: Policy,
  facts: GateFacts,
  now: Date,
  scope: Scope = 'everybody',
): InadequateField[] {
  const approvers = approversAmong(standingDecisions(facts, scope));
  return inadequateBy(decidingRules(policy, facts, approvers, now), facts);
}

export const inadequateBy = ({ policy, judgedAs }: Deciding, { snapshot }: GateFacts): InadequateField[] =>
  inadequateFields(snapshot.content, adequacyRule(policy, judgedAs));
