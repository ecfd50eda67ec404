import { sha256Hex } from '../../ledger/hash';
import { deliveryChunkKey, deliveryKey } from '../../ledger/keys';
import type { Ports } from '../../ports/ports';
import { policyInForce } from '../policy/store';
import { toChunks, writeChunks } from './chunks';
import { DELIVERY_FORMAT, type DeliveryContent, type DeliveryRecord, type HandedInBy } from './delivery';
import { claimKey } from './idempotency';
import { isPending, markPending } from './pending';
import { quarantine } from './quarantine';
import { changesNamed, type Understood } from './understand';

type Evidence = Extract<Understood, { outcome: 'evidence' }>;

export interface Sender {
  readonly source: string;
  /** Label of the secret that authenticated it; empty for a person. */
  readonly secret: string;
  readonly by: NonNullable<DeliveryRecord['authenticatedBy']>;
  readonly person?: HandedInBy;
}

/**
 * Makes a delivery durable. The order lets it be broken off anywhere: the pending marker, the pieces and the quarantine
 * are replaced by the next attempt, and only the record, created once, says that all of them are there. 'duplicate' means
 * that the same delivery was accepted before, or the same facts under the same idempotency key; if it was never recorded, it is
 * queued again. 'contradicts' means that its idempotency key stands for other facts: nothing was stored.
 *
 * @param delivery its name, see ./delivery-name.
 * @throws whatever the store throws; then nothing was promised and the sender may send again.
 */
export async function storeDelivery(
  ports: Ports,
  delivery: string,
  sender: Sender,
  body: string,
  evidence: Evidence,
): Promise<'accepted' | 'duplicate' | 'contradicts'> {
  const bodyDigest = sha256Hex(body);
  if ((await ports.store.get(deliveryKey(delivery))) !== undefined) return repeated(ports, delivery);
  if (evidence.idempotency !== undefined) {
    const claimed = await claimKey(ports, sender.source, evidence.idempotency, delivery);
    if (claimed.outcome === 'contradicts') return 'contradicts';
    if (claimed.outcome === 'repeats') return repeated(ports, claimed.delivery);
  }
  const record = await writeBeforeRecord(ports, sender, body, evidence, { delivery, bodyDigest });
  const outcome = await ports.store.create(deliveryKey(delivery), record);
  if (outcome === 'exists') return repeated(ports, delivery);
  await queue(ports, delivery);
  return 'accepted';
}

async function writeBeforeRecord(
  ports: Ports,
  { source, secret, by, person }: Sender,
  body: string,
  evidence: Evidence,
  { delivery, bodyDigest }: { readonly delivery: string; readonly bodyDigest: string },
): Promise<DeliveryRecord> {
  const { event, deliveryId, items, kept, findings } = evidence;
  const found = findings.length > 0;
  const content: DeliveryContent = { body: kept, items };
  const chunks = toChunks(JSON.stringify(content));
  const apart = found ? toChunks(body) : [];
  const receivedAt = ports.clock.now().toISOString();
  const { projects } = await policyInForce(ports);
  // First of all, so that the sweep can clear away whatever an attempt leaves that gets no further.
  await markPending(ports, delivery, {
    since: receivedAt,
    chunks: chunks.length,
    quarantineChunks: apart.length,
    changes: changesNamed(items).filter((key) => projects.some((project) => key.startsWith(`${project}-`))),
  });
  await writeChunks(ports.store, chunks, (i) => deliveryChunkKey(delivery, i));
  return {
    format: DELIVERY_FORMAT,
    source,
    event,
    deliveryId,
    bodyDigest,
    bodySize: Buffer.byteLength(body),
    ...(found ? { redactedDigest: sha256Hex(kept) } : {}),
    authenticatedBy: by,
    secret,
    ...(person === undefined ? {} : { handedInBy: person }),
    receivedAt,
    chunks: chunks.length,
    findings: found ? [...(await quarantine(ports, delivery, bodyDigest, apart, findings))] : [],
  };
}

async function repeated(ports: Ports, delivery: string): Promise<'duplicate'> {
  if (await isPending(ports, delivery)) await queue(ports, delivery);
  return 'duplicate';
}

/** The delivery is durable already, and the scheduled sweep queues what is pending: a full queue is no reason to refuse. */
async function queue(ports: Ports, delivery: string): Promise<void> {
  try {
    await ports.jobs.push({ job: 'record-delivery', delivery });
  } catch (failure) {
    ports.log.error('a stored delivery was not queued and waits for the sweep', failure);
  }
}
