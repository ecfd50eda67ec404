import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { EVIDENCE_KINDS } from '../../../src/evidence/item';
import { redactJson } from '../../../src/evidence/redact';
import { readEnvelope } from '../../../src/providers/pipeline/envelope';
import { pipeline } from '../../../src/providers/pipeline/pipeline';

const SHA = 'a1'.repeat(20);
const OTHER = 'b2'.repeat(32);
const DIGEST = `sha256:${'c3'.repeat(32)}`;

const ajv = new Ajv2020({ strict: false, unicodeRegExp: true });
addFormats(ajv);
const published = ajv.compile(
  JSON.parse(readFileSync('src/providers/pipeline/envelope.schema.json', 'utf8')) as Record<string, unknown>,
);

const commits = { change: 'CHG-7', kind: 'commit', commits: [SHA] };
const deployment = { change: 'CHG-7', kind: 'deployment', environment: 'production', commits: [SHA], run: '42' };
const whole = {
  change: 'CHG-7',
  kind: 'commit',
  environment: 'production',
  repository: 'acme/enclave',
  commits: [
    {
      id: SHA,
      message: 'Open the port\n\nAlso for CHG-8.',
      author: { name: 'Dana Ortiz', email: 'dana@example.test' },
      committer: { name: 'Web Flow', email: 'noreply@example.test', login: 'web-flow' },
      authoredAt: '2026-03-02T10:00:00+02:00',
      committedAt: '2026-03-02T10:05:00+02:00',
      signature: 'verified',
      files: ['rules/enclave.conf', 'README.md'],
      fileCount: 2,
    },
  ],
  artifacts: [{ digest: DIGEST, name: 'portal.tar.gz', size: 12 }],
  run: { id: '42', name: 'build', url: 'https://ci.example.test/42', attempt: '1' },
  state: 'success',
  actor: { name: 'Dana' },
  claimedAt: '2026-03-02T09:00:00.123Z',
  idempotencyKey: 'run-42.commits:1',
};

const AT = '2026-03-02T09:00:00Z';
const TEXT_FILE = { name: 'log.txt', mediaType: 'text/plain', text: 'rule 17 added\n' };
const BASE64_FILE = { name: 'log.bin', base64: Buffer.from([0xff, 0xfe, 0x00]).toString('base64') };
const PULL = {
  id: '12',
  title: 'Open the port',
  branch: 'port',
  base: 'main',
  author: { name: 'Dana', login: 'dana' },
};
const REVIEW = {
  change: 'CHG-7',
  kind: 'review',
  pullRequest: PULL,
  review: '1',
  reviewer: { name: 'Rex', login: 'rex' },
  state: 'approved',
};
const RECORD = { system: 'ServiceNow', id: 'CHG0030001', title: 'Open the port', url: 'https://acme.test/CHG0030001' };

const TEXT_DIGEST = `sha256:${createHash('sha256').update(TEXT_FILE.text).digest('hex')}`;

const NOT_OBTAINED = [
  { kind: 'review', because: 'The API answered 403.' },
  { kind: 'run', because: 'No run is named.' },
];

