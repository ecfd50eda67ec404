import { evidenceList, expectedKinds } from '../../../src/evidence/list';
import { signersInFile } from '../../../src/evidence/read-from-file';
import { commit } from '../../../src/ledger/commitment';
import type { StoredEntry } from '../../../src/ledger/entry';
import { statedToo } from '../../../static/src/wording/evidence';

/** Facts as entries: a delivery's own, and what was read out of its file. */
const fact = (seq: number, members: object, name = `fact-${seq}`): StoredEntry =>
  ({
    entry: {
      kind: 'evidence',
      seq,
      fact: name,
      body: {
        evidence: 'attestation',
        repository: null,
        state: null,
        title: { commitment: 'x' },
        url: null,
        commits: [],
        attributes: {},
        people: [],
        claimedAt: null,
        receivedAt: '2026-03-02T09:00:00.000Z',
        namedBy: ['payload'],
        provenance: { source: 'pipeline', bodyDigest: 'one', authenticatedBy: 'hmac-sha256' },
        ...members,
      },
    },
    disclosures: {},
  }) as unknown as StoredEntry;
const FILE_ID = `sha256:${'ab'.repeat(32)}`;
const HANDED = fact(1, { id: FILE_ID, attributes: { kept: 'whole' } });
const READ = {
  id: 'sha256:payload',
  namedBy: ['file-content'],
  state: 'verified',
  attributes: { signature: 'verified' },
};
const IN_THE_FILE = `file:${'ab'.repeat(8)}:pipeline:attestation`;

describe('what a sender stated and the app read out of the file', () => {
  it.each<[string, readonly StoredEntry[], readonly (readonly [number, number | undefined])[]]>([
    ['is one row', [HANDED, fact(2, READ, IN_THE_FILE)], [[2, 1]]],
    ['is two while it is not read', [HANDED], [[1, undefined]]],
    [
      'is two when it came with another delivery',
      [
        fact(1, { id: FILE_ID, attributes: { kept: 'whole' }, provenance: { source: 'pipeline', bodyDigest: 'two' } }),
        fact(2, READ, IN_THE_FILE),
      ],
      [
        [1, undefined],
        [2, undefined],
      ],
    ],
    [
      'is two when it is another file',
      [HANDED, fact(2, READ, `file:${'cd'.repeat(8)}:pipeline:attestation`)],
      [
        [1, undefined],
        [2, undefined],
      ],
    ],
    [
      'is one row for a commit by its id, whatever the sender says of it',
      [
        fact(1, { evidence: 'commit-signature', id: 'c1', state: 'verified', claimedAt: '2026-03-02T12:00:00.000Z' }),
        fact(2, { ...READ, evidence: 'commit-signature', id: 'c1', state: 'invalid' }, IN_THE_FILE),
      ],
      [[2, 1]],
    ],
  ])('%s', (_name, entries, rows) => {
    expect(evidenceList(entries).map(({ seq, stated }) => [seq, stated?.seq])).toEqual(rows);
  });

  it('is counted once among what is expected', () => {
    const [row] = expectedKinds([HANDED, fact(2, READ, IN_THE_FILE)], ['attestation']);
    expect(row).toMatchObject({ state: 'found', found: 1 });
  });

  it('is told in words', () => {
    const [row] = evidenceList([HANDED, fact(2, READ, IN_THE_FILE)]);
    expect(statedToo({ title: 'x', ...(row?.stated === undefined ? {} : { stated: row.stated }) })).toBe(
      'stated by the sender, and read from the file',
    );
    expect(statedToo({ title: 'x', stated: { seq: 1, title: 'What was done', state: 'verified' } })).toBe(
      'stated by the sender, which calls it “What was done”, in its words verified, and read from the file',
    );
  });
});

describe('whose key signed a fact of a file', () => {
  const { committed, disclosure } = commit({ displayName: 'Acme MSP' }, 'ab'.repeat(32));
  const people = [{ role: 'signer', person: committed }];
  const signed = { ...fact(2, { ...READ, people }, IN_THE_FILE), disclosures: { [committed.commitment]: disclosure } };

  it.each<[string, StoredEntry, string, string, readonly string[]]>([
    ['is named', signed, 'ab', READ.id, ['Acme MSP']],
    ['is nobody of another file', signed, 'cd', READ.id, []],
    ['is nobody of another fact', signed, 'ab', 'sha256:other', []],
    ['is nobody once the name is erased', { ...signed, disclosures: {} }, 'ab', READ.id, []],
    [
      'is nobody where a sender only states one',
      { ...signed, entry: { ...signed.entry, fact: 'x' } },
      'ab',
      READ.id,
      [],
    ],
  ])('%s', (_, stored, digest, id, names) => {
    expect(signersInFile([stored], digest.repeat(32))('attestation', id)).toEqual(names);
  });
});
