import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../../src/cli/arguments';
import { rimOf } from '../../../src/cli/rim';
import { SECRET, WebTrigger } from './web-trigger';

const COMMIT = 'a1'.repeat(20);
const ARTIFACT = `sha256:${'c3'.repeat(32)}`;
const trigger = new WebTrigger();
beforeAll(() => trigger.start());
afterAll(() => trigger.stop());

const ENVIRONMENT = { CHANGE_GATE_SECRET: SECRET, OTHER: SECRET, WRONG: 'guess' };
const good = (): string[] => [
  ...['gate', '--change', 'CHG-7', '--environment', 'production', '--commit', COMMIT],
  ...['--actor', 'Dana', '--email', 'dana@example.test', '--url', trigger.url, '--wait', '0'],
];
const ask = (...more: readonly string[]) => run([...good(), ...more], ENVIRONMENT);
const verdict = (word: string) => ({ verdict: word });

it.each<[string, number, object | string, number, RegExp]>([
  ['allowed', 200, verdict('allowed'), 0, /CHG-7 to production: allowed: it may be deployed/],
  ['blocked', 409, verdict('blocked-window'), 1, /blocked-window: this is outside its change window/],
  ['an unknown change', 404, verdict('unknown-change'), 1, /no such change/],
  ['pending', 425, verdict('pending'), 2, /still being recorded/],
  ['unavailable', 503, verdict('unavailable'), 2, /could not find out/],
  ['invalid', 400, verdict('invalid'), 2, /did not understand/],
  ['a yes with another status', 202, verdict('allowed'), 2, /allowed/],
  ["a proxy's page", 200, '<html>', 2, /answered 200, and not as this app does/],
  ['a redirect', 302, '', 2, /answered 302/],
  ['a word that is not known', 409, verdict('blocked-mood'), 2, /not known to this program/],
  ['the name of a member of every object', 409, verdict('constructor'), 2, /not known to this program/],
])('%s', async (_, status, body, exitCode, text) => {
  trigger.plan([status, body]);
  const outcome = await ask();
  expect([outcome.exitCode, outcome.complaint ?? outcome.output]).toEqual([exitCode, expect.stringMatching(text)]);
});

it('asks exactly what it was told, each thing once', async () => {
  trigger.plan([200, verdict('allowed')]);
  await ask('--commit', COMMIT, '--artifact', ARTIFACT);
  expect(trigger.bodies.map((body) => JSON.parse(body) as unknown)).toEqual([
    {
      change: 'CHG-7',
      environment: 'production',
      commits: [COMMIT],
      artifacts: [ARTIFACT],
      actor: { name: 'Dana', email: 'dana@example.test' },
    },
  ]);
});

it('asks again while it is pending or unavailable, with a nonce of its own each time', async () => {
  trigger.plan([425, verdict('pending')], [200, verdict('allowed')]);
  const { exitCode, output } = await ask('--wait', '30', '--json');
  expect([exitCode, JSON.parse(output)]).toMatchObject([0, { verdict: 'allowed', attempts: 2 }]);
});

it('does not ask again after a no', async () => {
  trigger.plan([409, verdict('blocked-window')], [200, verdict('allowed')]);
  expect(await ask('--wait', '30')).toMatchObject({ exitCode: 1 });
});

it('gives up when nobody is there', async () => {
  const nobody = good().map((word) => (word === trigger.url ? 'http://127.0.0.1:9/' : word));
  expect(await run(nobody, ENVIRONMENT)).toMatchObject({
    exitCode: 2,
    complaint: expect.stringMatching(/could not be reached/) as string,
  });
});

it('reads the secret from the variable that it is told', async () => {
  trigger.plan([200, verdict('allowed')]);
  expect(await ask('--secret-env', 'OTHER')).toMatchObject({ exitCode: 0 });
  expect(await ask('--secret-env', 'WRONG')).toMatchObject({
    exitCode: 2,
    complaint: expect.stringMatching(/did not accept the signature/) as string,
  });
});

const without = (option: string): string[] => {
  const words = good();
  words.splice(words.indexOf(option), 2);
  return words;
};

