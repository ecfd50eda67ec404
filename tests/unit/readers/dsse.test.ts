import { constants, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { attestation, MAX_CHECKED } from '../../../src/readers/dsse/dsse';
import { readersTrusting, readFile } from '../../../src/readers/readers';
import { algorithmThatHolds } from '../../../src/readers/signature/public-key';
import { NO_TRUST } from '../../../src/readers/signature/trust';
import { handedIn } from './file';
import { dsseEnvelope, preAuthenticationEncoding, verifyEnvelope } from '../../../src/readers/dsse/envelope';

const TYPE = 'application/vnd.in-toto+json';
const PAYLOAD = Buffer.from('{"_type":"https://in-toto.io/Statement/v1","näme":1}');
const ec = (namedCurve: string) => generateKeyPairSync('ec', { namedCurve });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const short = generateKeyPairSync('rsa', { modulusLength: 1024 });
const p256 = ec('P-256');
const other = ec('P-256');

type Signer = (data: Buffer) => Buffer;
const pss =
  (key: KeyObject): Signer =>
  (data) =>
    sign('sha256', data, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 });
const p384 = ec('P-384');
const ed = generateKeyPairSync('ed25519');
const brainpool = ec('brainpoolP256r1');

const CASES: readonly (readonly [string, KeyObject, Signer])[] = [
  ['ecdsa-p256-sha256', p256.publicKey, (data) => sign('sha256', data, p256.privateKey)],
  [
    'ecdsa-p256-sha256',
    p256.publicKey,
    (data) => sign('sha256', data, { key: p256.privateKey, dsaEncoding: 'ieee-p1363' }),
  ],
  ['ecdsa-p384-sha384', p384.publicKey, (data) => sign('sha384', data, p384.privateKey)],
  ['ed25519', ed.publicKey, (data) => sign(null, data, ed.privateKey)],
  ['rsa-pss-sha256', rsa.publicKey, pss(rsa.privateKey)],
  ['rsa-pkcs1-sha256', rsa.publicKey, (data) => sign('sha256', data, rsa.privateKey)],
];
const NOT_ACCEPTED: typeof CASES = [
  ['RSA of 1,024 bits', short.publicKey, pss(short.privateKey)],
  ['RSA with SHA-1', rsa.publicKey, (data) => sign('sha1', data, rsa.privateKey)],
  ['a curve that is not NIST’s', brainpool.publicKey, (data) => sign('sha256', data, brainpool.privateKey)],
  ['ECDSA with SHA-1', p256.publicKey, (data) => sign('sha1', data, p256.privateKey)],
];

const pem = (key: KeyObject): string => key.export({ type: 'spki', format: 'pem' }).toString();
const registered = (...keys: readonly KeyObject[]) => ({
  keys: keys.map((key, i) => ({ name: `key ${i}`, pem: pem(key) })),
});

function envelope(
  signatures: readonly { sig: Buffer; keyid?: string }[],
  changed: { type?: string; payload?: Buffer } = {},
) {
  const read = dsseEnvelope({
    payload: (changed.payload ?? PAYLOAD).toString('base64'),
    payloadType: changed.type ?? TYPE,
    signatures: signatures.map(({ sig, keyid }) => ({ sig: sig.toString('base64'), keyid })),
  });
  if (read === undefined) throw new Error('not read');
  return read;
}

const SIGNED = preAuthenticationEncoding(TYPE, PAYLOAD);
const flipped = (bytes: Buffer, i: number): Buffer => {
  const copy = Buffer.from(bytes);
  copy[i] = (copy[i] ?? 0) ^ 1;
  return copy;
};

it('the pre-authentication encoding counts bytes', () => {
  expect(preAuthenticationEncoding('http://example.com/HelloWorld', Buffer.from('hello world')).toString()).toBe(
    'DSSEv1 29 http://example.com/HelloWorld 11 hello world',
  );
  expect(preAuthenticationEncoding('ü', Buffer.from('é')).toString()).toBe('DSSEv1 2 ü 2 é');
});

describe.each(CASES)('%s', (algorithm, key, signer) => {
  const sig = signer(SIGNED);

  it('is verified by the registered key, which need not be named', () => {
    const { state, by, ...rest } = verifyEnvelope(envelope([{ sig }]), registered(other.publicKey, key));
    expect([state, by, rest.algorithm]).toEqual(['verified', 'key 1', algorithm]);
    expect(rest.checked).toEqual(['signature', 'registered-key']);
  });

  it('is never verified by another key, or with a byte of anything changed', () => {
    expect(verifyEnvelope(envelope([{ sig }]), registered(other.publicKey)).state).toBe('signed-signer-unknown');
    expect(verifyEnvelope(envelope([{ sig }]), registered()).state).toBe('signed-signer-unknown');
    const states = [
      ...Array.from(PAYLOAD, (_, i) => envelope([{ sig }], { payload: flipped(PAYLOAD, i) })),
      ...Array.from(sig, (_, i) => envelope([{ sig: flipped(sig, i) }])),
      envelope([{ sig: sig.subarray(0, -1) }]),
      envelope([{ sig: Buffer.concat([sig, Buffer.from([0])]) }]),
      envelope([{ sig }], { type: 'application/json' }),
      envelope([{ sig }], { payload: PAYLOAD.subarray(0, -1) }),
      // The boundary between type and payload moved: the same bytes behind the lengths.
      envelope([{ sig }], { type: `${TYPE} `, payload: PAYLOAD }),
    ].map((one) => verifyEnvelope(one, registered(key)).state);
    expect(states.filter((state) => state !== 'signed-signer-unknown')).toEqual([]);
  });

  it('is invalid when it names a registered key and does not hold', () => {
    const bad = envelope([{ sig: flipped(sig, sig.length - 1), keyid: 'key 0' }]);
    expect(verifyEnvelope(bad, registered(key)).state).toBe('invalid');
  });
});

