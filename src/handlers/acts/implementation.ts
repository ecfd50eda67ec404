import { isPlaceholder } from '../../change/placeholder';
import { implementationPayload } from '../../contract/payloads';
import { rolesHere } from '../../gate/barriers';
import type { Ports } from '../../ports/ports';
import { Disclosing } from '../disclosing';
import { refuse } from '../refusal';
import { parsed, type ResolverCall } from '../resolver-call';
import { acting, factFor, recorded } from './act';

const STATUSES: readonly string[] = ['Approved', 'Scheduled', 'Executed', 'Closed'];

/**
 * `implementation.record`: what was done, by implementer, owner or somebody who decides (SP 800-171 3.4.3 discussion,
 * "implementation, testing, review"). A later record supersedes an earlier one; both stay in the ledger.
 */
export async function recordImplementation(ports: Ports, call: ResolverCall) {
  const given = parsed(implementationPayload, call.payload);
  const who = await acting(ports, call);
  const { facts, person, policy, now } = who;
  const { snapshot } = facts;
  if (!STATUSES.includes(snapshot.status))
    throw refuse(409, 'wrong-status', `Nothing was implemented of a change that is ${snapshot.status}.`);
  const mine = [snapshot.content.owner, snapshot.content.implementer, snapshot.assignee].includes(person.accountId);
  if (!mine && rolesHere(policy, facts, person, now).length === 0)
    throw refuse(403, 'not-involved', 'The implementer, the owner or somebody who decides records this.');
  const starts = Date.parse(given.startedAt);
  if (!(starts <= Date.parse(given.endedAt)))
    throw refuse(400, 'times-inverted', 'The end is before the start.', ['startedAt', 'endedAt']);
  if (Date.parse(given.endedAt) > now.getTime())
    throw refuse(400, 'in-the-future', 'What has not ended yet cannot be recorded as done.', ['endedAt']);
  if (isPlaceholder(given.verification))
    throw refuse(400, 'verification-missing', 'Say how it was checked that the controls are still satisfied.', [
      'verification',
    ]);
  const disclosing = new Disclosing(ports.random);
  return recorded(ports, who, {
    chain: snapshot.issueId,
    kind: 'implementation',
    fact: factFor(facts, person.accountId, 'implementation', given),
    body: { ...given, by: disclosing.person(person.accountId, person.displayName) },
    disclosures: disclosing.disclosures,
  });
}
