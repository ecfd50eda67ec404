import type { StoredEntry } from '../../ledger/entry';
import { deliveryChunkKey, deliveryKey } from '../../ledger/keys';
import { namedBodies } from '../../pack/deliveries';
import type { RawDelivery } from '../../pack/input';
import type { Ports } from '../../ports/ports';
import { readChunks } from '../intake/chunks';
import { deliveryContent, deliveryRecord } from '../intake/delivery';
import { nameOfDelivery, type NamedDelivery } from '../intake/delivery-name';

/** The bodies that evidence in the ledger came from, as they are kept. What cannot be had says why. */
export async function readRawDeliveries(
  ports: Ports,
  entries: readonly StoredEntry[],
): Promise<readonly RawDelivery[]> {
  const found: RawDelivery[] = [];
  for (const named of namedBodies(entries)) found.push(await readOne(ports, named));
  return found;
}

async function readOne(ports: Ports, named: NamedDelivery): Promise<RawDelivery> {
  const { bodyDigest } = named;
  const missing = (because: string): RawDelivery => ({ state: 'missing', bodyDigest, because });
  const name = nameOfDelivery(named);
  const record = deliveryRecord.safeParse(await ports.store.get(deliveryKey(name)));
  if (!record.success) return missing('the stored delivery is not there or was altered');
  const text = await readChunks(ports.store, record.data.chunks, (i) => deliveryChunkKey(name, i));
  if (text === undefined) return missing('a stored piece of the delivery is missing or damaged');
  const content = deliveryContent.safeParse(JSON.parse(text));
  if (!content.success) return missing('the stored delivery was altered');
  return {
    state: record.data.redactedDigest === undefined ? 'kept' : 'redacted',
    bodyDigest,
    bytes: new TextEncoder().encode(content.data.body),
  };
}
