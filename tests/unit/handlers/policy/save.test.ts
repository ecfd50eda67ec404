import { ledgerEntryKey, POLICY_CHAIN, POLICY_CURRENT_KEY, policyKey } from '../../../../src/ledger/keys';
import { DEFAULT_POLICY } from '../../../../src/policy/policy';
import { onChangeJob } from '../../../../src/handlers/change-job';
import { reconcile } from '../../../../src/handlers/reconcile';
import { policyProblems } from '../../../../src/policy/sense';
import { FREEZE } from '../../policy/a-policy';
import { PolicySite, refusalOf } from './site';

let site: PolicySite;
beforeEach(() => void (site = new PolicySite()));

describe('saving a policy', () => {
  it('is in force at once, with who, when, why and what changed in the ledger, and the changes are read again', async () => {
    const view = await site.save('default-1', { freezes: [FREEZE] }, 'adam', 'The books close.');
    expect(view).toMatchObject({ version: 'policy-1', by: 'Name of adam', savedAt: '2026-03-02T09:00:00.000Z' });
    expect(view.history).toEqual([
      {
        version: 'policy-1',
        at: '2026-03-02T09:00:00.000Z',
        by: 'Name of adam',
        changes: [expect.stringContaining('A freeze period "Year end" was added') as string],
        reason: 'The books close.',
      },
    ]);
    expect(await site.inForce()).toEqual({ ...DEFAULT_POLICY, version: 'policy-1', freezes: [FREEZE] });
    expect(site.queue).toEqual([{ job: 'refresh-all' }]);
    await site.expectSound();
  });

  it('keeps every version, and names each once in the order of the saves', async () => {
    await site.save('default-1', { freezes: [FREEZE] });
    await site.save('policy-1', { retentionYears: 7 });
    const view = await site.save('policy-2', { retentionYears: 8 });
    expect(view.history.map(({ version }) => version)).toEqual(['policy-3', 'policy-2', 'policy-1']);
    expect(await site.store.get(policyKey('policy-1'))).toMatchObject({ freezes: [FREEZE] });
    expect(await site.saves()).toMatchObject([
      { previous: 'default-1' },
      { previous: 'policy-1' },
      { previous: 'policy-2' },
    ]);
  });

  it('the version is the app’s to name, whatever the form says', async () => {
    await site.save('default-1', { version: 'policy-99', retentionYears: 7 });
    expect((await site.inForce()).version).toBe('policy-1');
  });

  it.each<[string, object, string, readonly string[]]>([
    ['nonsense', { projects: [] }, 'policy-problems', policyProblems({ ...DEFAULT_POLICY, projects: [] })],
    ['another shape', { retentionYears: 1 }, 'invalid', ['retentionYears']],
    ['a member of nobody’s', { anything: true }, 'invalid', ['the payload']],
  ])('%s is 400, says what is wrong and saves nothing', async (_, edit, code, fields) => {
    expect(await refusalOf(site.save('default-1', edit))).toMatchObject({ status: 400, code, fields });
    expect(site.store.dump()).toEqual([]);
  });

  it('the same again is refused as nothing to save', async () => {
    expect(await refusalOf(site.save('default-1', {}))).toMatchObject({ status: 409, code: 'unchanged' });
    expect(site.store.dump()).toEqual([]);
  });

  it('a save without a reason is refused', async () => {
    expect(await refusalOf(site.save('default-1', { retentionYears: 7 }, 'adam', '  '))).toMatchObject({
      status: 400,
      fields: ['reason'],
    });
  });

  it('somebody who does not administer Jira neither saves nor reads', async () => {
    site.admin = false;
    expect(await refusalOf(site.save('default-1', { retentionYears: 7 }))).toMatchObject({ status: 403 });
    expect(await refusalOf(site.read())).toMatchObject({ status: 403 });
    expect(site.store.dump()).toEqual([]);
  });

  it('is in force although the queue did not take the refresh', async () => {
    site.queueDown = true;
    expect(await site.save('default-1', { retentionYears: 7 })).toMatchObject({ version: 'policy-1' });
  });

  it('the job reads every known change again', async () => {
    for (const id of ['10007', '10070']) await site.store.set(`issue:${id}`, { key: 'CHG-1', status: 'Proposed' });
    await onChangeJob(site.app, { job: 'refresh-all' });
    expect(site.queue).toMatchObject([
      { job: 'refresh-change', issueId: '10007' },
      { job: 'refresh-change', issueId: '10070' },
    ]);
  });
});

