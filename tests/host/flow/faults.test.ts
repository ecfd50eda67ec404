/** Half-done, twice, late, at the same time: the main job under injected faults, on a running site. */
import { startSite, type RunningSite } from '../running-site';
import { deliver, push, pullRequest, review } from '../seed/github';
import { work } from '../seed/requests';
import { attempt, Drive } from './drive';
import { killedEverywhere } from './killed';

let site: RunningSite;
let drive: Drive;

beforeAll(async () => {
  site = await startSite();
  drive = new Drive(site.base);
}, 180_000);

afterAll(() => site.stop());
afterEach(() => drive.faults({}));

const AT = new Date('2026-03-02T09:30:00Z');

describe('a handler killed at any storage call or push', () => {
  // The first, because the reconciler reads every change there is, and the next makes many.
  it('while a pack is asked for and made: every number taken ends as a pack, and the ledger names each once', async () => {
    // Several changes, one after the other: each look at a change costs what its packs do.
    const keys = [await drive.propose()];
    const newest = () => keys.at(-1) ?? '';
    const admin = drive.as('admin');
    let started = 0;
    let now = AT.getTime();
    await killedEverywhere(
      drive,
      async () => {
        if ((await attempt(() => drive.as('auditor').invoke(newest(), 'pack.start'))).status === 200) started += 1;
        await drive.settle();
      },
      async (n) => {
        await drive.clock(new Date((now += 120_000)).toISOString());
        await admin.request('POST', '/forge/scheduled/reconcile');
        await drive.settle();
        const { packs } = await drive.read(newest());
        for (const pack of packs) expect(pack).toMatchObject({ state: 'ready', failure: null });
        if (n % 10 === 0) keys.push(await drive.propose());
      },
    );
    await drive.clock(AT.toISOString());
    let made = 0;
    for (const key of keys) {
      const { packs, timeline, ledger } = await drive.read(key);
      made += packs.length;
      expect(timeline.filter(({ kind }) => kind === 'pack')).toHaveLength(packs.length);
      expect(ledger.intact).toBe(true);
    }
    // A start that was killed after it had taken its number is among them.
    expect(made).toBeGreaterThan(started);
  }, 300_000);

  it('while deciding: the ledger verifies, the same click again records it once', async () => {
    const keys: string[] = [];
    const decide = (n: number) => attempt(() => drive.as('reviewer').decide(keys[n] ?? '', 'approved', 'Read it.'));
    // Prepared beforehand: the crash has to meet the decision and nothing else.
    for (let n = 0; n <= 60; n += 1) keys.push(await drive.propose());
    const calls = await killedEverywhere(
      drive,
      async (n) => {
        await decide(n);
      },
      async (n) => {
        expect((await decide(n)).status).toBe(200);
        const view = await drive.read(keys[n] ?? '');
        expect(view.decisions).toHaveLength(1);
        expect(view.ledger.intact).toBe(true);
      },
    );
    expect(calls).toBeGreaterThan(3);
  }, 300_000);

  it('while taking in a delivery and recording it: sent again under the same id, it is there once', async () => {
    const key = await drive.propose();
    const done = (n: number) => work(key, `repository-${n}`, 'sftp', n, 'allow SFTP', [`commit of run ${n}`]);
    const calls = await killedEverywhere(
      drive,
      async (n) => {
        await deliver(site.base, 'push', push(done(n), AT));
        await drive.settle();
      },
      async (n) => {
        expect([200, 202]).toContain(await deliver(site.base, 'push', push(done(n), AT)));
        await drive.settle();
        const { evidence, ledger } = await drive.read(key);
        expect(evidence.filter(({ repository }) => repository === done(n).repository)).toHaveLength(1);
        expect(ledger.intact).toBe(true);
      },
    );
    expect(calls).toBeGreaterThan(3);
  }, 300_000);
});

