/** The deploy gate and the command line on a running site, with a real git repository. */
import { execFile, execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { signedHeaders } from '../../../src/providers/envelope';
import type { PolicyView } from '../../../src/contract/policy';
import { startSite, type RunningSite } from '../running-site';
import { Drive } from './drive';

/** The command line signs with this machine's clock, so the site starts at its time. */
const START = Date.now();
const HOUR = 60 * 60 * 1000;
const at = (hours: number): string => new Date(START + hours * HOUR).toISOString();
const jiraTime = (hours: number): string => at(hours).replace('Z', '+0000');

const repository = mkdtempSync(join(tmpdir(), 'gate-'));
const CLI = '.build/cli/change-control.cjs';
let site: RunningSite;
let drive: Drive;
let base: string;

const git = (...args: readonly string[]): string =>
  execFileSync(
    'git',
    ['-C', repository, '-c', 'user.name=Imani Clarke', '-c', 'user.email=implementer@example.test', ...args],
    {
      encoding: 'utf8',
      env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null' },
    },
  ).trim();

function commit(message: string): string {
  writeFileSync(join(repository, 'rules.conf'), `${message}\n`, { flag: 'a' });
  git('add', '.');
  git('commit', '-qm', message);
  return git('rev-parse', 'HEAD');
}

beforeAll(async () => {
  if (!existsSync(CLI)) throw new Error(`${CLI} is missing: node .tooling/bundle-cli.mjs makes it`);
  git('init', '-q', '-b', 'main');
  base = commit('Before it');
  site = await startSite({ now: at(0) });
  drive = new Drive(site.base);
}, 180_000);

afterAll(async () => {
  await site.stop();
  rmSync(repository, { recursive: true });
});

const trigger = (name: string): string => `${site.base}/forge/webtrigger/${name}`;

interface Ran {
  readonly status: number;
  readonly output: string;
}

/** The bundle, run as a pipeline runs it: alone, with its secret in the environment. */
const cli = (...args: readonly string[]): Promise<Ran> =>
  new Promise((resolve) => {
    const env = {
      PATH: process.env['PATH'],
      CHANGE_GATE_SECRET: 'local-gate-secret',
      CHANGE_PIPELINE_SECRET: 'local-pipeline-secret',
    };
    execFile(process.execPath, [CLI, ...args, '--wait', '20'], { env }, (error, stdout, stderr) => {
      resolve({ status: error === null ? 0 : Number(error.code), output: `${stdout}${stderr}` });
    });
  });

const collect = (change: string, since: string): Promise<Ran> =>
  cli(
    ...['collect', '--change', change, '--since', since, '--repository', repository],
    '--url',
    trigger('evidence-intake?source=pipeline'),
  );

const gate = (change: string, commitId: string, actor = 'implementer'): Promise<Ran> =>
  cli(
    ...['gate', '--change', change, '--environment', 'production', '--commit', commitId],
    ...['--actor', actor, '--email', `${actor}@example.test`, '--url', trigger('deploy-gate')],
  );

interface How {
  readonly secret?: string;
  readonly hours?: number;
  readonly age?: number;
  readonly nonce?: string;
  readonly cut?: number;
}

/** A question as any HTTP client asks it; `hours` is where the site's clock stands. */
async function ask(question: object, how: How = {}): Promise<readonly [number, unknown]> {
  const {
    secret = 'local-gate-secret',
    hours = 0,
    age = 0,
    nonce = randomBytes(24).toString('base64url'),
    cut = 0,
  } = how;
  const body = JSON.stringify(question);
  const seconds = hours === 0 ? Date.now() / 1000 : Date.parse(at(hours)) / 1000;
  const headers = signedHeaders(secret, { timestamp: Math.floor(seconds) - age, nonce, body });
  const sent = { method: 'POST', headers: { ...headers }, body: body.slice(0, body.length - cut) };
  const response = await fetch(trigger('deploy-gate'), sent);
  return [response.status, ((await response.json()) as { verdict: unknown }).verdict];
}

const questionOf = (change: string, commitId: string, name = 'Imani Clarke') => ({
  change,
  environment: 'production',
  commits: [commitId],
  actor: { name },
});

const window = { 'Change window start': jiraTime(-1), 'Change window end': jiraTime(2) };

async function approve(key: string): Promise<void> {
  await drive.as('reviewer').decide(key, 'approved', 'One port, logged.');
  await drive.as('authority').decide(key, 'approved', 'Needed for the patch process.');
  await drive.settle();
}

async function approvedWith(message: string): Promise<readonly [key: string, commitId: string]> {
  const key = await drive.propose(window);
  const since = git('rev-parse', 'HEAD');
  const id = commit(`${key} ${message}`);
  expect(await collect(key, since)).toMatchObject({ status: 0 });
  await drive.settle();
  await approve(key);
  return [key, id];
}

describe('a change from commit to deployment, by the command line', () => {
  let key: string;
  let id: string;

  it('collect hands in its commit, once', async () => {
    key = await drive.propose(window);
    id = commit(`${key} open the port`);
    for (const word of ['accepted', 'duplicate'])
      expect(await collect(key, base)).toEqual({
        status: 0,
        output: expect.stringMatching(
          new RegExp(`1/2 document \\(1\\): ${word}\n2/2 commit \\(1\\): ${word}\n$`),
        ) as string,
      });
    await drive.settle();
    const { evidence } = await drive.read(key);
    expect(evidence).toHaveLength(2);
    expect(evidence.find(({ kind }) => kind === 'commit')).toMatchObject({ id, source: 'pipeline', facts: 1 });
    expect(evidence.find(({ kind }) => kind === 'document')).toMatchObject({ source: 'pipeline', facts: 1 });
  });

  it('is blocked before it is approved', async () => {
    expect(await gate(key, id)).toEqual({ status: 1, output: expect.stringMatching(/blocked-not-approved/) as string });
  });

  it('is allowed once it is', async () => {
    await approve(key);
    expect(await gate(key, id)).toEqual({ status: 0, output: expect.stringMatching(/: allowed: /) as string });
  });

  it('is blocked for a commit that came later, until it is approved again', async () => {
    const later = commit(`${key} one more thing`);
    expect(await gate(key, later)).toMatchObject({
      status: 1,
      output: expect.stringMatching(/blocked-commit/) as string,
    });
    await collect(key, id);
    await drive.settle();
    expect(await gate(key, later)).toMatchObject({
      status: 1,
      output: expect.stringMatching(/blocked-commit/) as string,
    });
    await drive.as('authority').decide(key, 'withdrawn', 'A commit came later.');
    await drive.as('authority').decide(key, 'approved', 'Looked at the later commit too.');
    await drive.settle();
    expect(await gate(key, later)).toMatchObject({ status: 0 });
  });

  it.each(['reviewer', 'authority', 'nobody-here'])('is blocked for %s as the person who deploys', async (actor) => {
    expect(await gate(key, id, actor)).toMatchObject({
      status: 1,
      output: expect.stringMatching(/blocked-actor/) as string,
    });
  });

  it('is blocked again after an edit', async () => {
    await drive.as('owner').edit(key, { Scope: 'Two rules on the enclave firewall.' });
    expect(await gate(key, id)).toMatchObject({ status: 1, output: expect.stringMatching(/blocked-voided/) as string });
  });

  it('has every answer in its history, the same one once', async () => {
    await drive.settle();
    const told = (await drive.read(key)).timeline
      .map((entry) => JSON.stringify(entry))
      .filter((entry) => entry.includes('deploy gate'));
    const answers = told.map((entry) => /answered ([a-z-]+)/.exec(entry)?.[1]);
    expect(answers.sort()).toEqual(
      [
        'allowed',
        'allowed',
        'blocked-actor',
        'blocked-actor',
        'blocked-actor',
        // Once because no evidence named it, once because the evidence came after the approval.
        'blocked-commit',
        'blocked-commit',
        'blocked-not-approved',
        'blocked-voided',
      ].sort(),
    );
  });

  it('is not known, or not controlled', async () => {
    expect(await gate('CHG-99999', id)).toMatchObject({
      status: 1,
      output: expect.stringMatching(/unknown-change/) as string,
    });
  });
});

describe('a question', () => {
  let key: string;
  let id: string;
  beforeAll(async () => {
    [key, id] = await approvedWith('for questions');
  });

  it.each<[string, How, number, string]>([
    ['a wrong key', { secret: 'local-pipeline-secret' }, 401, 'unauthorized'],
    ['an old timestamp', { age: 310 }, 401, 'unauthorized'],
    ['a timestamp ahead', { age: -310 }, 401, 'unauthorized'],
    ['a cut-off body', { cut: 1 }, 401, 'unauthorized'],
    ['nothing wrong', {}, 200, 'allowed'],
  ])('with %s', async (_, how, status, verdict) => {
    expect(await ask(questionOf(key, id), how)).toEqual([status, verdict]);
  });

  it('is answered once for each nonce, also when it was refused', async () => {
    const nonce = randomBytes(24).toString('base64url');
    expect(await ask({ ...questionOf(key, id), commits: [] }, { nonce })).toEqual([400, 'invalid']);
    expect(await ask(questionOf(key, id), { nonce })).toEqual([401, 'unauthorized']);
  });

  it('is pending from the moment a fact is accepted until it is recorded, also while lists lag behind', async () => {
    await drive.faults({ events: { delayMs: 60_000 } });
    const since = git('rev-parse', 'HEAD');
    commit(`${key} while the queue is slow`);
    expect(await collect(key, since)).toMatchObject({ status: 0 });
    await drive.faults({});
    const [status, verdict] = await ask(questionOf(key, id));
    await drive.settle();
    expect([status, verdict]).toEqual([425, 'pending']);
    expect(await ask(questionOf(key, id))).toEqual([200, 'allowed']);
  });

  it('is unavailable while Jira or storage does not answer', async () => {
    for (const faults of [{ jira: { failEvery: 1 } }, { kvs: { failEvery: 1 } }]) {
      await drive.faults(faults);
      expect(await ask(questionOf(key, id))).toEqual([503, 'unavailable']);
    }
    await drive.faults({});
  });
});

describe('the clock and the policy', () => {
  it('a freeze period holds it up, and lets go when it is taken back; the window closes it', async () => {
    const [key, id] = await approvedWith('for the calendar');
    const admin = (functionKey: string, payload: unknown = {}): Promise<unknown> =>
      drive.as('admin').request('POST', '/forge/invoke/change-control-admin', { functionKey, payload, context: {} });
    const setFreezes = async (freezes: readonly object[]): Promise<void> => {
      const { version, policy } = (await admin('policy.read')) as PolicyView;
      await admin('policy.save', { basedOn: version, policy: { ...policy, freezes }, reason: 'The books close.' });
    };
    const freeze = { id: 'books', name: 'The books', start: at(-24), end: at(24), systems: [] };
    await setFreezes([freeze]);
    expect(await ask(questionOf(key, id))).toEqual([409, 'blocked-freeze']);
    await setFreezes([]);
    expect(await ask(questionOf(key, id))).toEqual([200, 'allowed']);
    await drive.clock(at(2.01));
    expect(await ask(questionOf(key, id), { hours: 2.01 })).toEqual([409, 'blocked-window']);
  });
});
