import type { Parsed } from '../../evidence/item';
import { canonicalJson } from '../../ledger/canonical';
import { sha256Hex } from '../../ledger/hash';
import { authenticateEnvelope } from '../envelope';
import type { Provider } from '../provider';
import { open } from './contents';
import { readEnvelope, type Envelope } from './envelope';
import { pipelineItems } from './items';

/**
 * Pipelines of the customer's own and any other sender, by our own envelope, which FORMAT.md beside this file specifies:
 * `envelope.schema.json` for the body, `providers/envelope.ts` for how it is signed. The command line's `collect` is one such
 * sender.
 */
export const pipeline: Provider = { source: 'pipeline', authenticate: authenticateEnvelope, open, parse };

function parse(event: string, document: unknown): Parsed {
  const read = readEnvelope(document);
  if (!read.ok) return { outcome: 'invalid', event, reason: read.reason };
  const { envelope } = read;
  const items = pipelineItems(envelope);
  if (envelope.idempotencyKey === undefined) return { outcome: 'evidence', event, items };
  const idempotency = { key: envelope.idempotencyKey, fingerprint: fingerprintOf(envelope) };
  return { outcome: 'evidence', event, items, idempotency };
}

/** What has to stay the same when a sender repeats itself: all but the time, which a script may read anew. */
export const fingerprintOf = (envelope: Envelope): string => sha256Hex(canonicalJson({ ...envelope, claimedAt: null }));