it.each<[string, () => string[], RegExp]>([
  ['no change', () => without('--change'), /Which change is it about\?.*--change KEY/],
  ['a change in small letters', () => [...good(), '--change', 'chg-7'], /no key of a Jira issue/],
  ['no environment', () => without('--environment'), /"environment" is a name/],
  [
    'no commit and no artifact',
    () => [...without('--commit'), '--repository', tmpdir()],
    /at least one commit or artifact/,
  ],
  ['no actor', () => without('--actor'), /"actor" has a "name"/],
  ['a short commit', () => [...good(), '--commit', 'a1b2c3'], /"commits" is a list/],
  ['no address', () => without('--url'), /--url is the address/],
  ['another protocol', () => [...good(), '--url', 'ftp://example.test'], /--url is the address/],
  ['no secret', () => [...good(), '--secret-env', 'UNSET'], /UNSET, which is not set/],
  ['a wait that is no number', () => [...good(), '--wait', 'long'], /--wait is a number/],
  ['an interval of nothing', () => [...good(), '--interval', '0'], /--interval is a number/],
  ['a time that is none', () => [...good(), '--now', 'yesterday'], /--now is a time/],
  ['credentials in the address', () => [...good(), '--url', 'https://a:b-c-d-e@example.test/'], /holds credentials/],
  ['a file that is not there', () => [...good(), '--file', 'no/such/*.tgz'], /no file no\/such/],
  ['an option that is none', () => [...good(), '--force'], /Unknown option '--force'/],
  ['a wait of a day', () => [...good(), '--wait', '86400'], /--wait is a number/],
])('is explained with exit code 2, and asks nobody: %s', async (_, words, text) => {
  trigger.plan([200, verdict('allowed')]);
  const outcome = await run(words(), ENVIRONMENT);
  expect([outcome.exitCode, outcome.output, outcome.complaint]).toEqual([2, '', expect.stringMatching(text)]);
  expect(trigger.bodies).toEqual([]);
});

describe('while there is no answer', () => {
  /** A clock that is moved on by waiting alone. */
  function world() {
    const slept: number[] = [];
    let at = Date.now();
    const rim = {
      ...rimOf(ENVIRONMENT),
      now: () => at,
      sleep: (milliseconds: number) => {
        slept.push(milliseconds);
        at += milliseconds;
        return Promise.resolve();
      },
    };
    return { slept, rim };
  }
  const pending = [425, verdict('pending')] as const;

  it('waits ever longer, and no longer than it was told', async () => {
    trigger.plan(pending);
    const { slept, rim } = world();
    const outcome = await run([...good(), '--wait', '60'], ENVIRONMENT, rim);
    expect([outcome.exitCode, slept]).toEqual([2, [1, 2, 4, 8, 15, 15, 15].map((seconds) => seconds * 1000)]);
    expect(trigger.bodies).toHaveLength(8);
  });

  it('asks at the interval that it was told', async () => {
    trigger.plan(pending, pending, [200, verdict('allowed')]);
    const { slept, rim } = world();
    await run([...good(), '--wait', '60', '--interval', '5'], ENVIRONMENT, rim);
    expect(slept).toEqual([5000, 5000]);
  });

  it.each([
    ['seconds', '7', 7000],
    ['a date', 'DATE', 9000],
    ['what cannot be read', 'soon', 1000],
    ['longer than there is time', '600', 60_000],
  ])('waits as Retry-After says: %s', async (_, header, expected) => {
    const { slept, rim } = world();
    const date = new Date(Math.ceil(rim.now() / 1000) * 1000 + 9000).toUTCString();
    trigger.plan([429, 'slow down', { 'Retry-After': header === 'DATE' ? date : header }], [200, verdict('allowed')]);
    await run([...good(), '--wait', '60'], ENVIRONMENT, rim);
    expect(slept[0]).toBeGreaterThan(expected - 1000);
    expect(slept[0]).toBeLessThanOrEqual(expected + 1000);
  });

  it('asks again when the connection is lost', async () => {
    trigger.plan('lost', [200, verdict('allowed')]);
    const { slept, rim } = world();
    expect(await run([...good(), '--wait', '60'], ENVIRONMENT, rim)).toMatchObject({ exitCode: 0 });
    expect(slept).toEqual([1000]);
  });
});

