import { onFailedExpression } from '../../../src/handlers/failed-expression';
import { checkHealth } from '../../../src/handlers/health/check';
import { reconcile } from '../../../src/handlers/reconcile';
import { refreshChange } from '../../../src/handlers/refresh-change';
import { verifyChain } from '../../../src/ledger/chain';
import { HEALTH_CHAIN, issueKey } from '../../../src/ledger/keys';
import { refusalOf } from './policy/site';
import { HealthSite } from './health-site';

let site: HealthSite;
beforeEach(() => void (site = new HealthSite()));

describe('the ledger of the checks', () => {
  it('says once a day that nothing was found', async () => {
    for (let hour = 0; hour < 30; hour += 1) await site.hourly();
    expect(await site.chain()).toEqual(['health-checked 2026-03-02 0/0/0', 'health-checked 2026-03-03 0/0/0']);
  });

  it('records a finding once for as long as it lasts, that it is gone, and that it is back', async () => {
    await site.hourly();
    site.addFastLane();
    await site.hourly();
    await site.hourly();
    await site.checkNow();
    site.removeFastLane();
    await site.hourly();
    await site.hourly();
    site.addFastLane();
    await site.hourly();
    await site.hourly();
    expect(await site.chain()).toEqual([
      'health-checked 2026-03-02 0/0/0',
      'health-found transition-unguarded',
      'health-resolved transition-unguarded',
      'health-found transition-unguarded',
    ]);
  });

  it('names who brought it about beside the entry, never inside it', async () => {
    await site.hourly();
    site.addFastLane('mallory');
    await site.hourly();
    const view = await site.read();
    expect(view.open).toMatchObject([
      { code: 'transition-unguarded', by: 'Name of mallory', changedAt: '2026-03-02T10:00:00.000Z', resolvedAt: null },
    ]);
    const entries = await site.entries(HEALTH_CHAIN);
    expect(verifyChain(entries)).toEqual([]);
    expect(JSON.stringify(entries.map(({ entry }) => entry))).not.toContain('mallory');
  });

  it('two checks at once record nothing twice', async () => {
    await site.hourly();
    site.addFastLane();
    await Promise.all([checkHealth(site.app, 'app'), checkHealth(site.app, 'user'), checkHealth(site.app, 'app')]);
    expect((await site.chain()).filter((line) => line.startsWith('health-found'))).toHaveLength(1);
    expect(verifyChain(await site.entries(HEALTH_CHAIN))).toEqual([]);
  });

  it('says that it could not look, and settles nothing meanwhile', async () => {
    await site.hourly();
    site.addFastLane();
    await site.hourly();
    site.control.down = 'Jira answered 403.';
    await site.hourly();
    const unseen = await site.chain();
    expect(unseen).toContain('health-found not-checked');
    expect(unseen).not.toContain('health-resolved transition-unguarded');
    site.control.down = null;
    await site.hourly();
    expect((await site.read()).open.map(({ code }) => code)).toEqual(['transition-unguarded']);
    site.removeFastLane();
    await site.hourly();
    expect((await site.read()).open).toEqual([]);
  });

  it('comes to the same with a fault of the storage at every call, once it is done again', async () => {
    let calls = 0;
    for (let n = 1; n < 200; n += 1) {
      const faulty = new HealthSite();
      await faulty.hourly();
      faulty.addFastLane();
      const before = faulty.store.calls.length;
      faulty.store.faultAt = ({ n: at }) => (at === before + n ? (n % 2 === 0 ? 'before' : 'after') : undefined);
      await checkHealth(faulty.app, 'app').catch(() => undefined);
      calls = faulty.store.calls.length - before;
      faulty.store.faultAt = () => undefined;
      await checkHealth(faulty.app, 'app');
      const found = (await faulty.chain()).filter((line) => line.includes('transition-unguarded'));
      expect([n, found]).toEqual([n, ['health-found transition-unguarded']]);
      expect(verifyChain(await faulty.entries(HEALTH_CHAIN))).toEqual([]);
      if (n > calls) break;
    }
    expect(calls).toBeGreaterThan(10);
  });
});