const VALID: readonly (readonly [string, object])[] = [
  ['what could not be obtained', { change: 'CHG-7', kind: 'not-obtained', notObtained: NOT_OBTAINED }],
  [
    'an artifact with where its bytes are',
    {
      change: 'CHG-7',
      kind: 'artifact',
      artifacts: [{ digest: DIGEST, size: 30_000_000, url: 'https://acme.test/a' }],
    },
  ],
  ['commits', commits],
  ['everything', whole],
  ['a deployment of commits', deployment],
  ['a deployment of artifacts', { ...deployment, commits: [], artifacts: [DIGEST] }],
  ['a deployment named by its key', { ...deployment, run: undefined, idempotencyKey: 'k' }],
  ['a run', { change: 'CHG-7', kind: 'run', run: { id: '42' } }],
  ['an artifact', { change: 'CHG-7', kind: 'artifact', artifacts: [DIGEST] }],
  ['test results', { change: 'CHG-7', kind: 'test-result', artifacts: [{ digest: DIGEST }] }],
  ['a document', { change: 'CHG-7', kind: 'document', artifacts: [DIGEST] }],
  ['a document that comes whole', { change: 'CHG-7', kind: 'document', contents: [TEXT_FILE] }],
  ['a file in base64', { change: 'CHG-7', kind: 'execution-log', contents: [BASE64_FILE], startedAt: AT, endedAt: AT }],
  ['an empty file', { change: 'CHG-7', kind: 'attestation', contents: [{ name: 'a', base64: '' }] }],
  [
    'what a check of signatures found',
    { ...commits, kind: 'commit-signature', commits: [{ id: SHA, signature: 'bad' }] },
  ],
  ['a branch', { change: 'CHG-7', kind: 'branch', branch: { name: 'port', before: SHA, after: OTHER } }],
  ['a pull request', { change: 'CHG-7', kind: 'pull-request', pullRequest: PULL }],
  ['a review', REVIEW],
  ['a check', { change: 'CHG-7', kind: 'check', check: { id: 'lint' }, run: '42' }],
  ['a state of a deployment', { ...deployment, kind: 'deployment-status', state: 'failure' }],
  ['both ends of a difference', { change: 'CHG-7', kind: 'configuration-difference', before: DIGEST, after: DIGEST }],
  ['a file of a difference', { change: 'CHG-7', kind: 'configuration-difference', artifacts: [DIGEST] }],
  ['a configuration', { change: 'CHG-7', kind: 'configuration-state', artifacts: [DIGEST] }],
  ['a record of another system', { change: 'CHG-7', kind: 'external-change-record', record: RECORD, state: 'closed' }],
  ['a project whose key has a _', { ...commits, change: 'MY_P-7' }],
  ['a SHA-256 commit', { ...commits, commits: [OTHER] }],
];

