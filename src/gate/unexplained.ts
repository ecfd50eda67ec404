import type { Policy } from '../policy/policy';
import { approversAmong, decidingRules } from './deciding';
import { deployedWhileNotOpen } from './exceptions';
import type { GateFacts } from './recorded';
import { standingDecisions } from './standing';

/** SHA-256 of every body that tells of a deployment which came while this change was not open for it. */
export function unexplainedDeliveries(policy: Policy, facts: GateFacts, now: Date): ReadonlySet<string> {
  const deciding = decidingRules(policy, facts, approversAmong(standingDecisions(facts)), now);
  return new Set(deployedWhileNotOpen(facts, deciding).flatMap(({ deliveries }) => deliveries));
}
