import { unexplainedDeliveries } from '../../gate/unexplained';
import type { Ports } from '../../ports/ports';
import { readFacts } from '../facts';
import type { DeliveryContent, DeliveryRecord } from '../intake/delivery';
import { aboutOf, listOrphan } from './list';

/**
 * Lists a delivery that tells of a deployment which the changes it names were not open for: naming a change explains
 * nothing while nobody approved it. A Discovered change is the explanation itself.
 */
export async function listUnexplained(
  ports: Ports,
  delivery: string,
  { source, event, deliveryId, receivedAt, bodyDigest }: DeliveryRecord,
  { items }: DeliveryContent,
  issueIds: readonly string[],
): Promise<void> {
  if (!items.some(({ item }) => item.kind === 'deployment')) return;
  const names: string[] = [];
  for (const issueId of issueIds) {
    const facts = await readFacts(ports, issueId);
    if (facts === undefined || facts.snapshot.content.changeType === 'Discovered') return;
    if (!unexplainedDeliveries(facts.policy, facts, ports.clock.now()).has(bodyDigest)) return;
    names.push(facts.snapshot.key);
  }
  const about = aboutOf(items);
  await listOrphan(ports, delivery, { source, event, deliveryId, receivedAt, names, reason: 'change-not-open', about });
}
