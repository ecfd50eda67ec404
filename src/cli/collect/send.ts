import type { Envelope } from '../../providers/pipeline/envelope';
import type { Rim } from '../rim';
import { signedPost } from '../signed-post';
import { entriesOf } from './statement';

export interface SentPiece {
  readonly number: number;
  readonly of: number;
  readonly kind: string;
  readonly entries: number;
  readonly idempotencyKey: string | undefined;
  readonly result: string | null;
  readonly attempts: number;
}

export interface Sent {
  readonly pieces: readonly SentPiece[];
  /** Why not all is stored; undefined when all is. */
  readonly complaint: string | undefined;
}

export interface To {
  readonly url: string;
  readonly secret: string;
  readonly waitSeconds: number;
  readonly rim: Rim;
}

const STORED = ['accepted', 'duplicate'];
const FAILED: ReadonlyMap<string, string> = new Map(
  Object.entries({
    unavailable: 'it could not be stored now. Run this again; what was stored is not stored twice.',
    unauthorized:
      "the signature was not accepted. Check the secret, this machine's clock, and ?source=pipeline in the address.",
    invalid: 'it was not understood. Is this command line older than the app?',
    ignored: 'it was not wanted. Does the address have ?source=pipeline?',
  }),
);

/**
 * Sends the pieces one after the other, each until it is stored: a second time with the same body, so under the same
 * idempotency key. Stops at the first that is not; what was stored before it stays.
 */
export async function sendPieces(envelopes: readonly Envelope[], to: To): Promise<Sent> {
  const pieces: SentPiece[] = [];
  for (const [i, envelope] of envelopes.entries()) {
    const body = JSON.stringify(envelope);
    const { kind, idempotencyKey } = envelope;
    const place = `${i + 1}/${envelopes.length} ${kind}`;
    to.rim.say(`sending ${place}, ${Buffer.byteLength(body)} bytes`);
    const { word, failure, attempts } = await signedPost({ ...to, body, again: ['unavailable'], member: 'result' });
    pieces.push({
      number: i + 1,
      of: envelopes.length,
      kind,
      entries: entriesOf(envelope),
      idempotencyKey,
      result: word,
      attempts,
    });
    if (word !== null && STORED.includes(word)) continue;
    const meaning = word === null ? undefined : (FAILED.get(word) ?? 'the answer is not known to this program.');
    const why = [meaning, failure].filter((part) => part !== undefined && part !== null).join(' ');
    return { pieces, complaint: `${place}: ${word ?? 'no answer'}: ${why}` };
  }
  return { pieces, complaint: undefined };
}
