import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { signingKeys } from '../../../src/readers/signature/openpgp/certificate';
import { keysInText, type KeyInText } from '../../../src/readers/trust/keys-in-text';
import { KEY_PROBLEMS, sayProblem } from '../../../src/readers/trust/problems';
import type { RegisteredKey } from '../../../src/readers/trust/registered';
import { storedDocument } from '../../../src/readers/trust/schema';
import { AUTHORITIES } from './authorities';
import fixture from './signed-commits.json';

const { keys: KEYS } = fixture;
const ED = KEYS['ssh-ed25519'].trim();
const RSA = KEYS['ssh-rsa'].trim();
const EC = KEYS['ssh-ecdsa256'].trim();

type PemKind = Parameters<typeof generateKeyPairSync>;
const pem = (...[type, options]: readonly [string, object]): string => {
  const { publicKey } = generateKeyPairSync(type as PemKind[0] as 'ec', options as never);
  return (publicKey as unknown as { export(form: object): string }).export({ type: 'spki', format: 'pem' });
};
const P256 = pem('ec', { namedCurve: 'P-256' });
const ED_PEM = pem('ed25519', {});
const RSA_PEM = pem('rsa', { modulusLength: 2048 });

const ROOT = JSON.stringify({
  mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
  tlogs: [
    {
      baseUrl: 'https://rekor.example.test',
      publicKey: {
        rawBytes: P256.replace(/-----.*-----|\n/g, ''),
        validFor: { start: '2021-01-12T11:53:27Z' },
      },
      logId: { keyId: 'wNI9atQGlz+VWfO6LRygH4QUfY/8W4RFwiT5i5WRgB0=' },
    },
  ],
  certificateAuthorities: [
    {
      uri: 'https://fulcio.example.test',
      certChain: { certificates: [{ rawBytes: AUTHORITIES.root.replace(/-----.*-----|\n/g, '') }] },
      validFor: { start: '2022-04-13T20:06:15Z' },
    },
  ],
});

/** Each text with what is found in it: kind, algorithm, place, name, namespaces, from, until. */
const VALID: readonly [string, string, 'signing' | 'time-stamps', readonly (readonly unknown[])[]][] = [
  [
    'one SSH key',
    `${ED} ivy@example.test\n`,
    'signing',
    [['ssh', 'ed25519', 'line 1', 'ivy@example.test', null, null, null]],
  ],
  [
    'SSH keys of three kinds between comments, with Windows line ends',
    `# team\r\n${EC}\r\n\r\n${RSA} build\r\n  # end\r\n`,
    'signing',
    [
      ['ssh', 'ecdsa-p256', 'line 2', '', null, null, null],
      ['ssh', 'rsa-2048', 'line 4', 'build', null, null, null],
    ],
  ],
  [
    'lines of allowed_signers, with everything that ssh-keygen(1) lets one say',
    [
      `ivy@example.test,*@acme.test namespaces="git,file" ${ED} laptop`,
      `"olga@example.test" valid-after="20260101",valid-before="202607010900Z" ${EC}`,
      `rosa@example.test NAMESPACES="git" ${RSA}`,
    ].join('\n'),
    'signing',
    [
      ['ssh', 'ed25519', 'line 1', 'laptop', ['git', 'file'], null, null],
      [
        'ssh',
        'ecdsa-p256',
        'line 2',
        'olga@example.test',
        null,
        '2026-01-01T00:00:00.000Z',
        '2026-07-01T09:00:00.000Z',
      ],
      ['ssh', 'rsa-2048', 'line 3', 'rosa@example.test', ['git'], null, null],
    ],
  ],
  ['an OpenPGP key', KEYS.ed, 'signing', [['openpgp', 'ed25519', 'block 1', 'Ed <ed@example.com>', null, null, null]]],
  [
    'two blocks, one with a subkey for signing',
    `${KEYS.rsa}\n${KEYS.sub}`,
    'signing',
    [
      ['openpgp', 'rsa-2048', 'block 1', expect.any(String), null, null, null],
      ['openpgp', 'rsa-2048', 'block 2', expect.any(String), null, null, null],
    ],
  ],
  [
    'PEM keys for attestations',
    `${P256}${ED_PEM}some words\n${RSA_PEM}`,
    'signing',
    [
      ['public-key', 'ecdsa-p256', 'block 1', '', null, null, null],
      ['public-key', 'ed25519', 'block 2', '', null, null, null],
      ['public-key', 'rsa-2048', 'block 3', '', null, null, null],
    ],
  ],
  [
    'an authority with its root, in whichever order',
    AUTHORITIES.root + AUTHORITIES.intermediate,
    'signing',
    [['signing-authority', 'ecdsa-p256', 'block 1', 'Acme root', null, null, null]],
  ],
  [
    'an authority of time stamps, the one that stamps in front',
    AUTHORITIES.stamping + AUTHORITIES.root,
    'time-stamps',
    [['stamping-authority', 'ecdsa-p256', 'block 1', 'Acme root', null, null, null]],
  ],
  [
    'a sigstore trusted root',
    ROOT,
    'signing',
    [
      [
        'sigstore-root',
        '1 of certificates, 1 transparency logs',
        'the file',
        'https://fulcio.example.test',
        null,
        null,
        null,
      ],
    ],
  ],
];

