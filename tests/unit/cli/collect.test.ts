import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../../src/cli/arguments';
import { MAX_PIECE_BYTES, pieces } from '../../../src/cli/collect/pieces';
import { readEnvelope, type Envelope } from '../../../src/providers/pipeline/envelope';
import { SECRET, WebTrigger } from './web-trigger';

const trigger = new WebTrigger();
const folder = mkdtempSync(join(tmpdir(), 'collect-'));
const repository = join(folder, 'repository');
const git = (...args: readonly string[]): string =>
  execFileSync('git', ['-C', repository, '-c', 'commit.gpgsign=false', ...args], {
    encoding: 'utf8',
    env: {
      ...process.env,
      GIT_AUTHOR_NAME: 'Zoë Ortiz',
      GIT_AUTHOR_EMAIL: 'zoe@example.test',
      GIT_AUTHOR_DATE: '2026-03-01T10:00:00+02:00',
      GIT_COMMITTER_NAME: 'Web Flow',
      GIT_COMMITTER_EMAIL: 'noreply@example.test',
      GIT_COMMITTER_DATE: '2026-03-01T11:00:00+02:00',
      GIT_CONFIG_GLOBAL: '/dev/null',
    },
  }).trim();

function commit(message: string, files: Readonly<Record<string, string>>): string {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(repository, name), text);
  git('add', '.');
  git('commit', '--allow-empty', '-m', message);
  return git('rev-parse', 'HEAD');
}

let first: string, second: string, third: string;
beforeAll(async () => {
  mkdirSync(repository);
  git('init', '-q', '-b', 'main');
  first = commit('Before it', { a: '1' });
  second = commit('CHG-7 open the port\n\nTwo lines: ünïcode', { 'rules file.conf': 'permit', a: '2' });
  third = commit('Nothing', {});
  await trigger.start();
});
afterAll(async () => {
  await trigger.stop();
  rmSync(folder, { recursive: true });
});

const ENVIRONMENT = { CHANGE_PIPELINE_SECRET: SECRET };
const words = (since: string, ...more: readonly string[]): string[] => [
  ...[
    'collect',
    '--change',
    'CHG-7',
    '--since',
    since,
    '--repository',
    repository,
    '--url',
    trigger.url,
    '--wait',
    '0',
  ],
  ...more,
];
const accepted = [202, { result: 'accepted' }] as const;
const sent = (): Envelope[] =>
  trigger.bodies.map((body) => {
    const read = readEnvelope(JSON.parse(body));
    if (!read.ok) throw new Error(read.reason);
    return read.envelope;
  });

it('hands in the commits since a reference, oldest first, with all that git knows of them', async () => {
  trigger.plan(accepted);
  expect(await run(words(first), ENVIRONMENT)).toEqual({ exitCode: 0, output: 'commit (2): accepted' });
  const people = {
    author: { name: 'Zoë Ortiz', email: 'zoe@example.test' },
    committer: { name: 'Web Flow', email: 'noreply@example.test' },
    authoredAt: '2026-03-01T10:00:00+02:00',
    committedAt: '2026-03-01T11:00:00+02:00',
    signature: 'none',
  };
  expect(sent()).toMatchObject([
    {
      change: 'CHG-7',
      kind: 'commit',
      commits: [
        {
          id: second,
          message: 'CHG-7 open the port\n\nTwo lines: ünïcode',
          ...people,
          files: ['a', 'rules file.conf'],
          fileCount: 2,
        },
        { id: third, message: 'Nothing', ...people, files: [], fileCount: 0 },
      ],
    },
  ]);
});

it('hands in the run and the digests of files, about the commits', async () => {
  const file = (name: string): string => {
    writeFileSync(join(folder, name), name);
    return join(folder, name);
  };
  trigger.plan(accepted);
  const runner = {
    ...ENVIRONMENT,
    GITHUB_RUN_ID: '42',
    GITHUB_RUN_ATTEMPT: '2',
    GITHUB_REPOSITORY: 'acme/enclave',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_TRIGGERING_ACTOR: 'zoe',
  };
  const options = [
    '--artifact',
    file('a.tgz'),
    '--junit',
    file('junit.xml'),
    '--document',
    file('d.pdf'),
    '--environment',
    'production',
    '--state',
    'success',
  ];
  expect(await run(words(first, ...options), runner)).toMatchObject({ exitCode: 0 });
  const about = {
    change: 'CHG-7',
    repository: 'acme/enclave',
    run: { id: '42', attempt: '2', url: 'https://github.com/acme/enclave/actions/runs/42' },
    actor: { name: 'zoe' },
  };
  const ended = { ...about, environment: 'production', state: 'success', commits: [second, third] };
  const artifact = (name: string) => ({
    name,
    size: name.length,
    digest: `sha256:${createHash('sha256').update(name).digest('hex')}`,
  });
  expect(sent()).toMatchObject([
    { ...about, kind: 'commit' },
    { ...ended, kind: 'run' },
    { ...ended, kind: 'artifact', artifacts: [artifact('a.tgz')] },
    { ...ended, kind: 'test-result', artifacts: [artifact('junit.xml')] },
    { ...ended, kind: 'document', artifacts: [artifact('d.pdf')] },
  ]);
});

