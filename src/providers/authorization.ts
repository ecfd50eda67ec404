import { createHash, timingSafeEqual } from 'node:crypto';
import type { Authentication, LiveSecret } from './provider';
import { headerValue, type IntakeRequest } from './request';

/**
 * Checks the header `Authorization` of a sender that signs nothing: the password of `Basic` (RFC 7617; the user name is
 * not looked at) or the token of `Bearer` (RFC 6750) is one of the live secrets. Compared in constant time whatever
 * the lengths. It proves who opened the connection, and says nothing about the body.
 */
export function authorize(request: IntakeRequest, secrets: readonly LiveSecret[]): Authentication {
  const header = headerValue(request.headers, 'authorization');
  if (header === undefined || header === '') return { authentic: false, reason: 'signature-missing' };
  const given = credentialOf(header);
  if (given === undefined) return { authentic: false, reason: 'signature-malformed' };
  const usable = secrets.filter(({ value }) => value !== '');
  if (usable.length === 0) return { authentic: false, reason: 'no-secret' };
  let matched: string | undefined;
  for (const { label, value } of usable) if (isSame(given, value)) matched ??= label;
  return matched === undefined
    ? { authentic: false, reason: 'signature-wrong' }
    : { authentic: true, secret: matched, by: 'shared-secret' };
}

function credentialOf(header: string): string | undefined {
  const [, scheme = '', credentials = ''] = /^([A-Za-z]+) +([A-Za-z0-9._~+/-]+=*)$/.exec(header) ?? [];
  switch (scheme.toLowerCase()) {
    case 'bearer':
      return credentials;
    case 'basic': {
      const text = Buffer.from(credentials, 'base64').toString('utf8');
      const colon = text.indexOf(':');
      return colon === -1 ? undefined : text.slice(colon + 1);
    }
    default:
      return undefined;
  }
}

/** Digests have one length, so that the comparison tells nothing about the length of the secret. */
function isSame(given: string, secret: string): boolean {
  return timingSafeEqual(digest(given), digest(secret));
}

const digest = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest();
