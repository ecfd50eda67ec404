import { canonicalJson } from '../../ledger/canonical';
import { sha256Hex } from '../../ledger/hash';
import { readEnvelope, type Envelope } from '../../providers/pipeline/envelope';
import type { PublishedHead } from '../../ledger/published';
import type { Copy } from './copy';
import type { Stamp } from './stamp/check';
import type { Copied } from './state';

export const RECEIPT_FORMAT = 'change-control-mirror-receipt/1';

export interface Stamped {
  readonly stamp: Stamp;
  /** The record of the head that was stamped, and the authority's response. */
  readonly head: Copy;
  readonly response: Copy;
}

/**
 * The receipt of a run for one change, as a signed envelope takes it: where each copy is, in which version, locked until
 * when, and how far that was proved; with a time-stamp, the head's record and the response beside it, so that both can be
 * checked from the evidence alone. Written once and sent as it stands, so that sending it again adds nothing.
 */
export function receiptEnvelope(
  { site, issueId, key, head }: { site: string; issueId: string; key: string; head: PublishedHead },
  copies: readonly Copied[],
  stamped: Stamped | undefined,
  at: Date,
): Envelope {
  const text = canonicalJson({
    format: RECEIPT_FORMAT,
    site,
    issueId,
    change: key,
    at: at.toISOString(),
    ledger: { entries: head.entries, head: head.head },
    copies,
    timeStamp:
      stamped === undefined ? null : { ...stamped.stamp, of: stamped.head.sha256, response: stamped.response.sha256 },
  });
  const json = { mediaType: 'application/json' };
  const envelope: Envelope = {
    change: key,
    kind: 'document',
    title: stamped === undefined ? 'Copies outside Jira' : 'Copies outside Jira, and a time-stamp of the ledger',
    claimedAt: at.toISOString(),
    contents: [
      { name: 'mirror-receipt.json', ...json, text },
      ...(stamped === undefined
        ? []
        : [
            { name: 'ledger-head.json', ...json, text: Buffer.from(stamped.head.bytes).toString('utf8') },
            {
              name: 'ledger-head.tsr',
              mediaType: 'application/timestamp-reply',
              base64: Buffer.from(stamped.response.bytes).toString('base64'),
            },
          ]),
    ],
    idempotencyKey: sha256Hex(text),
  };
  const read = readEnvelope(envelope);
  if (!read.ok) throw new Error(`a receipt that is no envelope: ${read.reason}`);
  return read.envelope;
}
