import { createHmac, timingSafeEqual } from 'node:crypto';
import { authorize } from '../authorization';
import type { Authentication, LiveSecret } from '../provider';
import type { IntakeRequest } from '../request';
import { claimsOf, isHs256, tokenOf, type Token } from './token';

/** How far the clocks of Jenkins and this site may differ (RFC 7519 section 4.1.4: "a few minutes"). */
const LEEWAY_SECONDS = 300;

/**
 * A body that is a JSON Web Token is checked as Atlassian's app "Jenkins for Jira" checks it: HS256 keyed with the
 * secret that both share, issuer `jenkins-plugin`, audience `jenkins-forge-app`, not expired
 * (github.com/atlassian/jenkins-for-jira, app/src/webtrigger/jwt.ts). Any other body comes from a sender that signs
 * nothing: the password or token of its header `Authorization` is the secret, and that the body is unaltered rests on
 * TLS alone. Every live secret is tried and compared in constant time.
 */
export function authenticate(request: IntakeRequest, secrets: readonly LiveSecret[], now: Date): Authentication {
  const token = tokenOf(request.body);
  return token === undefined ? authorize(request, secrets) : verify(token, secrets, now);
}

function verify(token: Token, secrets: readonly LiveSecret[], now: Date): Authentication {
  if (!isHs256(token)) return { authentic: false, reason: 'signature-malformed' };
  const usable = secrets.filter(({ value }) => value !== '');
  if (usable.length === 0) return { authentic: false, reason: 'no-secret' };
  let matched: string | undefined;
  for (const { label, value } of usable) if (isSignedWith(token, value)) matched ??= label;
  if (matched === undefined) return { authentic: false, reason: 'signature-wrong' };
  const claims = claimsOf(token);
  if (claims === undefined) return { authentic: false, reason: 'signature-wrong' };
  const seconds = now.getTime() / 1000;
  const tooLate = typeof claims.exp === 'number' && seconds > claims.exp + LEEWAY_SECONDS;
  const tooEarly = typeof claims.nbf === 'number' && seconds < claims.nbf - LEEWAY_SECONDS;
  return tooLate || tooEarly
    ? { authentic: false, reason: 'signature-stale' }
    : { authentic: true, secret: matched, by: 'hmac-sha256' };
}

/** Compares texts, not bytes: another text of the same bytes would be another body. */
function isSignedWith({ header, payload, signature }: Token, secret: string): boolean {
  const expected = Buffer.from(createHmac('sha256', secret).update(`${header}.${payload}`).digest('base64url'));
  const claimed = Buffer.from(signature);
  return claimed.length === expected.length && timingSafeEqual(expected, claimed);
}
