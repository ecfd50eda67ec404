import type { FileView } from '../../../src/contract/files';
import { FINDING_CODES } from '../../../src/readers/findings';
import { READERS } from '../../../src/readers/readers';
import {
  claimedWords,
  fileName,
  findingWords,
  formatWords,
  fromWords,
  matchMark,
  mediaTypeOf,
  pageWords,
  signatureMarks,
  standingWords,
  effectWords,
  statesWords,
  systemWords,
  trustWords,
} from '../../../static/src/wording/files';
import { inWords } from '../../../static/src/wording/evidence';

const FILE: FileView = {
  seq: 4,
  name: 'log.json',
  digest: 'a'.repeat(64),
  size: 10,
  mediaType: null,
  outcome: 'read',
  format: 'cloudtrail',
  kind: 'execution-log',
  claimedKind: 'execution-log',
  about: null,
  title: null,
  refusal: null,
  statements: 10_000,
  complete: true,
  findings: [],
  claimed: null,
  effects: { read: 8_793, write: 1_204, unknown: 3 },
  signatures: { verified: 0, signerUnknown: 0, invalid: 0, unsigned: 0 },
  from: { how: 'pipeline', source: 'github', secret: '2026-03' },
  receivedAt: '2026-03-02T09:00:00.000Z',
  readAt: '2026-03-02T09:00:00.000Z',
  redacted: false,
  trust: 'none',
  reader: '1',
};

it('what a file states is counted', () => {
  expect(statesWords(FILE, 'en-GB')).toBe('10,000 rows: 1,204 changed something, 3 may have changed something');
  expect(statesWords({ ...FILE, statements: 1, effects: { read: 1, write: 0, unknown: 0 } }, 'en-GB')).toBe('1 row');
  expect(statesWords({ ...FILE, statements: 0 }, 'en-GB')).toBeNull();
  const kept = { ...FILE, kind: 'document', statements: 1, effects: { read: 0, write: 0, unknown: 1 } };
  expect(statesWords(kept, 'en-GB')).toBe('1 row');
  expect(effectWords({ effect: 'unknown', match: null })).toBeNull();
  const plan = { ...FILE, kind: 'configuration-difference', statements: 2, effects: { read: 1, write: 1, unknown: 0 } };
  expect(statesWords(plan, 'en-GB')).toBe('2 rows: 1 stating a change');
  expect(effectWords({ effect: 'write', match: null })).toBe('stating a change');
});

it.each([
  [{ verified: 1 }, [['Signature verified', 'good']]],
  [{ signerUnknown: 1 }, [['Signed, signer unknown', 'warning']]],
  [{ invalid: 1 }, [['Signature invalid', 'bad']]],
  [{ unsigned: 1 }, [['Not signed', 'neutral']]],
  [
    { verified: 3, invalid: 1, signerUnknown: 2 },
    [
      ['1 × Signature invalid', 'bad'],
      ['2 × Signed, signer unknown', 'warning'],
      ['3 × Signature verified', 'good'],
    ],
  ],
  [{}, []],
])('signatures %j: the worst stands first, and unknown is never good', (signatures, expected) => {
  const marks = signatureMarks({ ...FILE, signatures: { ...FILE.signatures, ...signatures } });
  expect(marks.map(({ text, tone }) => [text, tone])).toEqual(expected);
});

it('says which keys it was checked against, and who handed it in', () => {
  const signed = { ...FILE, signatures: { ...FILE.signatures, signerUnknown: 1 } };
  expect(trustWords(FILE)).toBeNull();
  expect(trustWords(signed)).toBe('no signing key was registered');
  expect(trustWords({ ...signed, trust: `trust-3.${'a'.repeat(64)}` })).toBe(
    'checked against the registered signing keys, version 3',
  );
  expect(fromWords(FILE)).toBe('from github, signed with the key “2026-03”');
  expect(fromWords({ ...FILE, from: { how: 'person', by: { accountId: null, name: null } } })).toBe(
    'handed in by somebody whose name was erased',
  );
});

it.each([
  [2, 3, 1, '2 of 4 actions do not match this change.'],
  [1, 1, 0, '1 of 1 action does not match this change.'],
  [0, 1, 0, 'The one action matches this change.'],
  [0, 1_200, 4, 'All 1,204 actions match this change.'],
])('%d not fitting of %d writes and %d that may be: %s', (notFitting, write, unknown, words) => {
  expect(standingWords({ notFitting, effects: { read: 9, write, unknown } }, 'en-GB')).toBe(words);
});

const MATCH = { window: 'inside', who: 'implementer', systems: ['FS-01'], fits: true } as const;
it.each([
  [{ effect: 'write', match: MATCH }, 'Matches'],
  [{ effect: 'write', match: { ...MATCH, fits: false } }, 'Does not match'],
  [{ effect: 'unknown', match: { ...MATCH, fits: false } }, 'Does not match'],
  [{ effect: 'read', match: { ...MATCH, fits: false } }, 'Only read'],
  [{ effect: 'write', match: null }, undefined],
] as const)('%j', (row, text) => {
  expect(matchMark(row)?.text).toBe(text);
});

it('systems, pages and kinds in words', () => {
  expect([systemWords([]), systemWords(['A', 'B'])]).toEqual(['on no system of the change', 'on A, B']);
  const page = { from: 50, of: 10_000, rows: Array.from<never>({ length: 50 }) };
  expect(pageWords(page, 'en-GB')).toBe('Rows 51–100 of 10,000');
  expect(pageWords({ ...page, of: 0, rows: [] }, 'en-GB')).toBe('No row');
  expect([claimedWords('document'), claimedWords('constructor'), claimedWords('new-kind')]).toEqual([
    'Document',
    'Constructor',
    'New kind',
  ]);
});

it('every reader’s format and every finding has words of its own', () => {
  // Called as they are.
  const plain = ['terraform', 'git-commit', 'tracking-sheet'];
  for (const { name } of READERS)
    if (!plain.includes(name)) expect([name, formatWords(name)]).not.toEqual([name, inWords(name)]);
  const worded = FINDING_CODES.filter((code) => findingWords(code) !== '');
  expect(worded).toEqual(FINDING_CODES);
  expect(findingWords('log-lost')).toBe('Records lost');
});

it.each([
  ['log.json', 'log.json'],
  ['  a\u0007b\n.txt ', 'a b .txt'],
  ['', 'file'],
  ['\ud800', 'file'],
  [`${'x'.repeat(300)}.json.gz`, `${'x'.repeat(251)}….gz`],
  ['y'.repeat(300), `${'y'.repeat(254)}…`],
])('a file name as the app takes it: %j', (given, taken) => {
  expect(fileName(given)).toBe(taken);
  expect(fileName(given).length).toBeLessThanOrEqual(255);
});

it.each([
  ['text/plain; charset=utf-8', 'text/plain'],
  ['Application/JSON', 'application/json'],
  ['', null],
  ['nonsense', null],
])('a media type: %j', (given, taken) => {
  expect(mediaTypeOf(given)).toBe(taken);
});