it.each(NOT_ACCEPTED)('%s verifies nothing', (_, key, signer) => {
  expect(verifyEnvelope(envelope([{ sig: signer(SIGNED) }]), registered(key)).state).toBe('signed-signer-unknown');
});

describe('several signatures', () => {
  const [a, b] = [sign('sha256', SIGNED, p256.privateKey), sign(null, SIGNED, ed.privateKey)];

  it('names all whose key held, and says that others were not checked', () => {
    expect(verifyEnvelope(envelope([{ sig: a }, { sig: b }]), registered(p256.publicKey, ed.publicKey))).toMatchObject({
      state: 'verified',
      by: 'key 0, key 1',
      notChecked: ['key-revocation'],
    });
    expect(verifyEnvelope(envelope([{ sig: a }, { sig: b }]), registered(ed.publicKey))).toMatchObject({
      state: 'verified',
      by: 'key 0',
      notChecked: ['other-signatures', 'key-revocation'],
    });
  });
});

describe('what is no envelope', () => {
  const good = { payload: 'e30=', payloadType: TYPE, signatures: [{ sig: 'AAAA' }] };
  it.each([
    ['no payload', { ...good, payload: undefined }],
    ['a payload that is no base64', { ...good, payload: 'e30=!' }],
    ['a payload with blanks in it', { ...good, payload: 'e3 0=' }],
    ['no type', { ...good, payloadType: 7 }],
    ['no signature', { ...good, signatures: [] }],
    ['a signature that is no base64', { ...good, signatures: [{ sig: 'AAAA' }, { sig: '?' }] }],
    ['too many signatures', { ...good, signatures: Array.from({ length: 33 }, () => ({ sig: 'AAAA' })) }],
    ['a list', [good]],
  ])('%s', (_, value) => {
    expect(dsseEnvelope(value)).toBeUndefined();
  });

  it('reads the base64 of URLs as well', () => {
    expect(dsseEnvelope({ ...good, payload: '-_8' })?.payload).toEqual(Buffer.from([0xfb, 0xff]));
  });
});

describe('what a payload was signed as', () => {
  const statement = Buffer.from(
    JSON.stringify({
      _type: 'https://in-toto.io/Statement/v1',
      subject: [{ name: 'app', digest: { sha256: 'a'.repeat(64) } }],
      predicateType: 'https://slsa.dev/provenance/v1',
      predicate: {},
    }),
  );
  const read = (type: string) => {
    const sig = sign('sha256', preAuthenticationEncoding(type, statement), p256.privateKey);
    const signed = envelope([{ sig }], { type, payload: statement });
    return attestation(signed, verifyEnvelope(signed, registered(p256.publicKey)));
  };

  it.each(['application/vnd.in-toto+json', 'application/vnd.in-toto.provenance+json'])('%s is a statement', (type) => {
    expect(read(type)).toMatchObject({ state: 'verified', touches: ['app', `sha256:${'a'.repeat(64)}`] });
  });

  it.each(['text/plain', 'application/json', 'application/vnd.in-toto+jsonx', 'x-application/vnd.in-toto+json'])(
    '%s is none, whatever it looks like: nothing of it is attested',
    (type) => {
      const { state, title, touches, attributes } = read(type);
      expect([state, title, touches]).toEqual(['verified', `Signed ${type}`, []]);
      expect(attributes['subjectDigest']).toBeUndefined();
    },
  );
});

describe('a file that is made to take long', () => {
  const one = (signatures: number) => ({
    payloadType: TYPE,
    payload: 'e30=',
    signatures: Array.from({ length: signatures }, () => ({ sig: 'AAAA' })),
  });
  const read = (envelopes: readonly object[]) => {
    const text = envelopes.map((envelope) => JSON.stringify(envelope)).join('\n');
    const answer = readFile(
      handedIn(text),
      readersTrusting({ ...NO_TRUST, ...registered(rsa.publicKey, p256.publicKey) }),
    );
    if (answer.outcome !== 'read') throw new Error(answer.reason);
    return answer;
  };

  it('is checked up to a number of signatures, and says what was not', () => {
    const many = Math.floor(MAX_CHECKED / 32);
    expect(read(Array.from({ length: many }, () => one(32)))).toMatchObject({ complete: true, findings: [] });
    const { statements, complete, findings } = read(Array.from({ length: many + 10 }, () => one(32)));
    expect([statements.length, complete, findings.map(({ code }) => code)]).toEqual([many, false, ['not-read-whole']]);
  });

  it('is tried with no key whose signatures have another length', () => {
    for (const [key, lengths] of [
      [rsa.publicKey, [255, 257]],
      [p256.publicKey, [7, 74]],
      [ed.publicKey, [63, 65]],
    ] as const)
      for (const length of lengths) expect(algorithmThatHolds(key, SIGNED, Buffer.alloc(length, 1))).toBeUndefined();
  });
});