describe('on a runner', () => {
  const SHA = 'b2'.repeat(20);
  const GITHUB = {
    ...ENVIRONMENT,
    CHANGE_ENVIRONMENT: 'production',
    GITHUB_RUN_ID: '1',
    GITHUB_SHA: SHA,
    GITHUB_TRIGGERING_ACTOR: 'dana',
    GITHUB_REF_NAME: 'CHG-12-firewall',
  };
  const asked = async (environment: Record<string, string>, ...more: readonly string[]) => {
    trigger.plan([200, verdict('allowed')]);
    const outcome = await run(['gate', '--wait', '0', ...more], { CHANGE_GATE_URL: trigger.url, ...environment });
    return trigger.bodies.length === 0
      ? outcome.complaint?.split('\n')[0]
      : (JSON.parse(trigger.bodies[0] ?? '') as unknown);
  };
  const of = { change: 'CHG-12', environment: 'production', commits: [SHA], artifacts: [], actor: { name: 'dana' } };

  it('asks about the change that the branch names, by what the runner says', async () => {
    expect(await asked(GITHUB)).toEqual(of);
  });

  it('an option wins over what the runner says', async () => {
    const told = [
      '--change',
      'OPS-1',
      '--environment',
      'staging',
      '--commit',
      COMMIT,
      '--actor',
      'Ana',
      '--email',
      'ana@x.test',
    ];
    expect(await asked({ ...GITHUB, CHANGE_KEY: 'CHG-3' }, ...told)).toEqual({
      change: 'OPS-1',
      environment: 'staging',
      commits: [COMMIT],
      artifacts: [],
      actor: { name: 'Ana', email: 'ana@x.test' },
    });
  });

  it('a variable wins over the branch', async () => {
    expect(await asked({ ...GITHUB, CHANGE_KEY: 'CHG-3' })).toEqual({ ...of, change: 'CHG-3' });
  });

  it('never guesses between two keys; a project tells them apart', async () => {
    const both = { ...GITHUB, GITHUB_REF_NAME: 'CHG-12-SHA-256' };
    expect(await asked(both)).toMatch(/The run names CHG-12, SHA-256/);
    expect(await asked(both, '--project', 'CHG')).toEqual(of);
  });

  it('asks for an artifact alone when one is named, and for a file by its digest', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gate-files-'));
    writeFileSync(join(folder, 'a.tgz'), 'a');
    const digest = 'sha256:ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb';
    expect(await asked(GITHUB, '--artifact', ARTIFACT, '--file', join(folder, '*.tgz'))).toEqual({
      ...of,
      commits: [],
      artifacts: [ARTIFACT, digest],
    });
    rmSync(folder, { recursive: true });
  });

  it('signs with the time that it is told', async () => {
    expect(await asked(GITHUB, '--now', '2026-01-01T00:00:00Z')).toMatch(
      /^CHG-12 to production: unauthorized: .* Check the secret/,
    );
  });
});

it.each<[string, number, string, Record<string, string>]>([
  ['allowed', 200, 'allowed', { verdict: 'allowed', attempts: '1' }],
  ['blocked', 409, 'blocked-freeze', { verdict: 'blocked-freeze' }],
  ['no answer', 500, 'x y', { verdict: 'no-answer' }],
  ['a yes with another status', 202, 'allowed', { verdict: 'no-answer' }],
])('writes its outputs to a file: %s', async (_, status, word, expected) => {
  const folder = mkdtempSync(join(tmpdir(), 'gate-outputs-'));
  const file = join(folder, 'outputs');
  writeFileSync(file, 'before=1\n');
  trigger.plan([status, verdict(word)]);
  await ask('--outputs', file);
  const lines = readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => line.split('='));
  expect(Object.fromEntries(lines)).toMatchObject({
    before: '1',
    change: 'CHG-7',
    environment: 'production',
    ...expected,
  });
  rmSync(folder, { recursive: true });
});

it('says so when its outputs cannot be written, whatever the verdict', async () => {
  trigger.plan([200, verdict('allowed')]);
  expect(await ask('--outputs', '/no/such/folder/outputs')).toMatchObject({
    exitCode: 2,
    complaint: expect.stringMatching(/allowed.*\n.*could not be written/) as string,
  });
});

it("says when this machine's clock is why a signature is not accepted", async () => {
  const ago = new Date(Date.now() - 3_600_000).toUTCString();
  trigger.plan([401, verdict('unauthorized'), { Date: ago }]);
  expect(await ask()).toMatchObject({
    exitCode: 2,
    complaint: expect.stringMatching(/clock is 36\d\d s ahead of/) as string,
  });
});

it('never prints the secret', async () => {
  const outcomes: unknown[] = [];
  const said: string[] = [];
  const rim = { ...rimOf(ENVIRONMENT), say: (line: string) => void said.push(line) };
  const aloud = (...more: readonly string[]) => run([...good(), '--verbose', ...more], ENVIRONMENT, rim);
  for (const [status, word] of [
    [200, 'allowed'],
    [409, 'blocked-actor'],
    [401, 'unauthorized'],
  ] as const) {
    trigger.plan([status, verdict(word)]);
    outcomes.push(await aloud(), await aloud('--json'), await aloud('--wait', 'x'), await aloud('--actor', SECRET));
  }
  expect(outcomes).toHaveLength(12);
  expect(said.length).toBeGreaterThan(6);
  expect(JSON.stringify([outcomes, said])).not.toContain(SECRET);
});
