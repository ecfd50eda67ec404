import { contentDigest } from '../../change/digest';
import { overlapPayload } from '../../contract/payloads';
import { rolesHere } from '../../gate/barriers';
import { windowConflicts } from '../../gate/frozen';
import type { Ports } from '../../ports/ports';
import { Disclosing } from '../disclosing';
import { refuse } from '../refusal';
import { parsed, type ResolverCall } from '../resolver-call';
import { acting, factFor, recorded } from './act';

/**
 * `overlap.accept`: this change, as it is now, goes together with another open change on the same system at the same
 * time; a later edit asks again. For the change owner and those who decide. Refusals: 409 no such overlap, 403.
 */
export async function acceptOverlap(ports: Ports, call: ResolverCall) {
  const { other, basis } = parsed(overlapPayload, call.payload);
  const who = await acting(ports, call);
  const { facts, person, policy, now } = who;
  const { snapshot } = facts;
  if (!windowConflicts(facts).some(({ key }) => key === other))
    throw refuse(409, 'no-overlap', `${other} is not open for the same system at the same time.`);
  const roles = rolesHere(policy, facts, person, now);
  if (snapshot.content.owner !== person.accountId && roles.length === 0)
    throw refuse(403, 'not-eligible', 'The change owner or somebody who decides on this change says that.');
  const disclosing = new Disclosing(ports.random);
  const digest = contentDigest(snapshot.content);
  return recorded(ports, who, {
    chain: snapshot.issueId,
    kind: 'overlap-accepted',
    fact: factFor(facts, person.accountId, 'overlap-accepted', { other, basis, digest }),
    body: {
      other,
      by: disclosing.person(person.accountId, person.displayName),
      roles,
      basis,
      contentDigest: digest,
      at: now.toISOString(),
    },
    disclosures: disclosing.disclosures,
  });
}