describe('what a check asks of Jira', () => {
  it('does not read a workflow again that did not change, and reads it once a day all the same', async () => {
    await site.hourly();
    site.control.calls.length = 0;
    await site.hourly();
    expect(site.control.calls).not.toContain('workflow');
    expect(site.control.calls).not.toContain('versions');
    site.addFastLane();
    await site.hourly();
    expect(site.control.calls.filter((call) => call === 'workflow' || call === 'versions')).toHaveLength(2);
    for (let hour = 0; hour < 24; hour += 1) await site.hourly();
    expect(site.control.calls.filter((call) => call === 'workflow')).toHaveLength(2);
  });

  it('compares what the person sees with what the app sees only when a person asks', async () => {
    site.control.counts = { user: 12, app: 9 };
    await site.hourly();
    expect((await site.read()).open).toEqual([]);
    expect((await site.checkNow()).open).toMatchObject([{ code: 'project-hidden' }]);
    await site.hourly();
    expect((await site.read()).open).toMatchObject([{ code: 'project-hidden' }]);
  });
});

describe('the page', () => {
  it('is for administrators', async () => {
    site.admin = false;
    expect(await refusalOf(site.read())).toMatchObject({ status: 403, code: 'not-an-admin' });
    expect(await refusalOf(site.checkNow())).toMatchObject({ status: 403, code: 'not-an-admin' });
    expect(site.control.calls).toEqual([]);
  });

  it('says what was never looked at, then what each check found, and keeps what is over', async () => {
    const empty = await site.read();
    expect(empty).toMatchObject({ checkedAt: null, open: [], history: [], days: 0 });
    expect(empty.checks.every(({ findings }) => findings === null)).toBe(true);
    site.addFastLane();
    const broken = await site.checkNow();
    expect(broken.checks.filter(({ findings }) => findings !== 0)).toHaveLength(1);
    site.removeFastLane();
    const mended = await site.checkNow();
    expect(mended.open).toEqual([]);
    expect(mended.history).toMatchObject([{ code: 'transition-unguarded', resolvedAt: '2026-03-02T09:00:00.000Z' }]);
  });
});

describe('what comes from elsewhere', () => {
  it('a rule that Jira could not evaluate is found for a day, without what people wrote', async () => {
    await onFailedExpression(site.app, {
      workflowName: 'Change control workflow',
      validatorId: 'rule-1',
      errorMessages: ['Secret text of a field'],
    });
    await site.hourly();
    expect((await site.read()).open).toMatchObject([{ code: 'expression-failing' }]);
    expect(JSON.stringify(site.store.dump())).not.toContain('Secret text');
    for (let hour = 0; hour < 25; hour += 1) await site.hourly();
    expect((await site.read()).open).toEqual([]);
  });

  it('a known change that Jira does not show any more is found, and settled when it is back', async () => {
    await site.store.set(issueKey('10007'), { key: 'CHG-7', status: 'Proposed' });
    const hidden = { ...site.app, jira: { ...site.app.jira, readChange: () => Promise.resolve(undefined) } };
    await refreshChange(hidden, '10007');
    await site.hourly();
    expect((await site.read()).open).toMatchObject([
      { code: 'changes-hidden', sentence: expect.stringContaining('CHG-7') as unknown },
    ]);
  });

  it('a gap between two hourly runs is found by the next', async () => {
    await reconcile(site.app);
    site.clock.at = new Date('2026-03-02T15:00:00.000Z');
    await reconcile(site.app);
    site.clock.at = new Date('2026-03-02T16:00:00.000Z');
    await reconcile(site.app);
    expect(await site.chain()).toEqual([
      'health-checked 2026-03-02 0/0/0',
      'health-found reconciler-late',
      'health-resolved reconciler-late',
    ]);
  });
});