describe('keys in a text', () => {
  it.each(VALID)('%s', (_, text, use, expected) => {
    const { keys, problems } = keysInText(text, use);
    expect(problems).toEqual([]);
    expect(keys.map((k) => [k.kind, k.algorithm, k.place, k.called, k.namespaces, k.from, k.until])).toEqual(expected);
  });

  it('fingerprints are those of ssh-keygen and gpg, and the material is without comment and others’ words', () => {
    const [ssh] = keysInText(`${ED} ivy@example.test`).keys;
    // ssh-keygen -lf
    expect(ssh?.fingerprint).toBe('SHA256:D/JXkayeMtSSajKOUFPRx4fduZOx/kwm800Q2nNtT6M');
    expect(ssh?.material).toBe(ED.split(' ').slice(0, 2).join(' '));
    const [pgp] = keysInText(KEYS.sub).keys;
    expect(pgp?.fingerprint).toMatch(/^[0-9A-F]{40}$/);
    expect(signingKeys(pgp?.material ?? '').map(({ key }) => key.fingerprint)).toEqual(
      signingKeys(KEYS.sub).map(({ key }) => key.fingerprint),
    );
  });

  it('the same key has one fingerprint, whatever stands around it', () => {
    const prints = [ED, `${ED} other`, `a@example.test ${ED}`, `"b@x.test" namespaces="git" ${ED}`].map(
      (text) => keysInText(text).keys[0]?.fingerprint,
    );
    expect(new Set(prints).size).toBe(1);
    expect(keysInText(P256.replaceAll('\n', '\r\n')).keys[0]?.fingerprint).toBe(keysInText(P256).keys[0]?.fingerprint);
  });
});

