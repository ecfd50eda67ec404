import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Authentication, LiveSecret } from './provider';
import { headerValue, type IntakeRequest } from './request';

/** How far, in seconds, a sender's clock may be off the site's, either way. */
export const STALE_SECONDS = 300;

/**
 * How long a nonce is remembered, in seconds. A request may be dated 300 s ahead and replayed until 300 s after that,
 * so the sum of both sides, and half of it again for a clock that is set back.
 */
export const NONCE_TTL_SECONDS = 3 * STALE_SECONDS;

export const TIMESTAMP_HEADER = 'X-Change-Timestamp';
export const NONCE_HEADER = 'X-Change-Nonce';
export const SIGNATURE_HEADER = 'X-Change-Signature';

const TIMESTAMP = /^(?:0|[1-9][0-9]{0,11})$/;
const NONCE = /^[A-Za-z0-9_-]{16,64}$/;
const SIGNATURE = /^sha256=([0-9a-f]{64})$/;

/** What is signed: Unix seconds, nonce and body, joined by full stops. Neither of the first two can hold one. */
export const signedText = (timestamp: string, nonce: string, body: string): string => `${timestamp}.${nonce}.${body}`;

/**
 * The three headers of a request of our own senders. HMAC-SHA-256 (RFC 2104) over the UTF-8 of `signedText`, in
 * lower-case hexadecimal after `sha256=`.
 *
 * @param sealed `timestamp` in whole Unix seconds; `nonce` 16 to 64 characters of `[A-Za-z0-9_-]`, never used before.
 */
export function signedHeaders(
  secret: string,
  sealed: { readonly timestamp: number; readonly nonce: string; readonly body: string },
): Readonly<Record<string, string>> {
  const timestamp = String(sealed.timestamp);
  return {
    [TIMESTAMP_HEADER]: timestamp,
    [NONCE_HEADER]: sealed.nonce,
    [SIGNATURE_HEADER]: `sha256=${mac(secret, signedText(timestamp, sealed.nonce, sealed.body)).toString('hex')}`,
  };
}

/** An authentic request of our own senders; whoever acts on it has to spend the nonce first. */
export type Sealed = Extract<Authentication, { authentic: true }> & {
  readonly nonce: string;
  /** What was signed: with the nonce in it, its digest says nothing about a body that could be guessed. */
  readonly signed: string;
};

/**
 * Checks the envelope of the `pipeline` sender and of the deploy gate's questions. Every live secret is tried, each
 * compared in constant time. Whether the nonce is fresh is not known here: the caller spends it, once the request is
 * known to be authentic, so that a stranger can use up nobody's nonce.
 */
export function authenticateEnvelope(
  request: IntakeRequest,
  secrets: readonly LiveSecret[],
  now: Date,
): Sealed | Extract<Authentication, { authentic: false }> {
  const [timestamp, nonce, signature] = [TIMESTAMP_HEADER, NONCE_HEADER, SIGNATURE_HEADER].map((name) =>
    headerValue(request.headers, name),
  );
  if (timestamp === undefined || nonce === undefined || signature === undefined) return no('signature-missing');
  const claimed = SIGNATURE.exec(signature)?.[1];
  if (claimed === undefined || !TIMESTAMP.test(timestamp) || !NONCE.test(nonce)) return no('signature-malformed');
  const signed = signedText(timestamp, nonce, request.body);
  // A lone surrogate would be signed as U+FFFD: such a string is not the UTF-8 of anything that was sent.
  if (Buffer.from(signed, 'utf8').toString('utf8') !== signed) return no('signature-wrong');
  const usable = secrets.filter(({ value }) => value !== '');
  if (usable.length === 0) return no('no-secret');
  const label = matching(usable, signed, Buffer.from(claimed, 'hex'));
  if (label === undefined) return no('signature-wrong');
  if (Math.abs(now.getTime() / 1000 - Number(timestamp)) > STALE_SECONDS) return no('signature-stale');
  return { authentic: true, secret: label, by: 'hmac-sha256', nonce, signed };
}

/** The label of the first secret that fits; the others are compared all the same. */
function matching(secrets: readonly LiveSecret[], signed: string, claimed: Uint8Array): string | undefined {
  let matched: string | undefined;
  for (const { label, value } of secrets) {
    if (timingSafeEqual(mac(value, signed), claimed)) matched ??= label;
  }
  return matched;
}

const mac = (secret: string, text: string): Buffer => createHmac('sha256', secret).update(text, 'utf8').digest();

const no = (reason: Extract<Authentication, { authentic: false }>['reason']) => ({ authentic: false, reason }) as const;
