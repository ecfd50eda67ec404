import { nonceKey } from '../ledger/keys';
import type { Ports } from '../ports/ports';
import { NONCE_TTL_SECONDS } from '../providers/envelope';

/**
 * Uses up the nonce of an authentic request, once: of any number at the same time, one is told true. To be called only
 * when the signature was right, and before anything is done for the request.
 *
 * @throws Unavailable when storage did not answer; then nothing may be done for the request either.
 */
export async function spendNonce(ports: Ports, source: string, nonce: string): Promise<boolean> {
  // The id tells our own value, read back after an unclear failure, from another's.
  const value = { spentAt: ports.clock.now().toISOString(), by: ports.random.id() };
  const outcome = await ports.store.create(nonceKey(source, nonce), value, { ttlSeconds: NONCE_TTL_SECONDS });
  return outcome === 'created';
}