const weak = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({ type: 'spki', format: 'pem' });
const REFUSED: readonly [string, string, readonly (readonly [keyof typeof KEY_PROBLEMS, string | null])[]][] = [
  ['nothing', ' \n ', [['empty', null]]],
  ['comments alone', '# nobody yet\n', [['not-a-key', null]]],
  ['bytes', `\u0099\u0001\0\uFFFD`, [['not-text', null]]],
  ['more than can be read', `${ED}\n`.repeat(3000), [['too-large', null]]],
  ['prose', 'my key is on the server', [['not-a-signer', 'line 1']]],
  [
    'a private OpenSSH key',
    `-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl\n-----END OPENSSH PRIVATE KEY-----`,
    [['private-key', null]],
  ],
  [
    'a private PEM key beside a public one',
    `${P256}-----BEGIN EC PRIVATE KEY-----\nMHc\n-----END EC PRIVATE KEY-----`,
    [['private-key', null]],
  ],
  [
    'a private OpenPGP key',
    '-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nlFgE\n-----END PGP PRIVATE KEY BLOCK-----',
    [['private-key', null]],
  ],
  ['an SSH key that is cut off', ED.slice(0, -9), [['damaged', 'line 1']]],
  ['an SSH key with a letter that is none', `${ED.slice(0, -4)}!!!!`, [['damaged', 'line 1']]],
  ['an SSH key under the name of another type', ED.replace('ssh-ed25519', 'ssh-rsa'), [['type-differs', 'line 1']]],
  ['a DSA key', `ssh-dss ${wire('ssh-dss', 20, 20, 20, 20)}`, [['not-approved', 'line 1']]],
  ['an RSA key of 1,024 bits', `ssh-rsa ${wire('ssh-rsa', 3, 129)}`, [['not-approved', 'line 1']]],
  [
    'a certificate of SSH',
    'ssh-ed25519-cert-v01@openssh.com AAAAIHNzaC1lZDI1NTE5LWNlcnQtdjAxQG9wZW5zc2guY29t',
    [['ssh-certificate', 'line 1']],
  ],
  ['an authority of SSH', `*@x.test cert-authority ${ED}`, [['certificate-authority', 'line 1']]],
  ['an option that is none', `a@x.test no-touch-required ${ED}`, [['option', 'line 1']]],
  ['an option twice', `a@x.test namespaces="git",namespaces="file" ${ED}`, [['option', 'line 1']]],
  ['a namespace that is none', `a@x.test namespaces="" ${ED}`, [['option', 'line 1']]],
  ['more namespaces than anybody has', `a@x.test namespaces="${'n,'.repeat(20)}n" ${ED}`, [['option', 'line 1']]],
  ['a time that is none', `a@x.test valid-after="2026-01-01" ${ED}`, [['time', 'line 1']]],
  ['a time of month 13', `a@x.test valid-after="20261301" ${ED}`, [['time', 'line 1']]],
  [
    'an end before the start',
    `a@x.test valid-after="20260301",valid-before="20260201" ${ED}`,
    [['ends-before-start', 'line 1']],
  ],
  ['options of authorized_keys', `command="ls" ${ED}`, [['not-a-signer', 'line 1']]],
  ['the same key twice', `${EC}\na@x.test ${ED}\n${ED}`, [['there-twice', 'line 3']]],
  ['one bad line among good ones', `${ED}\nnonsense\n${EC}`, [['not-a-signer', 'line 2']]],
  [
    'the form of RFC 4716',
    '---- BEGIN SSH2 PUBLIC KEY ----\nAAAA\n---- END SSH2 PUBLIC KEY ----',
    [['ssh2-form', null]],
  ],
  ['an OpenPGP block that is cut off', KEYS.ed.slice(0, 200), [['damaged', 'block 1']]],
  ['an OpenPGP block with one letter changed', KEYS.ed.replace('mDMEaaOB', 'mDMFaaOB'), [['damaged', 'block 1']]],
  [
    'an OpenPGP signature',
    '-----BEGIN PGP SIGNATURE-----\n\niHUE\n-----END PGP SIGNATURE-----',
    [['not-a-key', 'block 1']],
  ],
  ['an OpenPGP key that was withdrawn', KEYS['gone-revoked'], [['withdrawn', 'block 1']]],
  ['a PEM key that is cut off', P256.slice(0, 90), [['damaged', 'block 1']]],
  ['a short RSA key', String(weak), [['not-approved', 'block 1']]],
  ['a key on another curve', pem('ec', { namedCurve: 'secp256k1' }), [['not-approved', 'block 1']]],
  ['a certificate request', P256.replaceAll('PUBLIC KEY', 'CERTIFICATE REQUEST'), [['pem-type', 'block 1']]],
  ['a certificate that is none', P256.replaceAll('PUBLIC KEY', 'CERTIFICATE'), [['damaged', 'block 1']]],
  ['a certificate whose key has no algorithm', noAlgorithm(AUTHORITIES.root), [['damaged', 'block 1']]],
  [
    'a root with such a certificate',
    noAlgorithm(ROOT.replace(/"tlogs":.*?\],"cert/, '"cert')),
    [['root-part', 'certificateAuthorities 1']],
  ],
  ['a certificate of somebody who signs', AUTHORITIES.leaf, [['not-an-authority', 'block 1']]],
  [
    'two roots that have nothing to do with one another',
    AUTHORITIES.root + AUTHORITIES.other,
    [['not-a-chain', 'block 1']],
  ],
  ['JSON that is cut off', ROOT.slice(0, -2), [['not-json', null]]],
  [
    'JSON of something else',
    '{"mediaType":"application/vnd.dev.sigstore.bundle+json;version=0.3"}',
    [['not-a-root', null]],
  ],
  ['a root without anything in it', '{"tlogs":[]}', [['not-a-root', null]]],
  [
    'a root with a log whose time is missing',
    ROOT.replace('"validFor":{"start":"2021-01-12T11:53:27Z"}', '"validFor":{}'),
    [['root-part', 'tlogs 1']],
  ],
  [
    'a root with a certificate that is none',
    ROOT.replace('"rawBytes":"MIIB', '"rawBytes":"AAAA'),
    [['root-part', 'certificateAuthorities 1']],
  ],
];

describe('what is not registered', () => {
  it.each(REFUSED)('%s', (_, text, expected) => {
    const { problems } = keysInText(text);
    expect(problems.map(({ code, place }) => [code, place])).toEqual(expected);
    for (const problem of problems) expect(sayProblem(problem)).toMatch(/^[A-Z].*\.$/s);
  });

  it('every problem there is has a text that ends in it', () => {
    const met = new Set(REFUSED.flatMap(([, , problems]) => problems.map(([code]) => code)));
    const others = ['too-many', 'line-too-long', 'version-unknown', 'no-signing-key'];
    expect([...met, ...others].toSorted()).toEqual(Object.keys(KEY_PROBLEMS).toSorted());
    expect(keysInText(`a@x.test ${'x'.repeat(20_001)}`).problems).toEqual([{ code: 'line-too-long', place: 'line 1' }]);
    expect(keysInText(`${EC}\n`.repeat(201)).problems).toEqual([{ code: 'too-many', place: null }]);
    const armor = (bytes: readonly number[]) =>
      `-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n${Buffer.from(bytes).toString('base64')}\n-----END PGP PUBLIC KEY BLOCK-----\n`;
    expect(keysInText(armor([0xc6, 6, 6, 0, 0, 0, 0, 27])).problems).toEqual([
      { code: 'version-unknown', place: 'block 1' },
    ]);
    expect(keysInText(armor([0xc6, 6, 4, 0, 0, 0, 0, 27])).problems).toEqual([
      { code: 'no-signing-key', place: 'block 1' },
    ]);
  });

  it('a certificate of somebody is no authority of time stamps either, alone', () => {
    expect(keysInText(AUTHORITIES.leaf, 'time-stamps').problems).toEqual([
      { code: 'not-an-authority', place: 'block 1' },
    ]);
  });
});

it('any text, and any text with something changed, cut out or put in, ends in keys or in a problem', () => {
  const texts = VALID.map(([, text]) => text);
  const mutated = fc
    .tuple(fc.constantFrom(...texts), fc.nat(), fc.nat(40), fc.string({ maxLength: 8 }))
    .map(([text, at, length, put]) => text.slice(0, at % text.length) + put + text.slice((at % text.length) + length));
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'binary' }), mutated),
      fc.constantFrom('signing', 'time-stamps'),
      (text, use) => {
        const { keys, problems } = keysInText(text, use);
        expect(keys.length + problems.length).toBeGreaterThan(0);
        if (problems.length === 0) for (const key of keys) expect(isStorable(key)).toBe(true);
      },
    ),
    { numRuns: 300, seed: 845609051 },
  );
});

/** Whatever is found without a problem can be kept: what could not be read again would take every other key with it. */
function isStorable(found: KeyInText): boolean {
  const { kind, material, fingerprint, algorithm, namespaces, principals, from, until } = found;
  const key: RegisteredKey = {
    ...{ kind, material, fingerprint, algorithm, namespaces, principals, from, until },
    id: 'key-1',
    label: 'x',
    whose: { kind: 'organisation', name: 'y' },
    registeredAt: '2026-01-01T00:00:00.000Z',
    revoked: null,
  };
  return storedDocument({ version: 'trust-1', keys: [{ salt: '0'.repeat(64), key }], salt: '' }) !== undefined;
}

/** OpenSSL takes such a certificate, and throws when its key is asked for. */
function noAlgorithm(text: string): string {
  return text.replace('MFkwEwYHKoZIzj0C', 'MFkwEwYH/oZIzj0C');
}

/** A key in SSH's encoding, with parts of these lengths. */
function wire(type: string, ...lengths: readonly number[]): string {
  const part = (bytes: Buffer): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return Buffer.concat([length, bytes]);
  };
  const body = lengths.map((length) => part(Buffer.alloc(length, 1)));
  return Buffer.concat([part(Buffer.from(type)), ...body]).toString('base64');
}
