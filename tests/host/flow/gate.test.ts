/** The deploy gate and the command line on a running site, with a real git repository. */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { signedHeaders } from '../../../src/providers/envelope';
import type { PolicyView } from '../../../src/contract/policy';
import { startSite, type RunningSite } from '../running-site';
import { unzipPack } from '../../../src/pack/unzip';
import { verifyPack } from '../../../src/pack/verify';
import { Drive } from './drive';
import { Repository } from './signed-commits';

/** The command line signs with this machine's clock, so the site starts at its time. */
const START = Date.now();
const HOUR = 60 * 60 * 1000;
const at = (hours: number): string => new Date(START + hours * HOUR).toISOString();
const jiraTime = (hours: number): string => at(hours).replace('Z', '+0000');

const repository = new Repository('Imani Clarke', 'implementer@example.test');
const CLI = '.build/cli/change-control.cjs';
let site: RunningSite;
let drive: Drive;
let base: string;

const commit = (message: string): string => repository.commit(message);

beforeAll(async () => {
  if (!existsSync(CLI)) throw new Error(`${CLI} is missing: node .tooling/bundle-cli.mjs makes it`);
  base = commit('Before it');
  site = await startSite({ now: at(0) });
  drive = new Drive(site.base);
}, 180_000);

afterAll(async () => {
  await site.stop();
  repository.remove();
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
    ...['collect', '--change', change, '--since', since, '--repository', repository.folder],
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

/** A signed request as any HTTP client makes it; `hours` is where the site's clock stands. */
async function post(address: string, said: object, how: How): Promise<readonly [number, Record<string, unknown>]> {
  const {
    secret = 'local-gate-secret',
    hours = 0,
    age = 0,
    nonce = randomBytes(24).toString('base64url'),
    cut = 0,
  } = how;
  const body = JSON.stringify(said);
  const seconds = hours === 0 ? Date.now() / 1000 : Date.parse(at(hours)) / 1000;
  const headers = signedHeaders(secret, { timestamp: Math.floor(seconds) - age, nonce, body });
  const sent = { method: 'POST', headers: { ...headers }, body: body.slice(0, body.length - cut) };
  const response = await fetch(trigger(address), sent);
  return [response.status, (await response.json()) as Record<string, unknown>];
}

async function ask(question: object, how: How = {}): Promise<readonly [number, unknown]> {
  const [status, { verdict }] = await post('deploy-gate', question, how);
  return [status, verdict];
}

/** What a pipeline says afterwards: it deployed these commits. */
async function deployed(change: string, run: string, commits: readonly string[], how: How = {}): Promise<void> {
  const said = { change, kind: 'deployment', environment: 'production', commits, run, state: 'success' };
  const at = { ...how, secret: 'local-pipeline-secret' };
  expect((await post('evidence-intake?source=pipeline', said, at))[0]).toBe(202);
  await drive.settle();
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
  const since = repository.head();
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
    const since = repository.head();
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

const admin = (functionKey: string, payload: unknown = {}): Promise<unknown> =>
  drive.as('admin').request('POST', '/forge/invoke/change-control-admin', { functionKey, payload, context: {} });

async function setFreezes(freezes: readonly object[]): Promise<void> {
  const { version, policy } = (await admin('policy.read')) as PolicyView;
  await admin('policy.save', { basedOn: version, policy: { ...policy, freezes }, reason: 'The books close.' });
}

/** The implementer's public key, so that the site can verify what they sign. */
async function registerKey(): Promise<void> {
  const source = { form: 'text', text: repository.publicKey };
  const { version } = (await admin('trust.read')) as { version: string };
  const { keys } = (await admin('trust.inspect', { source })) as { keys: readonly { fingerprint: string }[] };
  const whose = { kind: 'account', accountId: await drive.accountOf('implementer') };
  const named = keys.map(({ fingerprint }) => ({ fingerprint, label: 'Imani', whose, from: null, until: null }));
  await admin('trust.register', { basedOn: version, source, keys: named, reason: 'Imani signs with it.' });
}

async function packOf(key: string): Promise<Uint8Array> {
  const authorization = `Basic ${Buffer.from('auditor:any').toString('base64')}`;
  const response = await fetch(`${site.base}/forge/pack/${key}`, { method: 'POST', headers: { authorization } });
  return new Uint8Array(await response.arrayBuffer());
}

/** Last, because it moves the clock. */
describe('a signed and an unsigned commit, from the first question to the deployments and the pack', () => {
  let key: string;
  let signed: string;
  let unsigned: string;
  const both = () => ({ ...questionOf(key, signed), commits: [signed, unsigned] });

  beforeAll(async () => {
    await registerKey();
    key = await drive.propose(window);
    const since = repository.head();
    signed = repository.commit(`${key} allow SFTP`, { signed: true });
    unsigned = repository.commit(`${key} and log it`);
    expect([repository.verifies(signed), repository.verifies(unsigned)]).toEqual([true, false]);
    expect(await collect(key, since)).toMatchObject({ status: 0 });
    await drive.settle();
  });

  it('the gate follows the change: not approved, allowed, frozen, edited, over, another commit', async () => {
    expect(await ask(both())).toEqual([409, 'blocked-not-approved']);
    await approve(key);
    expect(await ask(both())).toEqual([200, 'allowed']);
    expect(await ask({ ...both(), commits: [signed, base] })).toEqual([409, 'blocked-commit']);
    await setFreezes([{ id: 'books', name: 'The books', start: at(-24), end: at(24), systems: [] }]);
    expect(await ask(both())).toEqual([409, 'blocked-freeze']);
    await setFreezes([]);
    // In the order in which it happens: asked, allowed, deployed.
    expect(await ask(questionOf(key, signed))).toEqual([200, 'allowed']);
    await deployed(key, 'first', [signed]);
    await drive.as('owner').edit(key, { Scope: 'Two rules on the enclave firewall.' });
    expect(await ask(questionOf(key, unsigned))).toEqual([409, 'blocked-voided']);
    await approve(key);
    await drive.clock(at(2.01));
    expect(await ask(questionOf(key, unsigned), { hours: 2.01 })).toEqual([409, 'blocked-window']);
    await deployed(key, 'second', [unsigned], { hours: 2.01 });
    await deployed(key, 'third', [repository.commit('Nobody asked for it')], { hours: 2.01 });
  });

  it('the panel shows every answer, each linked to the deployment that followed, and what nobody asked for', async () => {
    const { gate: answers, deployments, verdict, evidence } = await drive.read(key);
    const told = answers.map(({ verdict: given, followedBy }) => [given, followedBy.map(({ name }) => name)]).reverse();
    expect(told).toEqual([
      ['blocked-not-approved', []],
      ['allowed', []],
      ['blocked-commit', []],
      ['blocked-freeze', []],
      ['allowed', ['first/production']],
      ['blocked-voided', []],
      ['blocked-window', ['second/production']],
    ]);
    expect(deployments.map(({ name, answer }) => [name, answer?.verdict ?? null])).toEqual([
      ['first/production', 'allowed'],
      ['second/production', 'blocked-window'],
      ['third/production', null],
    ]);
    expect(verdict.exceptions.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['deployed-against-gate', 'deployed-unasked']),
    );
    const signatures = evidence.filter(({ kind }) => kind === 'commit-signature');
    expect(signatures.map(({ id, state }) => [id, state])).toEqual([[signed, 'verified']]);
  });

  it('the pack holds the same, and verifies', async () => {
    const pack = await packOf(key);
    expect(verifyPack(pack)).toMatchObject({ ok: true, breaks: [] });
    const { files } = unzipPack(pack);
    const textOf = (name: string) =>
      Buffer.from(files.find((file) => file.name === name)?.bytes ?? []).toString('utf8');
    const { gate: rows } = JSON.parse(textOf('3.4.3-b_evidence.json')) as {
      gate: { answers: { verdict: string; followedBy: unknown[] }[]; deployments: { answer: unknown }[] };
    };
    expect(rows.answers).toHaveLength(7);
    expect(rows.answers.filter(({ followedBy }) => followedBy.length > 0)).toHaveLength(2);
    expect(rows.deployments.map(({ answer }) => answer === null)).toEqual([false, false, true]);
    const report = textOf('3.4.3_report.html');
    for (const words of ['Questions and answers (7)', 'Deployments (3)', 'came without a question to the deploy gate'])
      expect(report).toContain(words);
  });
});
