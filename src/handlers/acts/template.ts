import { templatePayload } from '../../contract/payloads';
import { templateDigest } from '../../policy/templates';
import type { Ports } from '../../ports/ports';
import { Disclosing } from '../disclosing';
import { refuse } from '../refusal';
import { parsed, type ResolverCall } from '../resolver-call';
import { acting, factFor, recorded } from './act';

/**
 * `template.apply`: says which template of the catalogue a Standard change was made from. Whether it keeps to it is the
 * verdict's question, asked again on every look. Refusals: 404 no such template, 409 wrong type, status or expired.
 */
export async function applyTemplate(ports: Ports, call: ResolverCall) {
  const { template: id } = parsed(templatePayload, call.payload);
  const who = await acting(ports, call);
  const { facts, person, policy, now } = who;
  const { snapshot } = facts;
  const template = policy.templates.find((one) => one.id === id);
  if (template === undefined) throw refuse(404, 'unknown-template', 'The catalogue has no such template.');
  if (snapshot.content.changeType !== 'Standard')
    throw refuse(409, 'not-standard', 'Only a change of the type Standard is made from a template.');
  if (snapshot.status !== 'Proposed')
    throw refuse(409, 'wrong-status', `The template is chosen while the change is Proposed; it is ${snapshot.status}.`);
  if (template.approvedAt > now.toISOString() || template.expiresAt < now.toISOString())
    throw refuse(409, 'template-expired', `The approval of "${template.name}" does not hold today.`);
  const disclosing = new Disclosing(ports.random);
  const digest = templateDigest(template);
  return recorded(ports, who, {
    chain: snapshot.issueId,
    kind: 'template-applied',
    fact: factFor(facts, person.accountId, 'template-applied', { id, digest, seq: facts.entries.length }),
    body: {
      template: id,
      templateDigest: digest,
      policyVersion: policy.version,
      by: disclosing.person(person.accountId, person.displayName),
    },
    disclosures: disclosing.disclosures,
  });
}
