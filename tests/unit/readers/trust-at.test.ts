import { generateKeyPairSync, sign } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dsseEnvelope, preAuthenticationEncoding, verifyEnvelope } from '../../../src/readers/dsse/envelope';
import { commitObject } from '../../../src/readers/git-commit/object';
import { verifyCommit } from '../../../src/readers/git-commit/verify-commit';
import { bundleOf } from '../../../src/readers/sigstore/bundle';
import { sigstoreRoot } from '../../../src/readers/sigstore/root';
import { verifyBundle } from '../../../src/readers/sigstore/verify-bundle';
import type { Trust } from '../../../src/readers/signature/trust';
import { identityMaterial } from '../../../src/readers/trust/identity';
import { keysInText, type CertificateUse } from '../../../src/readers/trust/keys-in-text';
import { stateAt, type KeyMaterial, type RegisteredKey } from '../../../src/readers/trust/registered';
import { trustAt } from '../../../src/readers/trust/trust-at';
import { corpusFolder } from '../../vectors/corpus';
import { publicGoodRoot } from '../../vectors/sigstore-public-good';
import { AUTHORITIES } from './authorities';
import fixture from './signed-commits.json';

const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const PEM = p256.publicKey.export({ type: 'spki', format: 'pem' }).toString();
/** The commits of the fixture claim 2026-03-02 09:05 UTC. */
const RECEIVED = new Date('2026-03-10T12:00:00.000Z');
const BEFORE_SIGNING = '2026-03-02T09:00:00.000Z';
const AFTER_SIGNING = '2026-03-03T00:00:00.000Z';
const AFTER_RECEIPT = '2026-03-11T00:00:00.000Z';

type Limits = Partial<Pick<RegisteredKey, 'from' | 'until' | 'revoked' | 'namespaces' | 'id'>>;

function keyOf(text: string, limits: Limits = {}, use: CertificateUse = 'signing'): RegisteredKey {
  const [found] = keysInText(text, use).keys;
  if (found === undefined) throw new Error('no key');
  return registered(found, limits);
}

function registered(
  material: KeyMaterial & { readonly principals?: readonly string[] },
  limits: Limits,
): RegisteredKey {
  const { kind, fingerprint, algorithm, namespaces } = material;
  return {
    id: 'key-7',
    kind,
    material: material.material,
    fingerprint,
    algorithm,
    namespaces,
    label: 'Ivy’s laptop',
    whose: { kind: 'account', accountId: 'ivy', name: 'Ivy' },
    principals: ['ivy@example.test'],
    from: null,
    until: null,
    registeredAt: '2026-01-01T00:00:00.000Z',
    revoked: null,
    ...limits,
  };
}

const revokedFrom = (from: string): Limits => ({ revoked: { from, at: from } });
const trust = (...keys: readonly RegisteredKey[]): Trust => trustAt({ keys }, RECEIVED);

function commitState(name: keyof typeof fixture.commits, given: Trust): readonly unknown[] {
  const commit = commitObject(Buffer.from(fixture.commits[name].object));
  if (commit === undefined) throw new Error('no commit');
  const { state, by, checked, notChecked } = verifyCommit(commit, given);
  return [state, by, checked.includes('registered-key'), notChecked.includes('registered-key')];
}

const VERIFIED = ['verified', 'key-7', true, false];
const NOT_GOOD_THEN = ['invalid', null, true, false];
const UNKNOWN = ['signed-signer-unknown', null, false, true];

/** A commit says when it was signed, so its key is held to its time by that, and to a revocation by the time of receipt. */
const OF_COMMITS: readonly [string, Limits, readonly unknown[]][] = [
  ['a key without limits', {}, VERIFIED],
  ['one that began before and ended after', { from: BEFORE_SIGNING, until: AFTER_SIGNING }, VERIFIED],
  ['one that began later than the commit says', { from: AFTER_SIGNING }, NOT_GOOD_THEN],
  ['one that ended before the commit says', { until: BEFORE_SIGNING }, NOT_GOOD_THEN],
  [
    'one that was revoked before it came in, though after the time that it claims',
    revokedFrom(AFTER_SIGNING),
    NOT_GOOD_THEN,
  ],
  ['one that was revoked after it came in', revokedFrom(AFTER_RECEIPT), VERIFIED],
  ['one that is revoked from the very moment it came in', revokedFrom(RECEIVED.toISOString()), NOT_GOOD_THEN],
];

describe.each([
  ['ssh-ed25519', 'ssh-ed25519'],
  ['pgp-rsa', 'rsa'],
  ['pgp-sub', 'sub'],
] as const)('a commit signed as %s', (commit, name) => {
  const text = fixture.keys[name];

  it.each(OF_COMMITS)('%s', (_, limits, expected) => {
    expect(commitState(commit, trust(keyOf(text, limits)))).toEqual(expected);
  });

  it('no key, or another, says nothing; registered again after a revocation it counts by the new registration', () => {
    expect(commitState(commit, trust())).toEqual(UNKNOWN);
    expect(commitState(commit, trust(keyOf(PEM)))).toEqual(UNKNOWN);
    const [old, again] = [keyOf(text, { id: 'key-1', ...revokedFrom(BEFORE_SIGNING) }), keyOf(text)];
    for (const keys of [
      [old, again],
      [again, old],
    ])
      expect(commitState(commit, trust(...keys))).toEqual(VERIFIED);
  });
});

