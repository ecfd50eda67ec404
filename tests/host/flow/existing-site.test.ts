/**
 * A project that worked by rules of its own before change control came, over HTTP: its issues are adopted, what nobody
 * approved is seen to, rules that were passed by are declared, and the licence lapses.
 */
import { unzipSync } from 'fflate';
import type { AdoptionsView, OrphanOpened, OrphansView, RegisterView } from '../../../src/contract/panel';
import { verifyPack } from '../../../src/pack/verify';
import { commit, push } from '../../unit/intake/bodies';
import { startSite, type RunningSite } from '../running-site';
import { attempt, Drive } from './drive';
import { anyStatus, ExistingSite, PROJECT } from './existing-site';

const OLD = 30;
let site: RunningSite;
let drive: Drive;
let own: ExistingSite;
let before: readonly string[];

beforeAll(async () => {
  site = await startSite({ kind: 'bare' });
  drive = new Drive(site.base);
  own = new ExistingSite(drive);
  await own.workedBefore();
  before = await own.tasks(OLD);
  const choices = await own.choices();
  await own.apply(choices);
}, 180_000);

afterAll(() => site.stop());

const codes = (list: readonly { readonly code: string }[]): readonly string[] => list.map(({ code }) => code);
const said = (pack: Uint8Array): string =>
  Object.values(unzipSync(pack))
    .map((file) => Buffer.from(file).toString('utf8'))
    .join('\n');

/** The clock of the site, further by so many minutes. */
async function later(minutes: number): Promise<void> {
  const { now } = (await own.admin('GET', '/forge/clock')) as { now: string };
  await drive.clock(new Date(Date.parse(now) + minutes * 60_000).toISOString());
}

describe('issues from before control began', () => {
  const adoption = async () => ((await own.ask('adopt.read')) as AdoptionsView).projects;

  it('are all adopted, in pages, also when the job is killed on the way', async () => {
    await drive.faults({ crashAt: 9 });
    await own.ask('adopt.start', { project: PROJECT });
    await drive.settle();
    await drive.faults({});
    expect(await adoption()).toMatchObject([{ project: PROJECT, state: 'done', read: OLD, adopted: OLD }]);
    expect(await attempt(() => own.ask('adopt.start', { project: PROJECT }, 'reviewer'))).toMatchObject({
      status: 403,
    });
    expect(await attempt(() => own.ask('adopt.start', { project: 'OPS' }))).toMatchObject({ status: 400 });
  });

  it('say so in panel, register and pack, whatever their status, and none is open', async () => {
    const { rows, complete } = (await own.register('register.read')) as RegisterView;
    expect([rows.length, complete, rows.filter(({ open }) => open)]).toEqual([OLD, true, []]);
    for (const key of before.slice(0, 7)) {
      const { verdict, status } = await drive.read(key);
      expect([status, verdict.open, codes(verdict.notices)]).toEqual([status, false, ['before-control']]);
      const decided = ['Approved', 'Scheduled', 'Executed', 'Closed'].includes(status);
      expect([status, codes(verdict.exceptions)]).toEqual([status, decided ? ['before-control'] : []]);
      expect([status, rows.find((row) => row.key === key)?.exceptions]).toEqual([status, decided ? 1 : 0]);
    }
    const pack = await own.pack(before[1] ?? '');
    expect(verifyPack(pack).breaks).toEqual([]);
    expect(said(pack)).toMatch(/was Approved already when change control began on [^,]+, which is no approval/);
    expect(await own.gate(before[1] ?? '')).toBe('blocked-not-approved');
  });

  it('one that came Approved is open once it is decided here', async () => {
    const [, key = ''] = before;
    await drive.as('requester').edit(key, await drive.complete());
    await drive.settle();
    await drive.as('reviewer').decide(key, 'approved', 'Read again under control.');
    await drive.as('authority').decide(key, 'approved', 'It stays.');
    await drive.settle();
    const { verdict } = await drive.read(key);
    expect([verdict.open, codes(verdict.exceptions)]).toEqual([true, ['before-control']]);
    expect(verdict.exceptions[0]?.sentence).not.toContain('opens nothing');
  });
});

