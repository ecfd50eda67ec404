import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Authentication, LiveSecret } from '../provider';
import { headerValue, type IntakeRequest } from '../request';

const VERSION_1 = /^v1=([0-9a-f]{64})$/;

/**
 * Checks `circleci-signature`: a comma-separated list of versioned signatures, of which `v1` is HMAC-SHA-256 over the
 * body's bytes in lower-case hexadecimal; other versions are passed over (circleci.com/docs, "Outbound webhooks",
 * validate webhooks). Every live secret is tried and compared in constant time. The event id is part of the signed body.
 */
export function authenticate(request: IntakeRequest, secrets: readonly LiveSecret[]): Authentication {
  const header = headerValue(request.headers, 'circleci-signature');
  if (header === undefined || header === '') return { authentic: false, reason: 'signature-missing' };
  const claimed = header.split(',').flatMap((part) => VERSION_1.exec(part.trim())?.[1] ?? []);
  if (claimed.length === 0) return { authentic: false, reason: 'signature-malformed' };
  const bytes = Buffer.from(request.body, 'utf8');
  // A lone surrogate would be signed as U+FFFD: such a string is not the UTF-8 of anything that was sent.
  if (bytes.toString('utf8') !== request.body) return { authentic: false, reason: 'signature-wrong' };
  const usable = secrets.filter(({ value }) => value !== '');
  if (usable.length === 0) return { authentic: false, reason: 'no-secret' };
  let matched: string | undefined;
  for (const { label, value } of usable) {
    const expected = createHmac('sha256', value).update(bytes).digest();
    for (const signature of claimed) {
      if (timingSafeEqual(expected, Buffer.from(signature, 'hex'))) matched ??= label;
    }
  }
  return matched === undefined
    ? { authentic: false, reason: 'signature-wrong' }
    : { authentic: true, secret: matched, by: 'hmac-sha256' };
}
