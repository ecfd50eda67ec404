import type { Parsed } from '../evidence/item';
import type { Provenance } from '../ledger/entry';
import type { IntakeRequest } from './request';

export interface LiveSecret {
  /** May be shown. */
  readonly label: string;
  readonly value: string;
}

/** Who sent the bytes, or why that is not known. `reason` is a word of a closed list, fit for a counter. */
export type Authentication =
  | {
      readonly authentic: true;
      readonly secret: string;
      readonly by: Provenance['authenticatedBy'];
      /** Good once: whoever acts on the request spends it first. Absent for senders that sign none. */
      readonly nonce?: string;
    }
  | {
      readonly authentic: false;
      readonly reason:
        'no-secret' | 'signature-missing' | 'signature-malformed' | 'signature-wrong' | 'signature-stale';
    };

/** What the headers and the shape of the body say, before the body is read as JSON. */
export type Opened =
  | {
      readonly opened: true;
      readonly event: string;
      readonly deliveryId: string | null;
      /** The JSON text. */
      readonly json: string;
      /** Puts a redacted JSON text back into the form in which the body came. */
      readonly rewrap: (json: string) => string;
    }
  | { readonly opened: false; readonly event: string | null; readonly reason: string };

/** One kind of sender. Pure: bytes and headers in, facts out. */
export interface Provider {
  readonly source: string;
  /**
   * What names a delivery beside the digest of its body, for a sender whose different deliveries may have the same body.
   * What is signed, or can be checked against the body, keeps a replay from being taken for a new delivery.
   */
  readonly alsoNamedBy?: readonly ('event' | 'deliveryId')[];
  /** `now` is for senders whose signatures expire. */
  authenticate(request: IntakeRequest, secrets: readonly LiveSecret[], now: Date): Authentication;
  open(request: IntakeRequest): Opened;
  parse(event: string, document: unknown): Parsed;
}