describe('deliveries that no approved change explains', () => {
  const list = async (): Promise<OrphansView> => (await own.register('orphan.read')) as OrphansView;
  const open = (delivery: string, as = 'reviewer') => own.register('orphan.open', { delivery, project: PROJECT }, as);
  const discovered = async (): Promise<readonly string[]> => {
    const { issues } = (await own.admin('POST', '/rest/api/3/search/jql', {
      jql: `project = ${PROJECT} AND "Change type" = Discovered ORDER BY key DESC`,
      fields: ['summary'],
      maxResults: 100,
    })) as { issues: { key: string }[] };
    return issues.map(({ key }) => key);
  };
  const pushed = async (n: number): Promise<string> => {
    const known = new Set((await list()).orphans.map(({ delivery }) => delivery));
    expect(await own.github('push', push('refs/heads/main', [commit(n, 'Fix it'), commit(n + 1, 'Again')]))).toBe(
      'accepted',
    );
    await drive.settle();
    const added = (await list()).orphans.filter(({ delivery }) => !known.has(delivery));
    expect(added).toMatchObject([{ reason: 'names-no-change', about: { kinds: { commit: 2 } } }]);
    return added[0]?.delivery ?? '';
  };

  it('are on the register and the admin page, and opened once, with what they tell', async () => {
    const delivery = await pushed(0x1000);
    expect(((await own.ask('orphan.read')) as OrphansView).orphans).toEqual((await list()).orphans);
    for (const who of ['requester', 'auditor', 'bot', 'outsider'])
      for (const ask of [() => own.register('orphan.read', {}, who), () => open(delivery, who)])
        expect([who, (await attempt(ask)).status]).toEqual([who, 403]);
    const { change, opened } = (await open(delivery)) as OrphanOpened;
    expect(opened).toBe(true);
    await drive.settle();
    expect(await open(delivery)).toEqual({ change, opened: false });
    expect(await open(delivery, 'authority')).toEqual({ change, opened: false });
    expect(await discovered()).toEqual([change.key]);
    expect((await list()).orphans).toEqual([]);
    const view = await drive.read(change.key);
    expect(view).toMatchObject({ changeType: 'Discovered', controlled: true, verdict: { open: false } });
    expect(view.evidence.map(({ kind, source }) => [kind, source])).toEqual([
      ['commit', 'github'],
      ['commit', 'github'],
    ]);
  });

  it('are dismissed with a reason, and stay dismissed', async () => {
    const delivery = await pushed(0x2000);
    const dismiss = (reason: string) => own.register('orphan.dismiss', { delivery, reason });
    expect((await attempt(() => dismiss(' '))).status).toBe(400);
    expect(await dismiss('A test of the pipeline.')).toMatchObject({ orphans: [] });
    expect(await dismiss('A test of the pipeline.')).toMatchObject({ orphans: [] });
    expect(await attempt(() => open(delivery))).toMatchObject({ status: 409, body: { code: 'dismissed' } });
  });

  it('a deployment for a change that was not open is one of them', async () => {
    const [, , , key = ''] = before;
    const answer = await own.github('deployment', {
      action: 'created',
      deployment: {
        id: 77,
        sha: 'a'.repeat(40),
        ref: 'main',
        task: 'deploy',
        environment: 'production',
        payload: { change: key },
        created_at: '2026-03-02T08:59:00Z',
        creator: { login: 'dana' },
        url: 'https://api.github.com/repos/acme/enclave/deployments/77',
        description: null,
      },
      repository: { full_name: 'acme/enclave' },
      sender: { login: 'dana' },
    });
    expect(answer).toBe('accepted');
    await drive.settle();
    const [orphan] = (await list()).orphans;
    expect(orphan).toMatchObject({ reason: 'change-not-open', names: [key], about: { environment: 'production' } });
    await own.register('orphan.dismiss', { delivery: orphan?.delivery, reason: 'Known.' });
  });

  it('killed at any call of the storage while one is opened: one change each, completed by the reconciler', async () => {
    const made = (await discovered()).length;
    const calls = [2, 5, 8, 11];
    for (const n of calls) await own.github('push', push('refs/heads/main', [commit(0x3000 + 2 * n, 'Fix it')]));
    await drive.settle();
    const waiting = (await list()).orphans.map(({ delivery }) => delivery);
    expect(waiting).toHaveLength(calls.length);
    const answers: number[] = [];
    for (const [i, delivery] of waiting.entries()) {
      await drive.faults({ crashAt: calls[i] });
      answers.push((await attempt(() => open(delivery))).status);
      await drive.faults({});
      await drive.settle();
    }
    expect(answers).toEqual(calls.map(() => 500));
    await drive.settle();
    await later(3);
    await own.admin('POST', '/forge/scheduled/reconcile');
    await drive.settle();
    const left = (await list()).orphans;
    expect((await discovered()).length).toBe(made + calls.length - left.length);
    for (const { delivery } of left) expect(await open(delivery)).toMatchObject({ opened: true });
    await drive.settle();
    const keys = await discovered();
    expect(keys).toHaveLength(made + calls.length);
    for (const key of keys.slice(0, calls.length))
      expect([key, (await drive.read(key)).evidence.length]).toEqual([key, 1]);
    expect((await list()).orphans).toEqual([]);
  });
});

