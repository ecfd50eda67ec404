import { basisPayload } from '../../contract/payloads';
import { rolesHere } from '../../gate/barriers';
import type { Ports } from '../../ports/ports';
import { Disclosing } from '../disclosing';
import { refuse } from '../refusal';
import { parsed, type ResolverCall } from '../resolver-call';
import { acting, factFor, independentOf, recorded } from './act';

/**
 * `emergency.override`: a named person lets a further emergency pass be given although a retroactive review of the
 * project is overdue. For those who decide on this change and took no part in it; 409 while nothing is overdue.
 */
export async function overrideOverdue(ports: Ports, call: ResolverCall) {
  const { basis } = parsed(basisPayload, call.payload);
  const who = await acting(ports, call);
  const { facts, person, policy, now } = who;
  const overdue = facts.surroundings.overdueReviews;
  if (overdue.length === 0)
    throw refuse(
      409,
      'nothing-overdue',
      'No retroactive review of this project is overdue, so there is nothing to override.',
    );
  independentOf(facts, person);
  const roles = rolesHere(policy, facts, person, now);
  if (roles.length === 0) throw refuse(403, 'not-eligible', 'Only those who decide on this change can do this.');
  const disclosing = new Disclosing(ports.random);
  return recorded(ports, who, {
    chain: facts.snapshot.issueId,
    kind: 'emergency-override',
    fact: factFor(facts, person.accountId, 'emergency-override', { overdue, basis }),
    body: {
      by: disclosing.person(person.accountId, person.displayName),
      roles,
      basis,
      overdue,
      at: now.toISOString(),
    },
    disclosures: disclosing.disclosures,
  });
}
