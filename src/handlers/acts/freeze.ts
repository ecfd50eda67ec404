import { contentDigest } from '../../change/digest';
import { freezePayload } from '../../contract/payloads';
import { rolesHere } from '../../gate/barriers';
import { freezesInWindow, freezesNow } from '../../gate/frozen';
import type { Ports } from '../../ports/ports';
import { Disclosing } from '../disclosing';
import { refuse } from '../refusal';
import { parsed, type ResolverCall } from '../resolver-call';
import { acting, factFor, independentOf, recorded } from './act';

/**
 * `freeze.except`: a decision that lets this content through a freeze period; a later edit voids it. For those who decide
 * on this change and took no part in it; 409 when that freeze period does not hold it up.
 */
export async function exceptFreeze(ports: Ports, call: ResolverCall) {
  const { freeze, basis } = parsed(freezePayload, call.payload);
  const who = await acting(ports, call);
  const { facts, person, policy, now } = who;
  const inTheWay = [...freezesInWindow(policy, facts), ...freezesNow(policy, facts, now)];
  if (!inTheWay.some(({ id }) => id === freeze))
    throw refuse(409, 'not-frozen', 'That freeze period does not hold this change up, now or in its change window.');
  independentOf(facts, person);
  const roles = rolesHere(policy, facts, person, now);
  if (roles.length === 0) throw refuse(403, 'not-eligible', 'Only those who decide on this change can do this.');
  const disclosing = new Disclosing(ports.random);
  const digest = contentDigest(facts.snapshot.content);
  return recorded(ports, who, {
    chain: facts.snapshot.issueId,
    kind: 'freeze-exception',
    fact: factFor(facts, person.accountId, 'freeze-exception', { freeze, basis, digest }),
    body: {
      freeze,
      by: disclosing.person(person.accountId, person.displayName),
      roles,
      basis,
      contentDigest: digest,
      at: now.toISOString(),
    },
    disclosures: disclosing.disclosures,
  });
}
