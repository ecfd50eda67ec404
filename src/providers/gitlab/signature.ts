import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { STALE_SECONDS } from '../envelope';
import type { Authentication, LiveSecret } from '../provider';
import { headerValue, type IntakeRequest } from '../request';

export const SIGNATURE_HEADER = 'webhook-signature';
const TIMESTAMP = /^(?:0|[1-9][0-9]{0,11})$/;
const ID = /^[A-Za-z0-9._-]{1,100}$/;
const VERSION_1 = /^v1,([A-Za-z0-9+/]{43}=)$/;
const SIGNING_TOKEN = /^whsec_([A-Za-z0-9+/]+={0,2})$/;

/** Whether a request claims to be signed: then only its signature counts, whatever else it shows. */
export const isSigned = (headers: IntakeRequest['headers']): boolean =>
  Object.keys(headers).some((name) => name.toLowerCase() === SIGNATURE_HEADER && (headers[name]?.length ?? 0) > 0);

/**
 * Checks a GitLab delivery. With a signing token by `webhook-signature`: `v1,` and the base64 of
 * HMAC-SHA-256 over `webhook-id.webhook-timestamp.body`, several parted by blanks, keyed with the bytes in base64 after
 * `whsec_` (standardwebhooks.com, "Signature scheme"; gitlab-org/gitlab!230944), not older than five minutes. Else by
 * `X-Gitlab-Token`, which is the secret itself (docs.gitlab.com, "Webhooks", secret token) and says nothing about the
 * body. A wrong signature is never made up for by a token. Every live secret is tried and compared in constant time.
 */
export function authenticate(request: IntakeRequest, secrets: readonly LiveSecret[], now: Date): Authentication {
  const usable = secrets.filter(({ value }) => value !== '');
  return isSigned(request.headers) ? bySignature(request, usable, now) : byToken(request, usable);
}

function bySignature(request: IntakeRequest, secrets: readonly LiveSecret[], now: Date): Authentication {
  const [id, timestamp, signatures] = ['webhook-id', 'webhook-timestamp', SIGNATURE_HEADER].map((name) =>
    headerValue(request.headers, name),
  );
  if (id === undefined || timestamp === undefined || signatures === undefined) return no('signature-missing');
  const claimed = signatures
    .slice(0, 1000)
    .split(' ')
    .flatMap((one) => VERSION_1.exec(one)?.[1] ?? []);
  if (claimed.length === 0 || !ID.test(id) || !TIMESTAMP.test(timestamp)) return no('signature-malformed');
  const signed = `${id}.${timestamp}.${request.body}`;
  // A lone surrogate would be signed as U+FFFD: such a string is not the UTF-8 of anything that was sent.
  if (Buffer.from(signed, 'utf8').toString('utf8') !== signed) return no('signature-wrong');
  if (secrets.length === 0) return no('no-secret');
  const label = matching(secrets, ({ value }) => {
    const expected = createHmac('sha256', keyOf(value)).update(signed, 'utf8').digest();
    return claimed.map((one) => timingSafeEqual(expected, Buffer.from(one, 'base64'))).includes(true);
  });
  if (label === undefined) return no('signature-wrong');
  if (Math.abs(now.getTime() / 1000 - Number(timestamp)) > STALE_SECONDS) return no('signature-stale');
  return { authentic: true, secret: label, by: 'hmac-sha256' };
}

function byToken(request: IntakeRequest, secrets: readonly LiveSecret[]): Authentication {
  const token = headerValue(request.headers, 'x-gitlab-token');
  if (token === undefined || token === '') return no('signature-missing');
  if (secrets.length === 0) return no('no-secret');
  const label = matching(secrets, ({ value }) => timingSafeEqual(digest(token), digest(value)));
  return label === undefined ? no('signature-wrong') : { authentic: true, secret: label, by: 'shared-secret' };
}

/** The label of the first secret that fits; the others are compared all the same. */
function matching(secrets: readonly LiveSecret[], fits: (secret: LiveSecret) => boolean): string | undefined {
  let matched: string | undefined;
  for (const secret of secrets) if (fits(secret)) matched ??= secret.label;
  return matched;
}

/** GitLab takes signing tokens of this form only; another secret is a key as it stands. */
function keyOf(secret: string): Buffer {
  const encoded = SIGNING_TOKEN.exec(secret)?.[1];
  return encoded === undefined ? Buffer.from(secret, 'utf8') : Buffer.from(encoded, 'base64');
}

/** Digests have one length, so that the comparison tells nothing about the length of the secret. */
const digest = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest();

const no = (reason: Extract<Authentication, { authentic: false }>['reason']) => ({ authentic: false, reason }) as const;
