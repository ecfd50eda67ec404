import { ledgerEntryKey, PEOPLE_CURRENT_KEY, peopleKey, POLICY_CHAIN, unmatchedKey } from '../../../../src/ledger/keys';
import { reconcile } from '../../../../src/handlers/reconcile';
import { savePolicy } from '../../../../src/handlers/policy/save';
import { policyInForce } from '../../../../src/handlers/policy/store';
import { DEFAULT_POLICY } from '../../../../src/policy/policy';
import { refusalOf } from '../policy/site';
import { BOT, PeopleSite, REY } from './site';

let site: PeopleSite;
beforeEach(() => void (site = new PeopleSite()));

describe('saving the people map', () => {
  it('is in force at once, and the ledger says who, why and how much changed, without anybody’s data', async () => {
    const view = await site.save('people-0', [REY, BOT]);
    expect(view).toMatchObject({ version: 'people-1', people: [REY, BOT], readable: true, editable: true });
    expect(view.accounts).toEqual([
      { accountId: 'acct-1', name: 'Name of acct-1', note: null },
      { accountId: 'acct-2', name: 'Name of acct-2', note: 'not active' },
    ]);
    expect(view.history).toEqual([
      {
        version: 'people-1',
        at: '2026-03-02T09:00:00.000Z',
        by: 'Name of adam',
        changes: ['1 person was added.', '1 person was added as nobody who may decide here.'],
        reason: 'New colleagues.',
      },
    ]);
    expect(await site.inForce()).toEqual({ version: 'people-1', people: [REY, BOT] });
    expect(site.queue).toEqual([{ job: 'refresh-all' }]);
    const entry = (await site.store.get(ledgerEntryKey(POLICY_CHAIN, 0))) as { entry: unknown };
    expect(JSON.stringify(entry.entry)).not.toMatch(/rey|quill|acct-1|depbot/i);
  });

  it('the digest in the ledger cannot be guessed from the people: the same map saved twice has two', async () => {
    await site.save('people-0', [REY]);
    await site.save('people-1', []);
    await site.save('people-2', [REY]);
    const { saves } = await site.settle();
    expect(saves[0]?.entry.body.peopleDigest).not.toBe(saves[2]?.entry.body.peopleDigest);
  });

  it.each<[string, unknown, string]>([
    ['an account of two', [REY, { ...BOT, accounts: ['acct-1'] }], 'people-problems'],
    ['another shape', [{ ...REY, accounts: 'acct-1' }], 'invalid'],
    ['no list', 'nobody', 'invalid'],
  ])('%s is 400 and saves nothing', async (_, people, code) => {
    expect(await refusalOf(site.save('people-0', people as never))).toMatchObject({ status: 400, code });
    expect(site.store.dump()).toEqual([]);
  });

  it('the same again is nothing to save; without a reason it is refused; for admins only', async () => {
    expect(await refusalOf(site.save('people-0', []))).toMatchObject({ status: 409, code: 'unchanged' });
    expect(await refusalOf(site.save('people-0', [REY], 'adam', ' '))).toMatchObject({ fields: ['reason'] });
    site.admin = false;
    expect(await refusalOf(site.save('people-0', [REY]))).toMatchObject({ status: 403 });
    expect(await refusalOf(site.read())).toMatchObject({ status: 403 });
    expect(site.store.dump()).toEqual([]);
  });

  it('policy and people stand side by side in one chain, each with its own versions', async () => {
    await site.save('people-0', [REY]);
    await savePolicy(
      { ...site.app, jira: { ...site.app.jira, readGroup: () => Promise.resolve([]) } },
      {
        payload: { basedOn: 'default-1', policy: { ...DEFAULT_POLICY, retentionYears: 7 }, reason: 'x' },
        accountId: 'adam',
        issueKey: undefined,
        projectKey: undefined,
        site: 's',
      },
    );
    await site.save('people-1', [REY, BOT]);
    expect(await policyInForce(site.app)).toMatchObject({ version: 'policy-1', retentionYears: 7 });
    expect(await site.expectSound()).toMatchObject({ version: 'people-2', people: [REY, BOT] });
  });
});

