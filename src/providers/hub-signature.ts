import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Authentication, LiveSecret } from './provider';
import { headerValue, type IntakeRequest } from './request';

const SIGNATURE = /^sha256=([0-9a-f]{64})$/;

/**
 * Checks a signature as GitHub and Bitbucket make it: HMAC-SHA-256 over the body's bytes, in lower-case hexadecimal
 * after `sha256=`, in the header that is named. Every live secret is tried and compared in constant time. Nothing but
 * the body is signed: neither a time nor the delivery id nor the event's name.
 */
export function authenticateHub(
  header: string,
  request: IntakeRequest,
  secrets: readonly LiveSecret[],
): Authentication {
  const given = headerValue(request.headers, header);
  if (given === undefined) return { authentic: false, reason: 'signature-missing' };
  const claimed = SIGNATURE.exec(given)?.[1];
  if (claimed === undefined) return { authentic: false, reason: 'signature-malformed' };
  const bytes = Buffer.from(request.body, 'utf8');
  // A lone surrogate would be signed as U+FFFD: such a string is not the UTF-8 of anything that was sent.
  if (bytes.toString('utf8') !== request.body) return { authentic: false, reason: 'signature-wrong' };
  const usable = secrets.filter(({ value }) => value !== '');
  if (usable.length === 0) return { authentic: false, reason: 'no-secret' };
  let matched: string | undefined;
  for (const { label, value } of usable) {
    const expected = createHmac('sha256', value).update(bytes).digest();
    if (timingSafeEqual(expected, Buffer.from(claimed, 'hex'))) matched ??= label;
  }
  return matched === undefined
    ? { authentic: false, reason: 'signature-wrong' }
    : { authentic: true, secret: matched, by: 'hmac-sha256' };
}
