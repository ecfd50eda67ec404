import { createHmac } from 'node:crypto';
import { authenticateEnvelope, NONCE_TTL_SECONDS, signedHeaders, STALE_SECONDS } from '../../../src/providers/envelope';

const NOW = new Date('2026-03-02T09:00:00.000Z');
const SECONDS = NOW.getTime() / 1000;
const NONCE = 'AZaz09_-AZaz09_-';
const BODY = '{"change":"CHG-7","actor":{"name":"Zoë"}}';
const SECRETS = [
  { label: 'newest', value: 'new secret' },
  { label: 'older', value: 'old secret' },
];

type Headers = Record<string, string | readonly string[]>;

function request(
  headers: Headers = {},
  body = BODY,
  sealed: { timestamp?: number; nonce?: string; secret?: string } = {},
) {
  const { timestamp = SECONDS, nonce = NONCE, secret = 'new secret' } = sealed;
  const all: Headers = { ...signedHeaders(secret, { timestamp, nonce, body: BODY }), ...headers };
  return {
    method: 'POST',
    query: {},
    body,
    headers: Object.fromEntries(
      Object.entries(all).map(([name, value]) => [name, typeof value === 'string' ? [value] : value]),
    ),
  };
}

it('signs timestamp.nonce.body with HMAC-SHA-256, in the headers of the contract', () => {
  expect(signedHeaders('new secret', { timestamp: SECONDS, nonce: NONCE, body: BODY })).toEqual({
    'X-Change-Timestamp': '1772442000',
    'X-Change-Nonce': NONCE,
    'X-Change-Signature': `sha256=${createHmac('sha256', 'new secret').update(`1772442000.${NONCE}.${BODY}`).digest('hex')}`,
  });
});

it('remembers a nonce for longer than its request could be replayed', () => {
  expect(NONCE_TTL_SECONDS).toBeGreaterThan(2 * STALE_SECONDS);
});

it.each<[string, ReturnType<typeof request>, string]>([
  ['as it is signed', request(), 'newest'],
  ['with an older live secret', request({}, BODY, { secret: 'old secret' }), 'older'],
  ['300 s late', request({}, BODY, { timestamp: SECONDS - 300 }), 'newest'],
  ['300 s early', request({}, BODY, { timestamp: SECONDS + 300 }), 'newest'],
  ['with header names in small letters', lowered(request()), 'newest'],
  ['with a nonce of 64 characters', request({}, BODY, { nonce: 'n'.repeat(64) }), 'newest'],
])('is authentic %s', (_, sent, secret) => {
  const nonce = Object.entries(sent.headers).find(([name]) => /nonce/i.test(name))?.[1][0];
  const found = authenticateEnvelope(sent, SECRETS, NOW);
  expect(found).toMatchObject({ authentic: true, secret, by: 'hmac-sha256', nonce });
});

const good = request().headers['X-Change-Signature']?.[0] ?? '';

it.each<[string, ReturnType<typeof request>, string]>([
  ['a secret that is not live', request({}, BODY, { secret: 'guess' }), 'signature-wrong'],
  ['an empty secret', request({}, BODY, { secret: '' }), 'signature-wrong'],
  ['another body', request({}, `${BODY} `), 'signature-wrong'],
  ['a cut-off body', request({}, BODY.slice(0, -1)), 'signature-wrong'],
  ['a body that is no UTF-8', request({}, '\ud800'), 'signature-wrong'],
  ['another timestamp', request({ 'X-Change-Timestamp': String(SECONDS + 1) }), 'signature-wrong'],
  ['another nonce', request({ 'X-Change-Nonce': 'BZaz09_-AZaz09_-' }), 'signature-wrong'],
  [
    'the full stop moved',
    request({ 'X-Change-Timestamp': '1772442', 'X-Change-Nonce': `000.${NONCE}` }),
    'signature-malformed',
  ],
  ['301 s late', request({}, BODY, { timestamp: SECONDS - 301 }), 'signature-stale'],
  ['301 s early', request({}, BODY, { timestamp: SECONDS + 301 }), 'signature-stale'],
  ['no timestamp', request({ 'X-Change-Timestamp': [] }), 'signature-missing'],
  ['no nonce', request({ 'X-Change-Nonce': [] }), 'signature-missing'],
  ['no signature', request({ 'X-Change-Signature': [] }), 'signature-missing'],
  ['two signatures', request({ 'X-Change-Signature': [good, good.replace(/.$/, 'x')] }), 'signature-missing'],
  ['a signature in capitals', request({ 'X-Change-Signature': good.toUpperCase() }), 'signature-malformed'],
  ['a shortened signature', request({ 'X-Change-Signature': good.slice(0, -2) }), 'signature-malformed'],
  ['a signature without its algorithm', request({ 'X-Change-Signature': good.slice(7) }), 'signature-malformed'],
  ['a timestamp in milliseconds', request({}, BODY, { timestamp: SECONDS * 1000 }), 'signature-malformed'],
  ['a timestamp that is no number', request({ 'X-Change-Timestamp': 'now' }), 'signature-malformed'],
  ['a timestamp with a sign', request({ 'X-Change-Timestamp': `+${SECONDS}` }), 'signature-malformed'],
  ['a nonce of 15 characters', request({ 'X-Change-Nonce': 'n'.repeat(15) }), 'signature-malformed'],
  ['a nonce of 65 characters', request({ 'X-Change-Nonce': 'n'.repeat(65) }), 'signature-malformed'],
  ['a nonce with a space', request({ 'X-Change-Nonce': 'nnnnnnnnnn nnnnnnnn' }), 'signature-malformed'],
])('is not authentic with %s', (_, sent, reason) => {
  expect(authenticateEnvelope(sent, SECRETS, NOW)).toEqual({ authentic: false, reason });
});

it.each([[[]], [[{ label: 'empty', value: '' }]]])('is not authentic while no secret is live: %j', (secrets) => {
  expect(authenticateEnvelope(request({}, BODY, { secret: '' }), secrets, NOW)).toEqual({
    authentic: false,
    reason: 'no-secret',
  });
});

function lowered(sent: ReturnType<typeof request>): ReturnType<typeof request> {
  return {
    ...sent,
    headers: Object.fromEntries(Object.entries(sent.headers).map(([name, value]) => [name.toLowerCase(), value])),
  };
}
