import { readFileSync } from 'node:fs';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
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

const VALID: readonly (readonly [string, object])[] = [
  ['commits', commits],
  ['everything', whole],
  ['a deployment of commits', deployment],
  ['a deployment of artifacts', { ...deployment, commits: [], artifacts: [DIGEST] }],
  ['a deployment named by its key', { ...deployment, run: undefined, idempotencyKey: 'k' }],
  ['a run', { change: 'CHG-7', kind: 'run', run: { id: '42' } }],
  ['an artifact', { change: 'CHG-7', kind: 'artifact', artifacts: [DIGEST] }],
  ['test results', { change: 'CHG-7', kind: 'test-result', artifacts: [{ digest: DIGEST }] }],
  ['a document', { change: 'CHG-7', kind: 'document', artifacts: [DIGEST] }],
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
  const parsed = pipeline.parse(opened.event ?? '', JSON.parse(body));
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