const INVALID: readonly (readonly [string, unknown, string])[] = [
  ['a list', [commits], 'not-an-object'],
  ['null', null, 'not-an-object'],
  ['no change', { ...commits, change: undefined }, 'shape.change'],
  ['a change in small letters', { ...commits, change: 'chg-7' }, 'shape.change'],
  ['no kind', { ...commits, kind: undefined }, 'shape.kind'],
  ['another kind', { ...commits, kind: 'build' }, 'shape.kind'],
  ['an unknown member', { ...commits, force: true }, 'unknown-member'],
  ['an unknown member of a commit', { ...commits, commits: [{ id: SHA, tree: SHA }] }, 'shape.commits'],
  ['a short commit', { ...commits, commits: [SHA.slice(0, 8)] }, 'shape.commits'],
  ['a commit in capitals', { ...commits, commits: [SHA.toUpperCase()] }, 'shape.commits'],
  ['no commits for commits', { ...commits, commits: [] }, 'needs.commits'],
  ['too many commits', { ...commits, commits: Array.from({ length: 1001 }, () => SHA) }, 'shape.commits'],
  ['a time without a zone', { ...commits, claimedAt: '2026-03-02T09:00:00' }, 'shape.claimedAt'],
  ['a time that is a number', { ...commits, claimedAt: 1772442000 }, 'shape.claimedAt'],
  ['a time that is none', { ...commits, claimedAt: '2026-13-02T09:00:00Z' }, 'shape.claimedAt'],
  ['an actor who is a text', { ...commits, actor: 'Dana' }, 'shape.actor'],
  ['an actor without a name', { ...commits, actor: { email: 'd@example.test' } }, 'shape.actor'],
  ['a key with a space', { ...commits, idempotencyKey: 'a b' }, 'shape.idempotencyKey'],
  ['a blank environment', { ...deployment, environment: ' ' }, 'shape.environment'],
  ['a run that is a number', { ...deployment, run: 42 }, 'shape.run'],
  ['a script for an address', { ...deployment, run: { id: '1', url: 'javascript:alert(1)' } }, 'shape.run'],
  ['a deployment to nowhere', { ...deployment, environment: undefined }, 'needs.environment'],
  ['a deployment of nothing', { ...deployment, commits: [] }, 'needs.commits'],
  ['a deployment that nothing names', { ...deployment, run: undefined }, 'needs.run'],
  ['a run without one', { change: 'CHG-7', kind: 'run' }, 'needs.run'],
  ['test results without files', { change: 'CHG-7', kind: 'test-result' }, 'needs.artifacts'],
  ['another digest', { change: 'CHG-7', kind: 'artifact', artifacts: ['md5:1'] }, 'shape.artifacts'],
  [
    'a size below zero',
    { change: 'CHG-7', kind: 'artifact', artifacts: [{ digest: DIGEST, size: -1 }] },
    'shape.artifacts',
  ],
  ['a signature that is not told', { ...commits, kind: 'commit-signature', commits: [{ id: SHA }] }, 'needs.commits'],
  ['a signature of a hash', { ...commits, kind: 'commit-signature' }, 'needs.commits'],
  ['a branch without one', { change: 'CHG-7', kind: 'branch' }, 'needs.branch'],
  ['a review of nothing', { ...REVIEW, pullRequest: undefined }, 'needs.pullRequest'],
  ['a review that nothing names', { ...REVIEW, review: undefined }, 'needs.review'],
  ['a review of nobody', { ...REVIEW, reviewer: undefined }, 'needs.reviewer'],
  ['a review that says nothing', { ...REVIEW, state: undefined }, 'needs.state'],
  ['a check without one', { change: 'CHG-7', kind: 'check', run: '42' }, 'needs.check'],
  ['a state without one', { ...deployment, kind: 'deployment-status' }, 'needs.state'],
  ['a record without one', { change: 'CHG-7', kind: 'external-change-record' }, 'needs.record'],
  [
    'nothing that could not be obtained',
    { change: 'CHG-7', kind: 'not-obtained', notObtained: [] },
    'needs.notObtained',
  ],
  [
    'a reason over two lines',
    { change: 'CHG-7', kind: 'not-obtained', notObtained: [{ kind: 'run', because: 'a\nb' }] },
    'shape.notObtained',
  ],
  [
    'a kind that is none, not obtained',
    { change: 'CHG-7', kind: 'not-obtained', notObtained: [{ kind: 'rumour', because: 'a' }] },
    'shape.notObtained',
  ],
  ['one end of a difference', { change: 'CHG-7', kind: 'configuration-difference', before: DIGEST }, 'needs.artifacts'],
  ['a log without a file', { change: 'CHG-7', kind: 'execution-log', contents: [] }, 'needs.artifacts'],
  ['no base64', { change: 'CHG-7', kind: 'document', contents: [{ name: 'a', base64: 'abc' }] }, 'shape.contents'],
  [
    'base64 with bits left over, which nobody would search',
    { change: 'CHG-7', kind: 'document', contents: [{ name: 'a', base64: 'YR==' }] },
    'shape.contents',
  ],
  [
    'base64 for addresses',
    { change: 'CHG-7', kind: 'document', contents: [{ name: 'a', base64: 'ab-_' }] },
    'shape.contents',
  ],
  ['a file twice', { change: 'CHG-7', kind: 'document', contents: [{ ...TEXT_FILE, base64: '' }] }, 'shape.contents'],
  ['a file without a name', { change: 'CHG-7', kind: 'document', contents: [{ text: 'a' }] }, 'shape.contents'],
  [
    'too many files',
    { change: 'CHG-7', kind: 'document', contents: Array.from({ length: 21 }, () => TEXT_FILE) },
    'shape.contents',
  ],
  ['a lone surrogate', { ...commits, commits: [{ id: SHA, message: '\ud800' }] }, 'shape.commits'],
];

/** As it comes over the wire. */
const wire = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('an envelope', () => {
  it.each(VALID)('of %s is read, and fits the published schema', (_, envelope) => {
    expect([readEnvelope(wire(envelope)).ok, published(wire(envelope))]).toEqual([true, true]);
  });

  it.each(INVALID)('with %s is refused, and does not fit the published schema', (_, envelope, reason) => {
    expect([readEnvelope(wire(envelope)), published(wire(envelope))]).toEqual([{ ok: false, reason }, false]);
  });
});

const itemsOf = (envelope: object) => {
  const body = JSON.stringify(envelope);
  const opened = pipeline.open({ method: 'POST', headers: {}, query: {}, body });
  const parsed = pipeline.parse(opened.event ?? '', JSON.parse(opened.opened ? opened.json : body));
  if (parsed.outcome !== 'evidence') throw new Error(JSON.stringify(parsed));
  return parsed.items;
};

