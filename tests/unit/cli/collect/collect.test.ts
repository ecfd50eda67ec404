import { createHash } from 'node:crypto';
import { run } from '../../../../src/cli/arguments';
import { rimOf } from '../../../../src/cli/rim';
import { readEnvelope, type Envelope } from '../../../../src/providers/pipeline/envelope';
import { TestRepository } from '../repository';
import { SECRET, WebTrigger, type Plan } from '../web-trigger';

const trigger = new WebTrigger();
const repository = new TestRepository();
let first: string, second: string, third: string;
beforeAll(async () => {
  first = repository.commit('Before it', { a: '1' });
  second = repository.commit('CHG-7 open the port\n\nTwo lines: ünïcode', { 'rules file.conf': 'permit', a: '2' });
  third = repository.commit('Nothing');
  await trigger.start();
});
afterAll(async () => {
  await trigger.stop();
  repository.remove();
});

const ENVIRONMENT = { CHANGE_PIPELINE_SECRET: SECRET };
const words = (since: string, ...more: readonly string[]): string[] => [
  ...['collect', '--change', 'CHG-7', '--since', since, '--repository', repository.folder],
  ...['--url', trigger.url, '--wait', '0', ...more],
];
const accepted = [202, { result: 'accepted' }] as const;
const sent = (): Envelope[] =>
  trigger.bodies.map((body) => {
    const read = readEnvelope(JSON.parse(body));
    if (!read.ok) throw new Error(read.reason);
    return read.envelope;
  });
const sentPieces = (output: string): string[] => output.split('\n').filter((line) => /^\d+\/\d+ /.test(line));
/** The document that goes first. */
const statement = (): Record<string, unknown> => {
  const [content] = sent()[0]?.contents ?? [];
  return JSON.parse(content !== undefined && 'text' in content ? content.text : '') as Record<string, unknown>;
};

it('hands in the commits since a reference, oldest first, with all that git knows of them', async () => {
  trigger.plan(accepted);
  const { exitCode, output } = await run(words(first), ENVIRONMENT);
  expect([exitCode, sentPieces(output)]).toEqual([0, ['1/2 document (1): accepted', '2/2 commit (2): accepted']]);
  const people = {
    author: { name: 'Zoë Ortiz', email: 'zoe@example.test' },
    committer: { name: 'Web Flow', email: 'noreply@example.test' },
    authoredAt: '2026-03-01T10:00:00+02:00',
    committedAt: '2026-03-01T11:00:00+02:00',
    signature: 'none',
  };
  const message = 'CHG-7 open the port\n\nTwo lines: ünïcode';
  expect(sent()[1]).toMatchObject({
    change: 'CHG-7',
    kind: 'commit',
    commits: [
      { id: second, message, ...people, files: ['a', 'rules file.conf'], fileCount: 2 },
      { id: third, message: 'Nothing', ...people, files: [], fileCount: 0 },
    ],
  });
});

it('states first from where to where, what is missing, and which pieces follow under which keys', async () => {
  trigger.plan(accepted);
  await run(words(first, '--environment', 'production', '--junit', 'no/such/*.xml'), ENVIRONMENT);
  const [document, lacking, commits] = sent();
  expect(document).toMatchObject({
    change: 'CHG-7',
    kind: 'document',
    title: 'Collected: 2 commits, 0 pull requests, 1 missing',
  });
  expect(statement()).toMatchObject({
    collection: 1,
    environment: 'production',
    base: { commit: first, source: 'since', says: `${first}, as --since names it` },
    head: third,
    commits: 2,
    signatures: { none: 2 },
    missing: [{ what: '--junit no/such/*.xml', why: 'no file' }],
    pieces: [
      { number: 2, of: 3, kind: 'not-obtained', entries: 1, key: lacking?.idempotencyKey },
      { number: 3, of: 3, kind: 'commit', entries: 2, key: commits?.idempotencyKey },
    ],
  });
});

