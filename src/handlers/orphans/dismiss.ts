import type { OrphansView } from '../../contract/panel';
import { dismissOrphanPayload } from '../../contract/payloads';
import type { Ports } from '../../ports/ports';
import { refuse } from '../refusal';
import { parsed, type ResolverCall } from '../resolver-call';
import { claim, readActs } from './acts';
import { findOrphan } from './archive';
import { finishDismissal } from './finish';
import { seeingTo } from './may-see';
import { completed, mustNotBeUnderWay } from './open';
import { viewWithout } from './read';

/**
 * `orphan.dismiss`: takes a delivery off the list with a name and a reason, in the chain named `orphans`. The delivery
 * stays. Twice is once. Refusals: 403 not-eligible, 404 no-such-delivery, 409 opened, being-handled.
 */
export async function dismissOrphan(ports: Ports, call: ResolverCall): Promise<OrphansView> {
  const { delivery, reason } = parsed(dismissOrphanPayload, call.payload);
  const { policy, person } = await seeingTo(ports, call);
  const acts = await readActs(ports, delivery);
  const last = acts.at(-1);
  if (last?.act === 'dismiss') {
    await finishDismissal(ports, delivery, last);
    return viewWithout(ports, policy, delivery);
  }
  const change = await completed(ports, delivery, acts);
  if (change !== undefined) throw refuse(409, 'opened', `${change.key} was opened for it.`);
  if ((await findOrphan(ports, delivery)) === undefined)
    throw refuse(404, 'no-such-delivery', 'This delivery is on the list no more. Read the list again.');
  mustNotBeUnderWay(last, ports.clock.now());
  const { accountId, displayName } = person;
  const at = ports.clock.now().toISOString();
  const dismissal = { act: 'dismiss' as const, reason, by: { accountId, displayName }, at };
  await claim(ports, delivery, acts.length, dismissal);
  await finishDismissal(ports, delivery, dismissal);
  return viewWithout(ports, policy, delivery);
}
