import type { Sha256Hex, StoredEntry } from '../ledger/entry';
import { sha256Hex } from '../ledger/hash';
import { rawFile, redactedFile } from './files';
import type { PackFile, RawDelivery } from './input';

/** What became of one body that evidence in the ledger came from. */
export interface DeliveryRecord {
  readonly bodyDigest: Sha256Hex;
  readonly state: RawDelivery['state'];
  readonly source: string;
  readonly event: string;
  readonly deliveryId: string | null;
  /** SHA-256 of the redacted copy, as the ledger recorded it. */
  readonly redactedDigest: Sha256Hex | null;
  /** The file of the pack that holds it, or null, and then why. */
  readonly file: string | null;
  readonly because: string | null;
}

interface Named {
  readonly bodyDigest: Sha256Hex;
  readonly source: string;
  readonly event: string;
  readonly deliveryId: string | null;
  readonly redactedDigest: Sha256Hex | null;
}

/** The bodies that the ledger's evidence and files name, each once, ordered by digest. */
export function namedBodies(entries: readonly StoredEntry[]): Named[] {
  const named = new Map<Sha256Hex, Named>();
  for (const { entry } of entries) {
    if (entry.kind !== 'evidence' && entry.kind !== 'file-read') continue;
    const { bodyDigest, source, event, deliveryId, redactedDigest = null } = entry.body.provenance;
    if (!named.has(bodyDigest)) named.set(bodyDigest, { bodyDigest, source, event, deliveryId, redactedDigest });
  }
  return [...named.values()].sort((a, b) => (a.bodyDigest < b.bodyDigest ? -1 : 1));
}

/**
 * Finds each named body among those at hand. A body whose bytes are not the ones recorded is missing, with that as the
 * reason: a pack never passes off other bytes as a delivery.
 */
export function settleDeliveries(
  entries: readonly StoredEntry[],
  at: readonly RawDelivery[],
): { readonly records: DeliveryRecord[]; readonly files: PackFile[] } {
  const records: DeliveryRecord[] = [];
  const files: PackFile[] = [];
  for (const named of namedBodies(entries)) {
    const found = settle(
      named,
      at.find(({ bodyDigest }) => bodyDigest === named.bodyDigest),
    );
    records.push({ ...named, ...found.record });
    if (found.file !== undefined) files.push(found.file);
  }
  return { records, files };
}

type Outcome = Pick<DeliveryRecord, 'state' | 'file' | 'because'>;

function settle(
  named: Named,
  delivery: RawDelivery | undefined,
): { readonly record: Outcome; readonly file?: PackFile } {
  const missing = (because: string): { record: Outcome } => ({ record: { state: 'missing', file: null, because } });
  if (delivery === undefined) return missing('its bytes are no longer stored');
  switch (delivery.state) {
    case 'missing':
      return missing(delivery.because);
    case 'quarantined':
      return {
        record: {
          state: 'quarantined',
          file: null,
          because: 'held back: a marking or a secret was found in it; the ledger keeps its digest',
        },
      };
    case 'kept':
      if (sha256Hex(delivery.bytes) !== named.bodyDigest)
        return missing('the stored bytes are not the ones that were received');
      return included('kept', rawFile(named.bodyDigest), delivery.bytes, null);
    case 'redacted':
      if (sha256Hex(delivery.bytes) !== named.redactedDigest) {
        return missing('the stored redacted copy is not the one that was recorded');
      }
      return included(
        'redacted',
        redactedFile(named.bodyDigest),
        delivery.bytes,
        'a marking or a secret was taken out',
      );
  }
}

const included = (state: 'kept' | 'redacted', name: string, bytes: Uint8Array, because: string | null) => ({
  record: { state, file: name, because },
  file: { name, bytes },
});