it('hands in the run and files about the commits: what was built by its digest, the others whole', async () => {
  trigger.plan(accepted);
  const runner = {
    ...ENVIRONMENT,
    GITHUB_RUN_ID: '42',
    GITHUB_RUN_ATTEMPT: '2',
    GITHUB_REPOSITORY: 'acme/enclave',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_TRIGGERING_ACTOR: 'zoe',
  };
  const built = `sha256:${'c3'.repeat(32)}`;
  const options = [
    ...['--artifact', repository.file('a.tgz', 'a.tgz'), '--artifact-digest', `${built}=registry.test/app:1`],
    ...[
      '--junit',
      repository.file('junit.xml', '<testsuite/>'),
      '--document',
      repository.file('d.pdf', Buffer.from([0xff, 0])),
    ],
    ...['--environment', 'production', '--state', 'success', '--deployed', 'success', '--api', 'none'],
  ];
  expect(await run(words(first, ...options), runner)).toMatchObject({ exitCode: 0 });
  const about = {
    change: 'CHG-7',
    repository: 'acme/enclave',
    run: { id: '42', attempt: '2', url: 'https://github.com/acme/enclave/actions/runs/42' },
    actor: { name: 'zoe' },
  };
  const ended = { ...about, environment: 'production', state: 'success', commits: [second, third] };
  const digest = `sha256:${createHash('sha256').update('a.tgz').digest('hex')}`;
  expect(sent().slice(1)).toMatchObject([
    { ...about, kind: 'commit' },
    { ...ended, kind: 'run' },
    { ...ended, kind: 'artifact', artifacts: [{ name: 'a.tgz', size: 5, digest }] },
    { ...ended, kind: 'test-result', contents: [{ name: 'junit.xml', text: '<testsuite/>' }] },
    { ...ended, kind: 'document', contents: [{ name: 'd.pdf', base64: '/wA=' }] },
    { ...ended, kind: 'artifact', artifacts: [{ digest: built, name: 'registry.test/app:1' }] },
    { ...ended, kind: 'deployment-status', commits: [third], artifacts: [{ digest }, { digest: built }] },
  ]);
});

it('hands in no file whole when it is told to', async () => {
  trigger.plan(accepted);
  await run(words(first, '--junit', repository.file('junit.xml', '<testsuite/>'), '--digests-only'), ENVIRONMENT);
  expect(sent().at(-1)).toMatchObject({ kind: 'test-result', artifacts: [{ name: 'junit.xml', size: 12 }] });
});

it('without git it hands in files and run alone', async () => {
  trigger.plan(accepted);
  const options = [
    '--change',
    'CHG-7',
    '--no-commits',
    '--url',
    trigger.url,
    '--wait',
    '0',
    '--repository',
    '/no/such/folder',
  ];
  const outcome = await run(['collect', ...options, '--log', repository.file('apply.log', 'done')], ENVIRONMENT);
  expect(outcome.exitCode).toBe(0);
  expect(sent().map(({ kind }) => kind)).toEqual(['document', 'execution-log']);
});

it('names the same facts by the same key when it is run again, at another time', async () => {
  trigger.plan(accepted, accepted, [200, { result: 'duplicate' }]);
  await run(words(first), ENVIRONMENT);
  const later = { ...rimOf(ENVIRONMENT), now: () => Date.now() + 5000 };
  const again = await run(words(first), ENVIRONMENT, later);
  expect([again.exitCode, sentPieces(again.output)]).toEqual([
    0,
    ['1/2 document (1): duplicate', '2/2 commit (2): duplicate'],
  ]);
  const keys = sent().map(({ idempotencyKey }) => idempotencyKey);
  expect(keys.slice(0, 2)).toEqual(keys.slice(2));
});

it.each<[string, readonly [number, object | string], RegExp]>([
  ['unavailable', [503, { result: 'unavailable' }], /1\/2 document: unavailable: it could not be stored now/],
  ['unauthorized', [401, { result: 'unauthorized' }], /signature was not accepted/],
  ['invalid', [400, { result: 'invalid' }], /not understood/],
  ['ignored', [202, { result: 'ignored' }], /not wanted/],
  ['nothing of this app', [200, 'ok'], /not as this app does/],
])('could not be done when the answer is %s', async (_, answer, text) => {
  trigger.plan(answer);
  expect(await run(words(first), ENVIRONMENT)).toMatchObject({
    exitCode: 2,
    complaint: expect.stringMatching(text) as string,
  });
});

