import { contentDigest } from '../../change/digest';
import { newestHistoryId } from '../../change/history';
import { reviewPayload } from '../../contract/payloads';
import { judge } from '../../gate/judge';
import { recordedOrganisation } from '../../gate/recording';
import { rolesOf } from '../../policy/organisation';
import { normalRequirement } from '../../policy/requirement';
import type { Ports } from '../../ports/ports';
import { Disclosing } from '../disclosing';
import { refuse } from '../refusal';
import { parsed, type ResolverCall } from '../resolver-call';
import { acting, factFor, independentOf, recorded } from './act';

/**
 * `review.record`: the retroactive review of an emergency change, in any status once a pass was given. Refusals: 403 for
 * those who took part or hold no role that a Normal change needs, 409 when there is nothing to review.
 */
export async function recordReview(ports: Ports, call: ResolverCall) {
  const { decision, basis } = parsed(reviewPayload, call.payload);
  const who = await acting(ports, call);
  const { facts, person, policy, now } = who;
  if (judge(policy, facts, now).review === null)
    throw refuse(409, 'nothing-to-review', 'Only an emergency change that was given a pass is reviewed afterwards.');
  independentOf(facts, person);
  const needed = normalRequirement(policy, facts.snapshot.content).flat();
  const roles = rolesOf(policy, person.groups, now, needed);
  if (roles.length === 0)
    throw refuse(
      403,
      'not-eligible',
      'The review is for those whom a Normal change needs, and you hold none of their roles.',
    );
  const { snapshot } = facts;
  const digest = contentDigest(snapshot.content);
  const disclosing = new Disclosing(ports.random);
  return recorded(ports, who, {
    chain: snapshot.issueId,
    kind: 'review',
    fact: factFor(facts, person.accountId, 'review', { decision, basis, digest }),
    body: {
      decision,
      roles,
      by: disclosing.person(person.accountId, person.displayName),
      basis,
      contentDigest: digest,
      historyHead: newestHistoryId(snapshot.history),
      policyVersion: policy.version,
      ...recordedOrganisation(policy, person),
      decidedAt: now.toISOString(),
    },
    disclosures: disclosing.disclosures,
  });
}
