import * as z from '#zod';
import type { Idempotency } from '../../evidence/item';
import { sha256Hex } from '../../ledger/hash';
import { deliveryKey, idempotencyKey } from '../../ledger/keys';
import type { Ports } from '../../ports/ports';

const claim = z.lazy(() => z.object({ fingerprint: z.string(), delivery: z.string() }));

/** `go-on`: store it. `repeats`: that delivery said the same. `contradicts`: the key stands for other facts. */
export type Claimed =
  | { readonly outcome: 'go-on' }
  | { readonly outcome: 'repeats'; readonly delivery: string }
  | { readonly outcome: 'contradicts' };

/**
 * Binds a sender's idempotency key to what it states, once. To be called before the delivery is written: a claim whose
 * delivery never became durable binds to the facts alone, so sending again under the same key gets through.
 */
export async function claimKey(
  ports: Ports,
  source: string,
  { key, fingerprint }: Idempotency,
  delivery: string,
): Promise<Claimed> {
  const at = idempotencyKey(source, sha256Hex(key));
  if ((await ports.store.create(at, { fingerprint, delivery })) === 'created') return { outcome: 'go-on' };
  const earlier = claim.safeParse(await ports.store.get(at));
  if (!earlier.success || earlier.data.fingerprint !== fingerprint) return { outcome: 'contradicts' };
  if (earlier.data.delivery === delivery) return { outcome: 'go-on' };
  const stored = await ports.store.get(deliveryKey(earlier.data.delivery));
  return stored === undefined ? { outcome: 'go-on' } : { outcome: 'repeats', delivery: earlier.data.delivery };
}
