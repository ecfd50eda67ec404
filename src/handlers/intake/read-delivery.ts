import { sha256Hex } from '../../ledger/hash';
import { deliveryChunkKey, deliveryKey } from '../../ledger/keys';
import type { Ports } from '../../ports/ports';
import { readChunks } from './chunks';
import { deliveryContent, deliveryRecord, type DeliveryContent, type DeliveryRecord } from './delivery';

/** An accepted delivery with its content, which is undefined when the stored bytes are not those that were accepted. */
export interface StoredDelivery {
  readonly record: DeliveryRecord;
  readonly content: DeliveryContent | undefined;
}

/** Undefined when there is no record, or one that was altered. */
export async function readDelivery(ports: Pick<Ports, 'store'>, delivery: string): Promise<StoredDelivery | undefined> {
  const record = deliveryRecord.safeParse(await ports.store.get(deliveryKey(delivery)));
  return record.success ? { record: record.data, content: await readContent(ports, delivery, record.data) } : undefined;
}

/** The stored bytes, only if they are the ones that the record was created for. */
export async function readContent(
  ports: Pick<Ports, 'store'>,
  delivery: string,
  record: DeliveryRecord,
): Promise<DeliveryContent | undefined> {
  const text = await readChunks(ports.store, record.chunks, (i) => deliveryChunkKey(delivery, i));
  if (text === undefined) return undefined;
  const content = deliveryContent.safeParse(jsonOf(text));
  if (!content.success) return undefined;
  return sha256Hex(content.data.body) === (record.redactedDigest ?? record.bodyDigest) ? content.data : undefined;
}

function jsonOf(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}