describe('two administrators', () => {
  it('one after the other: the second is told whose version is in force, and saves based on that', async () => {
    await site.save('default-1', { retentionYears: 7 }, 'adam');
    const refusal = await refusalOf(site.save('default-1', { freezes: [FREEZE] }, 'eve'));
    expect(refusal).toMatchObject({ status: 409, code: 'not-in-force' });
    expect(refusal.message).toContain('Name of adam');
    expect(await site.saves()).toHaveLength(1);
    await site.save('policy-1', { retentionYears: 7, freezes: [FREEZE] }, 'eve');
    expect(await site.expectSound()).toMatchObject({ retentionYears: 7, freezes: [FREEZE] });
  });

  it('at once: one is saved, the other refused, whoever is faster at which step', async () => {
    let winners = new Set<number>();
    for (let turn = 0; turn < 60; turn += 1) {
      const own = new PolicySite();
      let state = turn * 7919 + 1;
      own.store.pause = () => {
        state = (state * 48271) % 2147483647;
        return wait(state % 4);
      };
      const outcomes = await Promise.allSettled([
        own.save('default-1', { retentionYears: 7 }, 'adam'),
        own.save('default-1', { retentionYears: 8 }, 'eve'),
      ]);
      own.store.pause = () => Promise.resolve();
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      const winner = outcomes.findIndex(({ status }) => status === 'fulfilled');
      winners = new Set([...winners, winner]);
      expect(await own.expectSound()).toMatchObject({ retentionYears: winner === 0 ? 7 : 8 });
      expect(await own.saves()).toHaveLength(1);
    }
    expect(winners).toEqual(new Set([0, 1]));
  });

  it('the same person whose answer was lost sends again and is answered the same; nothing is added', async () => {
    const first = await site.save('default-1', { retentionYears: 7 });
    expect(await site.save('default-1', { retentionYears: 7 })).toEqual(first);
    expect(await site.saves()).toHaveLength(1);
    expect(await refusalOf(site.save('default-1', { retentionYears: 7 }, 'eve'))).toMatchObject({ status: 409 });
  });
});

describe('a save that is broken off', () => {
  /** Every storage call in turn fails, before or after it did its work. */
  it.each(['before', 'after'] as const)(
    'at any call, %s it is done, leaves the old or the new version in force, whole',
    async (fault) => {
      let broken = 0;
      for (let n = 1; ; n += 1) {
        const own = new PolicySite();
        await own.save('default-1', { retentionYears: 7 });
        const from = own.store.calls.length;
        own.store.faultAt = (call) => (call.n >= from + n ? fault : undefined);
        const outcome = await own.save('policy-1', { retentionYears: 8 }).then(
          () => 'saved',
          () => 'broken off',
        );
        own.store.faultAt = () => undefined;
        const left = await own.expectSound();
        expect([7, 8]).toContain(left.retentionYears);
        // The same person sends again, after whatever happened.
        const view = await own.save('policy-1', { retentionYears: 8 });
        expect(await own.expectSound()).toMatchObject({ version: view.version, retentionYears: 8 });
        expect(await own.saves()).toHaveLength(2);
        if (outcome === 'saved') break;
        broken += 1;
      }
      expect(broken).toBeGreaterThan(5);
    },
  );

  it('does not keep others from saving, and is never in force when it was not committed', async () => {
    for (let n = 1; n < 30; n += 1) {
      const own = new PolicySite();
      own.store.faultAt = (call) => (call.n >= n ? 'before' : undefined);
      const broken = await own.save('default-1', { retentionYears: 7 }).catch(() => undefined);
      own.store.faultAt = () => undefined;
      if (broken !== undefined) return;
      const { version } = await own.settle();
      await own.save(version, { retentionYears: 9 }, 'eve');
      expect(await own.expectSound()).toMatchObject({ retentionYears: 9 });
    }
    throw new Error('it never got through');
  });
});

describe('storage that was altered behind the app’s back', () => {
  beforeEach(async () => {
    await site.save('default-1', { retentionYears: 7 });
  });

  it('the copy in force is restored from the version that the ledger names, by whoever looks and by the reconciler', async () => {
    const saved = await site.current();
    for (const look of [site.read, () => reconcile(site.app)]) {
      site.store.tamper(POLICY_CURRENT_KEY, { ...DEFAULT_POLICY, version: 'policy-1', retentionYears: 6 });
      await look();
      expect(await site.current()).toEqual(saved);
    }
    site.store.tamper(POLICY_CURRENT_KEY, undefined);
    await site.settle();
    expect(await site.current()).toEqual(saved);
  });

  it('a policy that nobody saved is removed', async () => {
    const own = new PolicySite();
    own.store.tamper(POLICY_CURRENT_KEY, { ...DEFAULT_POLICY, version: 'policy-1' });
    expect(await own.read()).toMatchObject({ version: 'default-1' });
    expect(await own.current()).toBeUndefined();
    expect(own.logged.join()).toContain('nobody saved');
  });

  it('both copies altered: says that it cannot be read, and a save sets it right', async () => {
    for (const key of [POLICY_CURRENT_KEY, policyKey('policy-1')])
      site.store.tamper(key, { ...DEFAULT_POLICY, version: 'policy-1', retentionYears: 6 });
    expect(await site.read()).toMatchObject({ version: 'policy-1', readable: false, summary: [] });
    await site.save('policy-1', { retentionYears: 9 });
    expect(await site.inForce()).toMatchObject({ version: 'policy-2', retentionYears: 9 });
  });

  it('on a ledger that does not verify nothing is saved', async () => {
    const stored = (await site.store.get(ledgerEntryKey(POLICY_CHAIN, 0))) as { entry: { body: object } };
    site.store.tamper(ledgerEntryKey(POLICY_CHAIN, 0), {
      ...stored,
      entry: { ...stored.entry, body: { ...stored.entry.body, reason: 'Another one.' } },
    });
    expect(await site.read()).toMatchObject({ intact: false, editable: false });
    expect(await refusalOf(site.save('policy-1', { retentionYears: 9 }))).toMatchObject({ code: 'ledger-broken' });
  });
});

const wait = (turns: number): Promise<void> =>
  turns === 0 ? Promise.resolve() : new Promise((resolve) => setImmediate(() => void wait(turns - 1).then(resolve)));
