import { actionPayload } from '../../contract/payloads';
import { requiredActions } from '../../gate/actions';
import type { Ports } from '../../ports/ports';
import { Disclosing } from '../disclosing';
import { refuse } from '../refusal';
import { parsed, type ResolverCall } from '../resolver-call';
import { acting, recorded } from './act';

/**
 * `action.settle`: a required action is done (said by its owner or the change owner), or withdrawn by the person who set
 * it. Refusals: 404 no such open action, 403 for anybody else.
 */
export async function settleAction(ports: Ports, call: ResolverCall) {
  const { decision, action, outcome, note } = parsed(actionPayload, call.payload);
  const who = await acting(ports, call);
  const { facts, person, now } = who;
  const found = requiredActions(facts).find((one) => one.decision === decision && one.action === action);
  if (found?.outcome !== 'open')
    throw refuse(404, 'unknown-action', 'There is no such required action that is still open.');
  const mayDo = [found.ownerId, facts.snapshot.content.owner].includes(person.accountId);
  if (outcome === 'done' && !mayDo)
    throw refuse(
      403,
      'not-yours',
      `Its owner${found.ownerName === null ? '' : `, ${found.ownerName},`} or the change owner says that it is done.`,
    );
  if (outcome === 'withdrawn' && found.setBy !== person.accountId)
    throw refuse(403, 'not-yours', 'Only the person who set a required action withdraws it.');
  const disclosing = new Disclosing(ports.random);
  return recorded(ports, who, {
    chain: facts.snapshot.issueId,
    kind: 'action-settled',
    fact: `action:${decision}.${action}`,
    body: {
      decision,
      action,
      outcome,
      by: disclosing.person(person.accountId, person.displayName),
      note,
      at: now.toISOString(),
    },
    disclosures: disclosing.disclosures,
  });
}
