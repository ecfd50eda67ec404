import type { StoredEntry } from '../../../src/ledger/entry';
import { FILES } from '../../../src/pack/files';
import { keysFile, keysNamed, keyVersionsNamed, type KeysPart } from '../../../src/pack/keys';
import { signersOf, signerText } from '../../../src/pack/signers';
import { jsonFile } from '../../../src/pack/text';
import { checkKeys } from '../../../src/pack/verify/keys';
import { openPack } from '../../../src/pack/verify/opened';
import { Findings } from '../../../src/pack/verify/outcome';
import { keyCommitments, versionName, type SaltedKey } from '../../../src/readers/trust/commitments';
import { readKeysParts } from '../../../src/handlers/trust/store';
import { ED, EC, TrustSite } from '../handlers/trust/site';

const readIn = (trustVersion: string, verified = 1) =>
  ({ entry: { kind: 'file-read', body: { trustVersion, signatures: { verified } } } }) as unknown as StoredEntry;
const signedBy = (signedBy: string, more: object = {}) =>
  ({
    entry: {
      kind: 'evidence',
      body: { state: 'verified', attributes: { signature: 'verified', signedBy, ...more } },
    },
  }) as unknown as StoredEntry;

/** What the check says of a file with these parts. */
function breaksOf(value: unknown, entries: readonly StoredEntry[]): readonly string[] {
  const findings = new Findings();
  const files = value === undefined ? [] : [{ name: FILES.keys, bytes: jsonFile(value) }];
  checkKeys(openPack(files), entries, findings);
  return findings.breaks.map(({ sentence }) => sentence);
}

describe('signing keys in a pack', () => {
  let parts: readonly KeysPart[];
  let entries: readonly StoredEntry[];
  let version: string;
  beforeAll(async () => {
    const site = new TrustSite();
    const first = await site.register('none', ED);
    ({ version } = await site.register(first.version, EC));
    entries = [readIn(version), readIn('none', 0), signedBy('key-2')];
    parts = await readKeysParts(site.app, keyVersionsNamed(entries), keysNamed(entries));
  });

  it('are those that made a verified signature, opened, and of the others nothing but that they were there', () => {
    expect(breaksOf(keysFile(parts), entries)).toEqual([]);
    expect(parts.map(({ keys }) => keys.map(({ key }) => key.id))).toEqual([['key-2']]);
    expect(parts[0]?.commitments.map(({ id }) => id)).toEqual(['key-1', 'key-2']);
    expect(JSON.stringify(parts)).not.toContain(ED.split(' ')[1]);
  });

  it('say whose key made a signature, by name and fingerprint, as far as the pack has it', () => {
    const [{ key } = { key: undefined }] = parts.flatMap(({ keys }) => keys);
    const whose =
      key?.whose.kind === 'account' ? `${key.whose.name} (account ${key.whose.accountId})` : key?.whose.name;
    expect(signersOf('key-2', parts)).toEqual([{ key: 'key-2', whose, fingerprint: key?.fingerprint }]);
    expect(signersOf('key-2 key-2, key-7', parts)).toMatchObject([{ key: 'key-2' }, { key: 'key-7', whose: null }]);
    expect(signersOf('somebody@example.com', parts)).toEqual([]);
    expect(signersOf(undefined, parts)).toEqual([]);
    expect(signerText({ key: 'key-7', whose: null, fingerprint: null })).toContain('key-7, which is not in this pack');
  });

  it('without a verified signature there is no file', () => {
    expect(breaksOf(undefined, [readIn(version, 0)])).toEqual([]);
    expect(breaksOf(undefined, entries)).toEqual([`is missing, and signatures were verified against ${version}`]);
    expect(breaksOf(keysFile(parts), [readIn(version, 0)])).toEqual([`no verified signature rests on ${version}`]);
  });

  const altered = (change: (one: SaltedKey) => object): unknown =>
    keysFile(parts.map((part) => ({ ...part, keys: part.keys.map(change) as SaltedKey[] })));

  it.each<[string, () => unknown, string]>([
    ['another label', () => altered((one) => ({ ...one, key: { ...one.key, label: 'x' } })), 'not the key that was'],
    ['another salt', () => altered((one) => ({ ...one, salt: '0'.repeat(64) })), 'not the key that was registered'],
    [
      'another holder',
      () => altered((one) => ({ ...one, key: { ...one.key, whose: { kind: 'organisation', name: 'x' } } })),
      'not the key that was',
    ],
    [
      'no key',
      () => keysFile(parts.map((part) => ({ ...part, keys: [] }))),
      'key-2 signed something that was verified',
    ],
    [
      'a commitment less',
      () => keysFile(parts.map((part) => ({ ...part, commitments: part.commitments.slice(1) }))),
      'are not those that the ledger names',
    ],
    ['a list that was made anew under the old name', () => forged(), 'are not those that the ledger names'],
    ['no version', () => keysFile([]), 'are missing'],
    ['another form', () => ({ versions: [{ version }] }), 'is not a list of signing keys'],
    ['a key of another form', () => altered(() => ({ salt: 'x', key: {} })), 'is not a list of signing keys'],
  ])('%s is a break', (_, value, sentence) => {
    expect(breaksOf(value(), entries).join('\n')).toContain(sentence);
  });

  /** A key of somebody's own in the place of the registered one, its commitment made to fit. */
  function forged(): unknown {
    const [part] = parts;
    const keys = (part?.keys ?? []).map((one) => ({ ...one, key: { ...one.key, label: 'Mallory' } }));
    const commitments = [...(part?.commitments ?? []).slice(0, 1), ...keyCommitments(keys)];
    expect(versionName(2, commitments)).not.toBe(version);
    return keysFile([{ version, commitments, keys }]);
  }

  it('what a sender states of its own check names no key', () => {
    expect(keysNamed([signedBy('key-1, key-3'), signedBy('key-4', { signature: undefined })])).toEqual([
      'key-1',
      'key-3',
    ]);
    expect(keysNamed([signedBy('Ivy <ivy@example.test>')])).toEqual([]);
  });
});