describe('when sending goes wrong', () => {
  function world() {
    let at = Date.now();
    const slept: number[] = [];
    const sleep = (milliseconds: number) => {
      slept.push(milliseconds);
      at += milliseconds;
      return Promise.resolve();
    };
    return { slept, rim: { ...rimOf(ENVIRONMENT), now: () => at, sleep } };
  }
  const patient = (): string[] => [...words(first), '--wait', '60'];

  it.each<[string, (Plan | 'lost')[]]>([
    ['the connection is lost after it was taken', ['lost', [200, { result: 'duplicate' }]]],
    ['it is limited', [[429, 'slow'], accepted]],
    ['a proxy fails', [[502, '<html>'], [504, ''], accepted]],
    ['it is unavailable', [[503, { result: 'unavailable' }], accepted]],
  ])('the same piece is sent again under the same key: %s', async (_, plan) => {
    trigger.plan(...plan);
    const { rim, slept } = world();
    expect(await run(patient(), ENVIRONMENT, rim)).toMatchObject({ exitCode: 0 });
    expect(slept.length).toBe(plan.length - 1);
    const keys = sent().map(({ idempotencyKey }) => idempotencyKey);
    expect(new Set(keys.slice(0, plan.length)).size).toBe(1);
    expect(new Set(keys).size).toBe(2);
    expect(new Set(trigger.bodies).size).toBe(2);
  });

  it('stops at the piece that is not stored, and says how far it came', async () => {
    trigger.plan(accepted, [503, { result: 'unavailable' }]);
    const { rim } = world();
    const outcome = await run([...patient(), '--json'], ENVIRONMENT, rim);
    expect(outcome.exitCode).toBe(2);
    expect(JSON.parse(outcome.output)).toMatchObject({
      stored: false,
      of: 2,
      pieces: [
        { number: 1, result: 'accepted', attempts: 1 },
        { number: 2, result: 'unavailable', attempts: 8 },
      ],
    });
  });
});

it.each<[string, () => string[], 1 | 2, RegExp]>([
  ['nothing since then', () => words('HEAD'), 1, /nothing to hand in: no commit since HEAD, as --since names it/],
  ['no such reference', () => words('nowhere'), 2, /There is no commit "nowhere"/],
  [
    'a reference that looks like an option',
    () =>
      words('')
        .map((word) => (word === '--since' ? '--since=--all' : word))
        .filter((word) => word !== ''),
    2,
    /no commit "--all"/,
  ],
  ['no repository', () => [...words('HEAD'), '--repository', repository.root], 2, /not a git repository/],
  ['no such folder', () => [...words('HEAD'), '--repository', '/no/such'], 2, /cannot change to|No such file/],
  ['a change that is none', () => words(first, '--change', 'chg-7'), 2, /is no key of a Jira issue/],
  [
    'no base that is known',
    () => words('').filter((word) => word !== '' && word !== '--since'),
    2,
    /Nothing says what was deployed last.*--since REF/,
  ],
  ['no secret', () => words(first, '--secret-env', 'UNSET'), 2, /UNSET, which is not set/],
  ['another API', () => words(first, '--api', 'sourceforge'), 2, /--api is one of github/],
  ['a digest that is none', () => words(first, '--artifact-digest', 'sha1:abc'), 2, /--artifact-digest is sha256/],
  ['a wait that is none', () => words(first, '--wait', 'long'), 2, /--wait is a number/],
  ['an option that is none', () => words(first, '--push'), 2, /Unknown option '--push'/],
  [
    'an environment over two lines',
    () => words(first, '--environment', 'a\nb', '--artifact', repository.file('x', 'x')),
    2,
    /shape\.environment/,
  ],
])('hands in nothing, and says why: %s', async (_, given, exitCode, text) => {
  trigger.plan(accepted);
  const outcome = await run(given(), ENVIRONMENT);
  expect([outcome.exitCode, outcome.complaint ?? outcome.output]).toEqual([exitCode, expect.stringMatching(text)]);
  expect(trigger.bodies).toEqual([]);
});

