import { sha256Hex } from '../../ledger/hash';
import { deliveryName } from '../../ledger/keys';
import { providerOf } from '../../providers/sources';

/** What tells one delivery from another, as the provenance of every entry repeats it. */
export interface NamedDelivery {
  readonly source: string;
  readonly event: string;
  readonly deliveryId: string | null;
  /** SHA-256 of the body as received. */
  readonly bodyDigest: string;
}

/**
 * The name under which a delivery is stored: its sender and the digest of its body, and for a sender whose different
 * deliveries may have the same body, of what else tells them apart (`alsoNamedBy`).
 */
export function nameOfDelivery({ source, event, deliveryId, bodyDigest }: NamedDelivery): string {
  const also = providerOf(source)?.alsoNamedBy ?? [];
  if (also.length === 0) return deliveryName(source, bodyDigest);
  const told = also.map((member) => (member === 'event' ? event : (deliveryId ?? '')));
  return deliveryName(source, sha256Hex([...told, bodyDigest].join('\n')));
}
