import * as fc from 'fast-check';
import { EVIDENCE_KINDS } from '../../../src/evidence/item';
import { EVIDENCE, evidence } from '../../../static/dev/people';
import {
  bytesElsewhere,
  cameFrom,
  groupEvidence,
  identifier,
  linkOf,
  namedWords,
  outcomeWords,
  peopleInRoles,
  ruleName,
  shortDigests,
  shortHash,
  skewWords,
  toneOf,
} from '../../../static/src/wording/evidence';

describe('groupEvidence', () => {
  it('puts kinds in the order in which a change happens', () => {
    expect(groupEvidence([...EVIDENCE].reverse()).map(({ title }) => title)).toEqual([
      'Commits',
      'Commit signatures',
      'Pull requests',
      'Reviews',
      'Runs',
      'Checks',
      'Deployments',
    ]);
  });

  it('shows a kind it does not know under its own name, last', () => {
    const groups = groupEvidence([evidence(1, 'scan-report', 'x'), ...EVIDENCE]);
    expect(groups.at(-1)).toMatchObject({ kind: 'scan-report', title: 'Scan report' });
  });

  it('names every kind that the app takes in', () => {
    const titles = EVIDENCE_KINDS.map((kind) => groupEvidence([evidence(1, kind, 'x')])[0]?.title);
    expect(titles.filter((title) => title?.endsWith('s') !== true && title?.endsWith('es') !== true)).toEqual([]);
  });

  it('keeps every item once, in its order within the kind', () => {
    const kinds = fc.array(fc.constantFrom('commit', 'run', 'review', 'unheard-of', 'constructor', '__proto__'));
    fc.assert(
      fc.property(kinds, (list) => {
        const items = list.map((kind, seq) => evidence(seq, kind, String(seq)));
        const groups = groupEvidence(items);
        for (const { kind, items: found } of groups) expect(found).toEqual(items.filter((item) => item.kind === kind));
        expect(groups.flatMap((group) => group.items)).toHaveLength(items.length);
      }),
    );
  });
});

describe('shortHash', () => {
  it.each([
    ['a'.repeat(40), 'aaaaaaa'],
    ['b'.repeat(64), 'bbbbbbb'],
    ['a'.repeat(39), 'a'.repeat(39)],
    ['a'.repeat(41), 'a'.repeat(41)],
    ['g'.repeat(40), 'g'.repeat(40)],
    ['30433642', '30433642'],
  ])('%s', (id, short) => {
    expect(shortHash(id)).toBe(short);
  });
});

it.each([
  ['pull-request', '42', '#42'],
  ['pull-request', 'PR-42', 'PR-42'],
  ['run', '42', '42'],
])('identifier of %s %s', (kind, id, name) => {
  expect(identifier({ kind, id })).toBe(name);
});

describe('linkOf', () => {
  it.each(['https://github.com/acme/x/pull/42', 'http://ci.example.test/run/1'])('%s may be a link', (url) => {
    expect(linkOf(url)).toBe(url);
  });

  it.each([
    ['javascript:alert(1)'],
    ['JaVaScRiPt:alert(1)'],
    [' javascript:alert(1)'],
    ['java\nscript:alert(1)'],
    ['data:text/html,x'],
    ['blob:https://x/1'],
    ['file:///etc/passwd'],
    ['/browse/CHG-1'],
    ['//example.test/x'],
    [''],
    [null],
  ])('%j may not', (url) => {
    expect(linkOf(url)).toBeNull();
  });
});

describe('toneOf', () => {
  it.each([
    ['success', 'good'],
    ['MERGED', 'good'],
    ['changes_requested', 'bad'],
    ['changes requested', 'bad'],
    ['in-progress', 'waiting'],
    ['dismissed', 'neutral'],
    ['', 'neutral'],
    ['constructor', 'neutral'],
  ])('%s is %s', (state, tone) => {
    expect(toneOf(state)).toBe(tone);
  });
});

it.each([
  ['secret-aws-access-key', 'Secret AWS access key'],
  ['cui-banner', 'CUI banner'],
  ['circuit-cuisine', 'Circuit cuisine'],
])('ruleName of %s', (rule, name) => {
  expect(ruleName(rule)).toBe(name);
});

it.each([
  [null, null],
  [
    { ahead: 'sender', seconds: 301 },
    { text: 'Sender’s clock 5 minutes ahead', flag: true },
  ],
  [
    { ahead: 'site', seconds: 7 * 86_400 },
    { text: 'received 7 days later', flag: false },
  ],
] as const)('skewWords of %j', (skew, words) => {
  expect(skewWords(skew)).toEqual(words);
});

it.each([
  ['hmac-sha256', 'from GitHub, signed with the key “2026-01”'],
  ['shared-secret', 'from GitHub, sent with the password “2026-01”'],
  ['something-else', 'from GitHub'],
])('cameFrom, proved by %s', (authenticatedBy, words) => {
  expect(cameFrom(evidence(1, 'commit', 'x', { authenticatedBy }))).toBe(words);
});

it.each([
  ['GitHub', 'from GitHub'],
  ['Any pipeline', 'from a pipeline'],
  ['A person in Jira', 'from a person in Jira'],
  ['A1 Systems', 'from A1 Systems'],
])('cameFrom %s reads as part of a sentence', (sourceName, words) => {
  expect(cameFrom(evidence(1, 'commit', 'x', { authenticatedBy: 'none', sourceName }))).toBe(words);
});

it.each([
  [[], null],
  [['payload'], 'named in the delivery'],
  [['commit-message', 'branch', 'title'], 'named in commit message, branch and title'],
])('namedWords of %j', (namedBy, words) => {
  expect(namedWords({ namedBy })).toBe(words);
});

it('everybody stands once with all that they did', () => {
  const did = (role: string, name: string | null) => ({ role, name });
  const people = [did('author', 'Dana'), did('committer', 'Dana'), did('actor', 'Dana'), did('sender', null)];
  expect(peopleInRoles({ people })).toEqual(['author, committer and actor Dana']);
});

it.each([
  [`sha256:${'a'.repeat(64)}`, `sha256:${'a'.repeat(12)}…`],
  [`sha256:${'a'.repeat(64)}..sha256:${'b'.repeat(64)}`, `sha256:${'a'.repeat(12)}…..sha256:${'b'.repeat(12)}…`],
  [`sha256:${'a'.repeat(65)}`, `sha256:${'a'.repeat(65)}`],
  ['CR-20418/enclave', 'CR-20418/enclave'],
])('shortDigests of %s', (text, words) => {
  expect(shortDigests(text)).toBe(words);
});

it.each([
  [{ state: 'found', found: 2, because: null }, '2 found'],
  [{ state: 'missing', found: 0, because: null }, 'missing'],
  [{ state: 'failed', found: 0, because: 'the token may not' }, 'could not be fetched: the token may not'],
  [{ state: 'failed', found: 0, because: null }, 'could not be fetched'],
  [{ state: 'found', found: 1, because: 'handed in by Dana' }, '1 found, handed in by Dana'],
] as const)('outcomeWords of %j', (one, words) => {
  expect(outcomeWords(one)).toBe(words);
});

it.each([
  ['artifact', { size: '30000000' }, '30 MB, by its digest'],
  ['artifact', {}, 'by its digest'],
  ['artifact', { size: '12', kept: 'whole' }, null],
  ['commit', { size: '12' }, null],
])('bytesElsewhere of %s with %j', (kind, attributes, words) => {
  expect(bytesElsewhere(evidence(1, kind, 'x', { attributes }), 'en')).toBe(words);
});