it('states everything that an envelope says, each fact once', () => {
  const people = [
    { role: 'author', person: { displayName: 'Dana Ortiz', email: 'dana@example.test' } },
    { role: 'committer', person: { displayName: 'Web Flow', email: 'noreply@example.test', login: 'web-flow' } },
    { role: 'actor', person: { displayName: 'Dana' } },
  ];
  expect(itemsOf(whole)).toEqual([
    {
      item: {
        kind: 'commit',
        id: SHA,
        repository: 'acme/enclave',
        title: 'Open the port',
        url: null,
        state: 'success',
        commits: [SHA],
        attributes: { signature: 'verified', files: '2', run: '42' },
        people,
        claimedAt: '2026-03-02T08:05:00.000Z',
      },
      names: [
        { key: 'CHG-7', places: ['payload'] },
        { key: 'CHG-8', places: ['commit-message'] },
      ],
    },
    {
      item: {
        kind: 'artifact',
        id: DIGEST,
        repository: 'acme/enclave',
        title: 'portal.tar.gz',
        url: 'https://ci.example.test/42',
        state: 'success',
        commits: [SHA],
        attributes: { name: 'portal.tar.gz', size: '12', environment: 'production', run: '42' },
        people: people.slice(2),
        claimedAt: '2026-03-02T09:00:00.123Z',
      },
      names: [{ key: 'CHG-7', places: ['payload'] }],
    },
  ]);
});

it.each<[string, object, readonly string[]]>([
  ['commits', { ...commits, commits: [SHA, OTHER] }, [`commit ${SHA}`, `commit ${OTHER}`]],
  ['a deployment', { ...deployment, artifacts: [DIGEST] }, ['deployment 42/production', `artifact ${DIGEST}`]],
  [
    'a deployment named by its key',
    { ...deployment, run: undefined, idempotencyKey: 'k-1' },
    ['deployment k-1/production'],
  ],
  ['a run', { change: 'CHG-7', kind: 'run', run: '42' }, ['run 42']],
  ['an artifact', { change: 'CHG-7', kind: 'artifact', artifacts: [DIGEST] }, [`artifact ${DIGEST}`]],
  ['test results', { change: 'CHG-7', kind: 'test-result', artifacts: [DIGEST] }, [`test-result ${DIGEST}`]],
  ['a document', { change: 'CHG-7', kind: 'document', artifacts: [DIGEST] }, [`document ${DIGEST}`]],
  [
    'a document that comes whole',
    { change: 'CHG-7', kind: 'document', contents: [TEXT_FILE] },
    [`document ${TEXT_DIGEST}`],
  ],
  [
    'the same in base64',
    {
      change: 'CHG-7',
      kind: 'document',
      contents: [{ name: 'a', base64: Buffer.from(TEXT_FILE.text).toString('base64') }],
    },
    [`document ${TEXT_DIGEST}`],
  ],
  [
    'bytes',
    { change: 'CHG-7', kind: 'execution-log', artifacts: [DIGEST], contents: [BASE64_FILE] },
    [
      `execution-log ${DIGEST}`,
      `execution-log sha256:${createHash('sha256')
        .update(Buffer.from([0xff, 0xfe, 0]))
        .digest('hex')}`,
    ],
  ],
  [
    'signatures',
    { ...commits, kind: 'commit-signature', commits: [{ id: SHA, signature: 'bad' }] },
    [`commit-signature ${SHA}`],
  ],
  ['a branch', { change: 'CHG-7', kind: 'branch', branch: { name: 'port', after: SHA } }, ['branch port']],
  ['a pull request', { change: 'CHG-7', kind: 'pull-request', pullRequest: PULL }, ['pull-request 12']],
  ['a review', REVIEW, ['review 12/1']],
  ['a check', { change: 'CHG-7', kind: 'check', check: 'lint' }, ['check lint']],
  [
    'a state of a deployment',
    { ...deployment, kind: 'deployment-status', state: 'failure' },
    ['deployment-status 42/production'],
  ],
  [
    'both ends of a difference',
    { change: 'CHG-7', kind: 'configuration-difference', before: DIGEST, after: TEXT_DIGEST },
    [`configuration-difference ${DIGEST}..${TEXT_DIGEST}`],
  ],
  [
    'a difference and its ends',
    { change: 'CHG-7', kind: 'configuration-difference', artifacts: [DIGEST], before: DIGEST, after: DIGEST },
    [`configuration-difference ${DIGEST}`],
  ],
  [
    'a configuration',
    { change: 'CHG-7', kind: 'configuration-state', artifacts: [DIGEST] },
    [`configuration-state ${DIGEST}`],
  ],
  ['an attestation', { change: 'CHG-7', kind: 'attestation', artifacts: [DIGEST] }, [`attestation ${DIGEST}`]],
  [
    'a record of another system',
    { change: 'CHG-7', kind: 'external-change-record', record: RECORD, artifacts: [DIGEST] },
    ['external-change-record ServiceNow/CHG0030001', `document ${DIGEST}`],
  ],
])('of %s makes its items', (_, envelope, expected) => {
  expect(itemsOf(envelope).map(({ item }) => `${item.kind} ${item.id}`)).toEqual(expected);
  expect(itemsOf(envelope).every(({ names }) => names.some(({ key }) => key === 'CHG-7'))).toBe(true);
});

