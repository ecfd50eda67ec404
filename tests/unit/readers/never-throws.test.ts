import fc from 'fast-check';
import { commitObject } from '../../../src/readers/git-commit/object';
import { readFile, readersTrusting } from '../../../src/readers/readers';
import { signingKeys } from '../../../src/readers/signature/openpgp/certificate';
import { packets } from '../../../src/readers/signature/openpgp/packets';
import { verifyOpenPgp } from '../../../src/readers/signature/openpgp/verify';
import { verifySshsig } from '../../../src/readers/signature/sshsig';
import { derElements } from '../../../src/readers/signature/der';
import { sshKey } from '../../../src/readers/signature/ssh-key';
import { stampedAt } from '../../../src/readers/sigstore/timestamp';
import { handedIn } from './file';
import fixture from './signed-commits.json';

const armor = (label: string, bytes: Uint8Array): string =>
  `-----BEGIN ${label}-----\n\n${Buffer.from(bytes).toString('base64')}\n-----END ${label}-----\n`;
const bytes = fc.uint8Array({ maxLength: 300 });

/** Beginnings that make a reader take the rest for its own. */
const STARTS = [
  '',
  'tree 0000000000000000000000000000000000000000\nauthor ',
  '<testsuites><testsuite><testcase name="',
  'Change ID,Summary,Status\n"',
  '{"payloadType":"x","payload":"e30=","signatures":[{"sig":"',
  '{"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json","verificationMaterial":',
  '{"result":{"number":"CHG0001","short_description":',
  '{"spdxVersion":"SPDX-2.3",',
];

it('no file makes a reader throw', () => {
  fc.assert(
    fc.property(fc.constantFrom(...STARTS), bytes, (start, rest) => {
      readFile(handedIn(Buffer.concat([Buffer.from(start), rest])));
    }),
    { numRuns: 400 },
  );
});

const SHAPES: readonly Readonly<Record<string, unknown>>[] = [
  { mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json', verificationMaterial: null, dsseEnvelope: null },
  { payloadType: 'x', payload: 'e30=', signatures: [] },
  { _type: 'https://in-toto.io/Statement/v1', subject: [], predicateType: 'x', predicate: null },
  { bomFormat: 'CycloneDX', specVersion: '1.6', components: [], metadata: null, vulnerabilities: [] },
  {
    spdxVersion: 'SPDX-2.3',
    SPDXID: 'SPDXRef-DOCUMENT',
    name: 'x',
    packages: [],
    creationInfo: null,
    relationships: [],
  },
  { version: '2.1.0', runs: [] },
  { '@context': 'https://openvex.dev/ns/v0.2.0', author: 'x', statements: [] },
  { document: { csaf_version: '2.0', title: 'x', category: 'x', tracking: { id: 'x' } }, vulnerabilities: [] },
  { change: { id: 1, subject: 'x', planned_start_date: null, assets: [] } },
  { result: { number: 'CHG0001', short_description: 'x' } },
];

it('no JSON in the place of a member makes a reader throw', () => {
  fc.assert(
    fc.property(fc.constantFrom(...SHAPES), fc.jsonValue({ maxDepth: 4 }), fc.nat(), (shape, value, which) => {
      const names = Object.keys(shape);
      const name = names[which % names.length] ?? '';
      readFile(handedIn(JSON.stringify({ ...shape, [name]: value })));
      readFile(handedIn(JSON.stringify({ ...shape, [name]: [value, { [name]: value }] })));
    }),
    { numRuns: 400 },
  );
});

it('no bytes in the place of a key or signature make a check throw, or come out as verified', () => {
  const trust = {
    allowedSigners: `x ${fixture.keys['ssh-ed25519']}`,
    openPgpKeys: [{ name: 'x', key: fixture.keys.rsa }],
  };
  fc.assert(
    fc.property(bytes, (any) => {
      const pgp = verifyOpenPgp(armor('PGP SIGNATURE', any), Buffer.from('x'), trust.openPgpKeys);
      const head = Buffer.concat([Buffer.from('SSHSIG\0\0\0\u0001'), any]);
      const ssh = verifySshsig(armor('SSH SIGNATURE', head), Buffer.from('x'), { ...trust, namespace: 'git', at: 0 });
      signingKeys(armor('PGP PUBLIC KEY BLOCK', any));
      sshKey(any);
      derElements(any);
      packets(Buffer.from(any));
      commitObject(any);
      stampedAt(any, any, []);
      return pgp.state !== 'verified' && ssh.state !== 'verified';
    }),
    { numRuns: 400 },
  );
});

it('registered rubbish verifies nobody and breaks nothing', () => {
  const trust = {
    keys: [{ name: 'x', pem: 'no key' }],
    allowedSigners: 'a b c\n"\n* namespaces="',
    openPgpKeys: [
      { name: 'x', key: '-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nAAAA\n-----END PGP PUBLIC KEY BLOCK-----' },
    ],
    sigstoreRoot: { tlogs: [{}], certificateAuthorities: [{ certChain: { certificates: [{ rawBytes: 'AAAA' }] } }] },
    sigstoreIdentities: [],
  };
  for (const { object } of Object.values(fixture.commits)) {
    const read = readFile(handedIn(object), readersTrusting(trust));
    expect(JSON.stringify(read)).not.toContain('"verified"');
  }
});