describe.each([
  ['storage fails every second call', { kvs: { failEvery: 2 } }],
  ['storage does every third write and then fails', { kvs: { failAfterWriteEvery: 3 } }],
  ['storage throttles every third call', { kvs: { throttleEvery: 3 } }],
  ['Jira fails every third call', { jira: { failEvery: 3 } }],
  ['events come twice and in disorder', { events: { duplicate: 1, reorder: true } }],
] as const)('while %s', (_, faults) => {
  it('the change is decided, evidenced and recorded once each', async () => {
    const key = await drive.propose();
    await drive.faults(faults);
    const untilDone = async (operate: () => Promise<unknown>) => {
      for (let tries = 0; tries < 12; tries += 1) {
        const { status } = await attempt(operate);
        if (status === 200) return;
        if (status < 500 && status !== 400) throw new Error(`refused with ${status}`);
      }
      throw new Error('it never worked');
    };
    await untilDone(() => drive.as('reviewer').decide(key, 'approved', 'Read it.'));
    await untilDone(async () => {
      if ((await drive.statusOf(key)) === 'Proposed') await drive.as('authority').move(key, 'Approve');
    });
    const done = work(key, 'enclave-firewall', 'sftp', 41, 'allow SFTP', ['add the rule']);
    for (const [event, payload] of [
      ['push', push(done, AT)],
      ['pull_request', pullRequest(done, AT, 'opened')],
      ['pull_request_review', review(done, AT, 'approved')],
    ] as const) {
      let status = 503;
      for (let tries = 0; status >= 500 && tries < 12; tries += 1) status = await deliver(site.base, event, payload);
      expect([200, 202]).toContain(status);
    }
    await drive.settle();
    await drive.faults({});
    await drive.as('admin').request('POST', '/forge/scheduled/reconcile');
    await drive.settle();
    const view = await drive.read(key);
    expect(view).toMatchObject({
      status: 'Approved',
      // Nobody of this site is the author of the commit, and nobody has said who that is.
      verdict: { open: true, exceptions: [{ code: 'unmatched-author' }] },
      ledger: { intact: true },
    });
    expect(view.decisions).toHaveLength(2);
    expect(view.evidence.map(({ kind }) => kind).sort()).toEqual(['commit', 'pull-request', 'review']);
  }, 120_000);
});

it('a site killed without a word goes on where it stopped', async () => {
  const key = await drive.propose();
  await drive.as('reviewer').decide(key, 'approved', 'Read it.');
  const done = work(key, 'enclave-firewall', 'kill', 41, 'allow SFTP', ['before the power went']);
  expect(await deliver(site.base, 'push', push(done, AT))).toBe(202);
  await site.crash();
  await drive.settle();
  const view = await drive.read(key);
  expect(view.decisions).toHaveLength(1);
  expect(view.evidence).toHaveLength(1);
  expect(view.ledger.intact).toBe(true);
}, 120_000);

describe('storage altered behind the app', () => {
  it('an entry that was rewritten closes the change and shows', async () => {
    const key = await drive.propose();
    await drive.as('reviewer').decide(key, 'approved', 'Read it.');
    await drive.as('authority').decide(key, 'approved', 'The board agrees.');
    expect((await drive.read(key)).verdict.open).toBe(true);
    const admin = drive.as('admin');
    const { items } = (await admin.request('GET', '/forge/kvs?prefix=ledger:')) as {
      items: { key: string; value: { entry: { body: { basis?: string } } } }[];
    };
    const decision = items.findLast(({ value }) => value.entry.body.basis === 'The board agrees.');
    if (decision === undefined) throw new Error('the decision is not in storage');
    const forged = {
      ...decision.value,
      entry: { ...decision.value.entry, body: { ...decision.value.entry.body, basis: 'Whatever.' } },
    };
    await admin.request('PUT', '/forge/kvs', { key: decision.key, value: forged });
    const altered = await drive.read(key);
    expect(altered.ledger.intact).toBe(false);
    expect(altered.verdict.open).toBe(false);
  });

  it('the newest entry removed closes the change and shows', async () => {
    const key = await drive.propose();
    await drive
      .as('reviewer')
      .decide(key, 'disapproved', 'Too wide.', [{ what: 'Narrow it', owner: await drive.accountOf('owner') }]);
    const admin = drive.as('admin');
    const { items } = (await admin.request('GET', '/forge/kvs?prefix=ledger:')) as {
      items: { key: string; value: { entry: { kind: string } } }[];
    };
    const newest = items.findLast(({ value }) => value.entry.kind === 'decision');
    await admin.request('DELETE', `/forge/kvs?key=${encodeURIComponent(newest?.key ?? '')}`);
    const view = await drive.read(key);
    expect(view.ledger.intact).toBe(false);
    expect(view.verdict.open).toBe(false);
  });
});