it('takes the key of the change as it stands, also where a text would be cut at its _', () => {
  expect(itemsOf({ ...commits, change: 'MY_P-7' })[0]?.names).toEqual([{ key: 'MY_P-7', places: ['payload'] }]);
});

it('never links CHG-7 for CHG-70', () => {
  expect(itemsOf({ ...commits, change: 'CHG-70' })[0]?.names.map(({ key }) => key)).toEqual(['CHG-70']);
});

it('every kind of evidence can be stated', () => {
  const stated = new Set(VALID.map(([, envelope]) => (envelope as { kind: string }).kind));
  expect(EVIDENCE_KINDS.filter((kind) => !stated.has(kind))).toEqual([]);
});

describe('a text that comes in base64', () => {
  const secret = 'aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
  const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');
  const open = (contents: readonly object[]) => {
    const body = JSON.stringify({ change: 'CHG-7', kind: 'document', contents });
    const opened = pipeline.open({ method: 'POST', headers: {}, query: {}, body });
    if (!opened.opened) throw new Error(opened.reason);
    return opened;
  };

  it('is searched like any other, and what is found is taken out of what is kept', () => {
    const opened = open([BASE64_FILE, { name: 'env', base64: base64(`user = dana\n${secret}\n`) }]);
    const { text, findings } = redactJson(opened.json);
    expect(findings.map(({ place }) => place)).toEqual(['/contents/1/text']);
    const kept = JSON.parse(opened.rewrap(text)) as { contents: readonly { base64: string }[] };
    expect(kept.contents[0]).toEqual(BASE64_FILE);
    expect(Buffer.from(kept.contents[1]?.base64 ?? '', 'base64').toString()).toMatch(/^user = dana\n.*\[redacted: /s);
    expect(JSON.stringify(kept)).not.toContain(base64(secret).slice(0, 20));
  });

  it('is searched in other encodings too, and is kept as UTF-8 where something is found', () => {
    const utf16 = Buffer.from(`\ufeffuser = dana\n${secret}\n`, 'utf16le');
    const plain = { name: 'b', base64: Buffer.from('\ufeffplain', 'utf16le').toString('base64') };
    const opened = open([{ name: 'env', base64: utf16.toString('base64') }, plain]);
    const { text, findings } = redactJson(opened.json);
    expect(findings.map(({ place }) => place)).toEqual(['/contents/0/text']);
    const kept = JSON.parse(opened.rewrap(text)) as { contents: readonly { base64: string }[] };
    expect(Buffer.from(kept.contents[0]?.base64 ?? '', 'base64').toString()).toMatch(/^user = dana\n.*\[redacted: /s);
    expect(kept.contents[1]).toEqual(plain);
  });

  it.each([
    ['in other base64 than its own', { name: 'a', base64: 'YR==' }],
    ['that is no text', BASE64_FILE],
    ['beside a text', { name: 'a', text: 'b', base64: base64('c') }],
    ['that is a number', { name: 'a', base64: 7 }],
    ['that is nothing', null],
  ])('and one %s stays as it came', (_, content) => {
    const contents = [content as object];
    expect(JSON.parse(open(contents).json)).toMatchObject({ contents });
  });
});