it('with something missing hands in the rest, and the answer is no', async () => {
  trigger.plan(accepted);
  const { exitCode, output } = await run(words(first, '--artifact', 'nothing.tgz'), ENVIRONMENT);
  expect([exitCode, output]).toEqual([1, expect.stringMatching(/^missing: --artifact nothing\.tgz: ENOENT$/m)]);
  expect(sent()).toMatchObject([
    { kind: 'document' },
    { kind: 'not-obtained', notObtained: [{ kind: 'artifact', because: '--artifact nothing.tgz: ENOENT' }] },
    { kind: 'commit' },
  ]);
});

it('a dry run shows what would be sent and sends nothing, with neither address nor secret', async () => {
  trigger.plan(accepted);
  const told = ['collect', '--change', 'CHG-7', '--since', first, '--repository', repository.folder, '--dry-run'];
  const { exitCode, output } = await run(told, {});
  expect([exitCode, output]).toEqual([
    0,
    expect.stringMatching(/Nothing is sent\. It would be:\n1\/2 document \(1\): \d+ bytes\n2\/2 commit/),
  ]);
  const { pieces } = JSON.parse((await run([...told, '--json'], {})).output) as { pieces: { envelope: unknown }[] };
  expect(pieces.map(({ envelope }) => readEnvelope(envelope))).toMatchObject([{ ok: true }, { ok: true }]);
  expect(trigger.bodies).toEqual([]);
});

it('finds the change by the branch of the run', async () => {
  trigger.plan(accepted);
  const runner = {
    ...ENVIRONMENT,
    BITBUCKET_BUILD_NUMBER: '1',
    BITBUCKET_BRANCH: 'CHG-9-firewall',
    BITBUCKET_REPO_FULL_NAME: 'w/r',
  };
  const told = words(first, '--api', 'none').filter((word) => word !== '--change' && word !== 'CHG-7');
  expect(await run(told, runner)).toMatchObject({ exitCode: 0 });
  expect(new Set(sent().map(({ change }) => change))).toEqual(new Set(['CHG-9']));
});

it('never prints a secret: not in answers, errors, addresses or what it says aloud', async () => {
  const planted = {
    CHANGE_PIPELINE_SECRET: SECRET,
    DEPLOY_PASSWORD: 'planted-password-1',
    NPM_TOKEN: 'planted-token-2',
    GITHUB_RUN_ID: '1',
    GITHUB_SERVER_URL: 'https://bot:planted-token-2@github.com',
    GITHUB_REPOSITORY: 'acme/fw',
    GITHUB_WORKFLOW: 'planted-password-1',
  };
  const said: string[] = [];
  const rim = { ...rimOf(planted), say: (line: string) => void said.push(line) };
  const file = repository.file('leak.log', 'login planted-password-1 ok');
  const outcomes: unknown[] = [];
  for (const more of [
    ['--log', file, '--api', 'none'],
    ['--log', file, '--api', 'none', '--json'],
    ['--log', file, '--api', 'none', '--dry-run', '--json'],
    ['--since', 'planted-token-2'],
    ['--repository', '/no/planted-token-2'],
    ['--document', 'planted-token-2/*.txt', '--api', 'none'],
    ['--url', `https://planted-user:planted-token-2@example.test/`],
    ['--actor', SECRET, '--api', 'none'],
    ['--planted-token-2'],
  ]) {
    trigger.plan(accepted);
    outcomes.push(await run(words(first, '--verbose', ...more), planted, rim));
    expect(trigger.bodies.join('')).not.toMatch(/planted-password-1 ok|bot:planted/);
  }
  trigger.plan([500, SECRET]);
  outcomes.push(await run(words(first, '--verbose', '--api', 'none'), planted, rim));
  expect(outcomes).toHaveLength(10);
  expect(said.length).toBeGreaterThan(10);
  const printed = JSON.stringify([outcomes, said]);
  for (const secret of [SECRET, 'planted-password-1', 'planted-token-2']) expect(printed).not.toContain(secret);
});
