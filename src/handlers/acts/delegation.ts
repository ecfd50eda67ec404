import { delegationPayload, revocationPayload } from '../../contract/payloads';
import { DECIDABLE_STATUSES, rolesHere } from '../../gate/barriers';
import { standingDelegations, whyNotDelegate } from '../../gate/delegations';
import { roleName } from '../../policy/requirement';
import type { Ports } from '../../ports/ports';
import { Disclosing } from '../disclosing';
import { refuse } from '../refusal';
import { parsed, type ResolverCall } from '../resolver-call';
import { acting, factFor, independentOf, recorded } from './act';

/**
 * `delegation.record`: somebody who holds a role and took no part in the change hands their say on it, for that role, to
 * a named person. Refusals: 403 own-change and not-eligible, 400 for somebody who cannot take it, 409 wrong-status.
 */
export async function delegate(ports: Ports, call: ResolverCall) {
  const { to: account, role, until, basis } = parsed(delegationPayload, call.payload);
  const who = await acting(ports, call);
  const { facts, person, policy, now } = who;
  const { snapshot } = facts;
  if (!DECIDABLE_STATUSES.includes(snapshot.status))
    throw refuse(409, 'wrong-status', `Nothing can be decided while the change is ${snapshot.status}.`);
  independentOf(facts, person);
  if (!rolesHere(policy, facts, person, now).includes(role))
    throw refuse(403, 'not-eligible', `You hold no say as ${roleName(policy, role)} on this change to hand over.`);
  if (until !== null && until <= now.toISOString())
    throw refuse(400, 'until-past', 'A delegation lasts until a time that is still to come.', ['until']);
  const found = await ports.jira.findPerson(account);
  const to = found === undefined ? undefined : await ports.jira.readDecider(found.accountId);
  const problem = whyNotDelegate(policy, facts, person, to, role, now);
  if (problem !== null || to === undefined) throw refuse(400, 'not-a-delegate', problem ?? '', ['to']);
  const disclosing = new Disclosing(ports.random);
  const said = { to: to.accountId, role, until, basis, after: facts.entries.length };
  return recorded(ports, who, {
    chain: snapshot.issueId,
    kind: 'delegated',
    fact: factFor(facts, person.accountId, 'delegated', said),
    body: {
      from: disclosing.person(person.accountId, person.displayName),
      to: disclosing.person(to.accountId, to.displayName),
      role,
      until,
      basis,
      policyVersion: policy.version,
      at: now.toISOString(),
    },
    disclosures: disclosing.disclosures,
  });
}

/**
 * `delegation.revoke`: the delegator takes the say back, or the delegate declines it. What was decided under it stays:
 * the delegator decides in person to replace it. Refusals: 404 none that stands, 403 for anybody else.
 */
export async function revokeDelegation(ports: Ports, call: ResolverCall) {
  const { delegation: seq, reason } = parsed(revocationPayload, call.payload);
  const who = await acting(ports, call);
  const { facts, person, now } = who;
  const found = standingDelegations(facts, now).find((one) => one.seq === seq);
  if (found === undefined) throw refuse(404, 'unknown-delegation', 'There is no such delegation that still stands.');
  if (![found.from.accountId, found.to.accountId].includes(person.accountId))
    throw refuse(403, 'not-yours', `Only ${found.from.name} or ${found.to.name} ends this delegation.`);
  const disclosing = new Disclosing(ports.random);
  return recorded(ports, who, {
    chain: facts.snapshot.issueId,
    kind: 'delegation-revoked',
    fact: `delegation-revoked:${seq}`,
    body: {
      delegation: seq,
      by: disclosing.person(person.accountId, person.displayName),
      reason,
      at: now.toISOString(),
    },
    disclosures: disclosing.disclosures,
  });
}