describe('rules passed by on purpose', () => {
  it('are declared by an administrator, which tells who, and opens nothing', async () => {
    const key = await own.propose();
    let restored: unknown[] = [];
    await own.controlledWorkflow((workflow, statuses) => {
      restored = [...workflow.transitions];
      const approved = statuses.find(({ name }) => name === 'Approved')?.statusReference ?? '';
      workflow.transitions.push(anyStatus('999', 'Straight on', approved));
    });
    await drive.as('admin').move(key, 'Straight on');
    await own.controlledWorkflow((workflow) => void (workflow.transitions = restored as typeof workflow.transitions));
    await drive.settle();
    const { verdict } = await drive.read(key, 'admin');
    expect(codes(verdict.exceptions)).toEqual(['moved-no-decision', 'status-without-decision']);
    const [{ move, at, mayDeclare } = { move: null, at: null, mayDeclare: false }] = verdict.exceptions;
    expect(mayDeclare).toBe(true);
    const what = { historyId: move, usedAt: at, what: 'Pushed by hand.', why: 'The app was down during an attack.' };
    const declare = (who: string) => drive.as(who).invoke(key, 'breakglass.declare', what);
    expect((await attempt(() => declare('requester'))).status).toBe(403);
    await declare('admin');
    await declare('admin');
    const after = await drive.read(key);
    expect(codes(after.verdict.exceptions)).toEqual(['break-glass-used', 'status-without-decision']);
    expect(after.verdict.exceptions[0]?.sentence).toMatch(
      /moved from Proposed to Approved by Adam Whitfield.*declared by Adam Whitfield/,
    );
    expect(after.verdict.open).toBe(false);
    expect(await own.gate(key)).toBe('blocked-not-approved');
  });
});

describe('with the licence lapsed', () => {
  const licence = (active: boolean | null) => own.admin('POST', '/forge/licence', { active });

  it('decisions, validator and gate fail closed and say so; reading and packs go on', async () => {
    const key = await own.propose();
    await drive.as('reviewer').decide(key, 'approved', 'One port, logged.');
    await drive.settle();
    await licence(false);
    const sentence = 'licence of Change control has lapsed: nothing was approved';
    const decided = await attempt(() => drive.as('authority').decide(key, 'approved', 'Needed.'));
    expect(decided).toMatchObject({ status: 403, body: { code: 'licence-lapsed' } });
    expect(JSON.stringify(decided.body)).toContain(sentence);
    const moved = await attempt(() => drive.as('authority').move(key, 'Approve'));
    expect([moved.status, JSON.stringify(moved.body)]).toEqual([400, expect.stringContaining(sentence)]);
    expect(await own.gate(key)).toBe('unavailable');
    const view = await drive.read(key);
    expect([view.status, view.decisions.length, view.verdict.open]).toEqual(['Proposed', 1, false]);
    expect(verifyPack(await own.pack(key)).breaks).toEqual([]);

    await licence(true);
    await drive.as('authority').move(key, 'Approve');
    await drive.settle();
    expect((await drive.read(key)).verdict.open).toBe(true);
    await licence(null);
    expect(await own.gate(key)).toBe('blocked-commit');
  });
});