it('an SSH key counts in its namespaces alone, and a revoked one in none, whatever time is claimed', () => {
  const text = fixture.keys['ssh-ed25519'];
  expect(commitState('ssh-ed25519', trust(keyOf(text, { namespaces: ['file'] })))).toEqual(NOT_GOOD_THEN);
  expect(commitState('ssh-ed25519', trust(keyOf(text, { namespaces: ['file', 'g*'] })))).toEqual(VERIFIED);
  const { allowedSigners } = trust(keyOf(text, revokedFrom(BEFORE_SIGNING)));
  expect(allowedSigners).toMatch(/^key-7 namespaces="" ssh-ed25519 \S+\n$/);
  expect(allowedSigners + JSON.stringify(trust(keyOf(text)))).not.toMatch(/ivy/i);
});

/** An envelope does not say when it was signed: what counts is when it came in. */
const OF_ENVELOPES: readonly [string, Limits, string, string | null][] = [
  ['a key without limits', {}, 'verified', 'key-7'],
  ['one that ended before it came in', { until: AFTER_SIGNING }, 'invalid', null],
  ['one that begins after it came in', { from: AFTER_RECEIPT }, 'invalid', null],
  ['one that was revoked before it came in', revokedFrom(AFTER_SIGNING), 'invalid', null],
  ['one that was revoked after it came in', revokedFrom(AFTER_RECEIPT), 'verified', 'key-7'],
];

it.each(OF_ENVELOPES)('an attestation: %s', (_, limits, state, by) => {
  const payload = Buffer.from('{}');
  const signed = preAuthenticationEncoding('text/plain', payload);
  const envelope = dsseEnvelope({
    payload: payload.toString('base64'),
    payloadType: 'text/plain',
    signatures: [{ sig: sign('sha256', signed, p256.privateKey).toString('base64') }],
  });
  if (envelope === undefined) throw new Error('no envelope');
  expect(verifyEnvelope(envelope, trust(keyOf(PEM, limits)))).toMatchObject({ state, by });
  const again = trust(keyOf(PEM, { id: 'key-1', ...limits }), keyOf(PEM, { id: 'key-9' }));
  expect(verifyEnvelope(envelope, again)).toMatchObject({ state: 'verified' });
});

it('roots and authorities are joined to one, as long as they are good', () => {
  const end = { until: AFTER_SIGNING };
  const both = [
    keyOf(AUTHORITIES.root, {}),
    keyOf(AUTHORITIES.other, end),
    keyOf(AUTHORITIES.stamping + AUTHORITIES.root, {}, 'time-stamps'),
  ];
  const root = sigstoreRoot(trust(...both).sigstoreRoot);
  expect([root.authorities.length, root.stampers.length, root.logs.length]).toEqual([1, 1, 0]);
  expect(root.stampers[0]?.chain.map(({ subject }) => subject)).toEqual([
    'O=Acme\nCN=Acme stamps',
    'O=Acme\nCN=Acme root',
  ]);
  expect(trust(keyOf(AUTHORITIES.other, end)).sigstoreRoot).toBeUndefined();
});

const folder = corpusFolder('dsse-intoto');
const path = join(folder ?? '', 'sigstore-js', 'bundleV02-dsse.sigstore');
(folder !== undefined && existsSync(path) ? it : it.skip)(
  'a bundle is verified by a root and an identity that were registered, and by neither alone',
  () => {
    const bundle = bundleOf(JSON.parse(readFileSync(path, 'utf8')));
    if (typeof bundle === 'string') throw new Error(bundle);
    const root = keyOf(JSON.stringify(publicGoodRoot(folder ?? '')));
    const { claimed } = verifyBundle(bundle, trust());
    const identity = registered(identityMaterial(claimed?.issuer ?? '', claimed?.subject ?? ''), {});
    const state = (...keys: readonly RegisteredKey[]) => verifyBundle(bundle, trust(...keys)).state;
    expect(state(root, identity)).toBe('verified');
    expect([state(root), state(identity), state()]).toEqual(Array(3).fill('signed-signer-unknown'));
    const gone = { ...identity, ...revokedFrom(AFTER_SIGNING) };
    expect(state(root, gone)).toBe('signed-signer-unknown');
  },
);

it.each([
  [{ from: null, until: null, revoked: null }, 'in-force'],
  [{ from: AFTER_RECEIPT, until: null, revoked: null }, 'not-yet'],
  [{ from: RECEIVED.toISOString(), until: null, revoked: null }, 'in-force'],
  [{ from: null, until: RECEIVED.toISOString(), revoked: null }, 'ended'],
  [{ from: null, until: AFTER_SIGNING, revoked: { from: BEFORE_SIGNING, at: BEFORE_SIGNING } }, 'revoked'],
  [{ from: null, until: null, revoked: { from: AFTER_RECEIPT, at: BEFORE_SIGNING } }, 'in-force'],
] as const)('%j is %s', (limits, state) => {
  expect(stateAt(limits, RECEIVED)).toBe(state);
});
