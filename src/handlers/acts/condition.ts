import { conditionPayload } from '../../contract/payloads';
import { rolesHere } from '../../gate/barriers';
import { conditionsOf } from '../../gate/conditions';
import { standingDecisions } from '../../gate/standing';
import type { Ports } from '../../ports/ports';
import { Disclosing } from '../disclosing';
import { refuse } from '../refusal';
import { parsed, type ResolverCall } from '../resolver-call';
import { acting, independentOf, recorded } from './act';

/**
 * `condition.settle`: the condition of an approval is met, said by the person who set it or by another who decides on
 * this change and took no part in it; or waived, by the person who set it alone. Refusals: 404 no such open condition,
 * 403 for anybody else.
 */
export async function settleCondition(ports: Ports, call: ResolverCall) {
  const { decision, outcome, note } = parsed(conditionPayload, call.payload);
  const who = await acting(ports, call);
  const { facts, person, policy, now } = who;
  const found = conditionsOf(facts, standingDecisions(facts)).find((one) => one.decision === decision);
  if (found?.outcome !== 'open')
    throw refuse(404, 'unknown-condition', 'There is no such condition that is still open.');
  independentOf(facts, person);
  const setter = found.setBy.includes(person.accountId);
  const roles = rolesHere(policy, facts, person, now);
  if (outcome === 'waived' && !setter)
    throw refuse(403, 'not-yours', `Only ${found.setByName}, who set this condition, waives it.`);
  if (!setter && roles.length === 0)
    throw refuse(
      403,
      'not-eligible',
      `${found.setByName}, who set this condition, or another person who decides on this change confirms it.`,
    );
  const disclosing = new Disclosing(ports.random);
  return recorded(ports, who, {
    chain: facts.snapshot.issueId,
    kind: 'condition-settled',
    fact: `condition:${decision}:${facts.entries.length}`,
    body: {
      decision,
      outcome,
      by: disclosing.person(person.accountId, person.displayName),
      roles,
      note,
      at: now.toISOString(),
    },
    disclosures: disclosing.disclosures,
  });
}