it('names the same facts by the same key when it is run again', async () => {
  trigger.plan(accepted, [200, { result: 'duplicate' }]);
  await run(words(first), ENVIRONMENT);
  expect(await run(words(first), ENVIRONMENT)).toEqual({ exitCode: 0, output: 'commit (2): duplicate' });
  const [one, two] = sent();
  expect(one?.idempotencyKey).toBe(two?.idempotencyKey);
});

it('tells a signature that cannot be checked from none', async () => {
  const tree = git('rev-parse', 'HEAD^{tree}');
  const object = `tree ${tree}\nparent ${third}\nauthor Z <z@example.test> 1772352000 +0000\ncommitter Z <z@example.test> 1772352000 +0000\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n AAAA\n -----END PGP SIGNATURE-----\n\nSigned\n`;
  const id = execFileSync('git', ['-C', repository, 'hash-object', '-t', 'commit', '-w', '--stdin'], {
    input: object,
    encoding: 'utf8',
  }).trim();
  git('update-ref', 'refs/heads/main', id);
  trigger.plan(accepted);
  await run(words(third), ENVIRONMENT);
  git('update-ref', 'refs/heads/main', third);
  expect(sent()[0]?.commits).toMatchObject([{ id, signature: 'unverified' }]);
});

it.each<[string, readonly [number, object | string], RegExp]>([
  ['unavailable', [503, { result: 'unavailable' }], /unavailable: it could not be stored now/],
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

it.each<[string, () => string[], 1 | 2, RegExp]>([
  ['nothing since then', () => words('HEAD'), 1, /nothing to hand in/],
  ['no such reference', () => words('nowhere'), 2, /There is no commit "nowhere"/],
  [
    'a reference that looks like an option',
    () =>
      words('HEAD')
        .map((word) => (word === 'HEAD' ? '--since=--all' : word))
        .filter((word) => word !== '--since'),
    2,
    /no commit "--all"/,
  ],
  ['no repository', () => [...words('HEAD'), '--repository', folder], 2, /git rev-parse failed/],
  ['a file that is not there', () => words(first, '--artifact', join(folder, 'nothing')), 2, /ENOENT/],
  ['a change that is none', () => words(first, '--change', 'chg-7'), 2, /is no key of a Jira issue/],
  ['no reference', () => words('HEAD').filter((word) => word !== '--since' && word !== 'HEAD'), 2, /--since is needed/],
  ['no secret', () => words(first, '--secret-env', 'UNSET'), 2, /UNSET, which is not set/],
])('hands in nothing, and says why: %s', async (_, given, exitCode, text) => {
  trigger.plan(accepted);
  const outcome = await run(given(), ENVIRONMENT);
  expect([outcome.exitCode, outcome.complaint ?? outcome.output]).toEqual([exitCode, expect.stringMatching(text)]);
  expect(trigger.bodies).toEqual([]);
});

it('refuses a shallow clone, which would leave commits out without a word', async () => {
  const shallow = join(folder, 'shallow');
  execFileSync('git', ['clone', '-q', '--depth', '1', `file://${repository}`, shallow], { stdio: 'ignore' });
  expect(await run(words('HEAD', '--repository', shallow), ENVIRONMENT)).toMatchObject({
    exitCode: 2,
    complaint: expect.stringMatching(/shallow/) as string,
  });
});

describe('pieces', () => {
  const envelope: Envelope = {
    change: 'CHG-7',
    kind: 'commit',
    commits: Array.from({ length: 2500 }, (_, i) => ({ id: String(i).padStart(40, '0'), message: 'ü'.repeat(100) })),
  };

  it('are under the limit, lose nothing, keep the order and have keys of their own', () => {
    const cut = pieces(envelope);
    expect(cut.flatMap(({ commits = [] }) => commits)).toEqual(envelope.commits);
    expect(Math.max(...cut.map((piece) => Buffer.byteLength(JSON.stringify(piece))))).toBeLessThanOrEqual(
      MAX_PIECE_BYTES,
    );
    expect(new Set(cut.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(cut.length);
    expect(cut.every((piece) => readEnvelope(piece).ok)).toBe(true);
    expect(cut.length).toBeGreaterThan(2);
  });

  it('are of at most 1,000 entries', () => {
    const ids = Array.from({ length: 2500 }, (_, i) => String(i).padStart(40, '0'));
    expect(pieces({ ...envelope, commits: ids }).map(({ commits }) => commits?.length)).toEqual([1000, 1000, 500]);
  });
});