describe('two administrators, faults and alterations', () => {
  it('one after the other: the second is told whose is in force; the first sends again and is answered', async () => {
    const first = await site.save('people-0', [REY], 'adam');
    const refusal = await refusalOf(site.save('people-0', [BOT], 'eve'));
    expect(refusal).toMatchObject({ status: 409, code: 'not-in-force' });
    expect(refusal.message).toContain('Name of adam');
    expect(await site.save('people-0', [REY], 'adam')).toEqual(first);
    expect((await site.settle()).saves).toHaveLength(1);
  });

  it('at once: one is saved, the other refused', async () => {
    for (let turn = 0; turn < 20; turn += 1) {
      const own = new PeopleSite();
      let state = turn * 7919 + 1;
      own.store.pause = () => {
        state = (state * 48271) % 2147483647;
        return state % 3 === 0 ? Promise.resolve() : new Promise((resolve) => setImmediate(resolve));
      };
      const outcomes = await Promise.allSettled([
        own.save('people-0', [REY], 'adam'),
        own.save('people-0', [BOT], 'eve'),
      ]);
      own.store.pause = () => Promise.resolve();
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect((await own.expectSound()).people).toEqual(outcomes[0].status === 'fulfilled' ? [REY] : [BOT]);
    }
  });

  it.each(['before', 'after'] as const)(
    'broken off at any call, %s it is done: the old or the new map is in force, and sending again ends with the new one',
    async (fault) => {
      let broken = 0;
      for (let n = 1; ; n += 1) {
        const own = new PeopleSite();
        await own.save('people-0', [BOT]);
        const from = own.store.calls.length;
        own.store.faultAt = (call) => (call.n >= from + n ? fault : undefined);
        const outcome = await own.save('people-1', [REY]).then(
          () => 'saved',
          () => 'broken off',
        );
        own.store.faultAt = () => undefined;
        expect([[BOT], [REY]]).toContainEqual((await own.expectSound()).people);
        await own.save('people-1', [REY]);
        expect((await own.expectSound()).people).toEqual([REY]);
        expect((await own.settle()).saves).toHaveLength(2);
        if (outcome === 'saved') break;
        broken += 1;
      }
      expect(broken).toBeGreaterThan(5);
    },
  );

  it('what storage has behind the app’s back is set right by the reconciler; what cannot be is said', async () => {
    await site.save('people-0', [REY]);
    const saved = await site.store.get(PEOPLE_CURRENT_KEY);
    site.store.tamper(PEOPLE_CURRENT_KEY, { version: 'people-1', people: [] });
    await reconcile(site.app);
    expect(await site.store.get(PEOPLE_CURRENT_KEY)).toEqual(saved);
    for (const key of [PEOPLE_CURRENT_KEY, peopleKey('people-1')]) site.store.tamper(key, { nobody: true });
    expect(await refusalOf(site.inForce())).toMatchObject({ status: 503, code: 'people-unreadable' });
    expect(await site.read()).toMatchObject({ version: 'people-1', readable: false, people: [] });
    await site.save('people-1', [BOT]);
    expect(await site.inForce()).toEqual({ version: 'people-2', people: [BOT] });
  });

  it('a map that nobody saved is removed', async () => {
    site.store.tamper(PEOPLE_CURRENT_KEY, { version: 'people-9', people: [] });
    expect(await site.read()).toMatchObject({ version: 'people-0' });
    expect(await site.store.get(PEOPLE_CURRENT_KEY)).toBeUndefined();
  });
});

describe('authors whom nobody knows', () => {
  const author = (person: object, name: string) => ({
    person,
    source: 'github',
    name,
    did: 'authored commit 1',
    accounts: ['acct-9'],
  });

  it('are listed once, with the changes they were seen on and what can be mapped, until the map knows them', async () => {
    const dana = author({ displayName: 'Dana', email: 'd@x.test', login: 'dana' }, 'Dana');
    await site.store.set(unmatchedKey('1'), { key: 'CHG-1', authors: [dana, author({ login: 'rquill' }, 'rquill')] });
    await site.store.set(unmatchedKey('2'), { key: 'CHG-2', authors: [dana] });
    await site.store.set(unmatchedKey('3'), 'nothing of ours');
    await site.save('people-0', [REY]);
    expect(await site.read()).toMatchObject({
      unmatchedComplete: true,
      unmatched: [
        {
          name: 'Dana',
          did: 'authored commit 1',
          changes: ['CHG-1', 'CHG-2'],
          accounts: ['acct-9'],
          identities: [
            { kind: 'login', source: 'github', login: 'dana' },
            { kind: 'email', email: 'd@x.test' },
          ],
        },
      ],
    });
  });
});
