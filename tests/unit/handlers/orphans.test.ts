/** Deliveries that no open change explains: opened once, dismissed with a name and a reason, never lost half-way. */
import { boundOrphans, LIST_LIMIT } from '../../../src/handlers/orphans/archive';
import { dismissOrphan } from '../../../src/handlers/orphans/dismiss';
import { openOrphan } from '../../../src/handlers/orphans/open';
import { readOrphanList } from '../../../src/handlers/orphans/read';
import { sweepOrphans } from '../../../src/handlers/orphans/sweep';
import { ORPHAN_CHAIN, orphanKey } from '../../../src/ledger/keys';
import type { Fault } from '../../fakes/store';
import { commit, push } from '../intake/bodies';
import { githubRequest } from '../intake/site';
import { refusalOf } from './policy/site';
import { PeopleSite } from './people-site';

const MINUTE = 60_000;

async function siteWithOrphan(): Promise<{ site: PeopleSite; delivery: string }> {
  const site = new PeopleSite();
  const body = JSON.stringify(push('refs/heads/main', [commit(3, 'no key'), commit(4, 'none either')]));
  await site.deliver(githubRequest('push', body));
  await site.work();
  const [listed] = (await list(site)).orphans;
  if (listed === undefined) throw new Error('nothing is listed');
  return { site, delivery: listed.delivery };
}

const list = (site: PeopleSite, page?: number) =>
  readOrphanList(site.app, site.call('rita', page === undefined ? {} : { page }));
const open = (site: PeopleSite, delivery: string, who = 'rita') =>
  openOrphan(site.app, site.call(who, { delivery, project: 'CHG' }));
const dismiss = (site: PeopleSite, delivery: string, who = 'rita') =>
  dismissOrphan(site.app, site.call(who, { delivery, reason: 'A test of the pipeline.' }));
const later = (site: PeopleSite, ms: number) => (site.clock.at = new Date(site.clock.at.getTime() + ms));

const kinds = async (site: PeopleSite, chain: string): Promise<string[]> =>
  (await site.entries(chain)).map(({ entry }) => entry.kind);

/** What has to hold once it is opened, however it came to that. */
async function expectOpenedOnce(site: PeopleSite, delivery: string): Promise<void> {
  expect(site.made.map(({ changeType, mark }) => ({ changeType, mark }))).toEqual([
    { changeType: 'Discovered', mark: delivery },
  ]);
  const id = site.made[0]?.id ?? '';
  expect(await kinds(site, id)).toEqual(['change-opened', 'evidence', 'evidence', 'orphan-opened']);
  expect(await kinds(site, ORPHAN_CHAIN)).toEqual(['orphan-opened']);
  expect((await list(site)).orphans).toEqual([]);
  expect(site.keys('orphan-unfinished:')).toEqual([]);
}

it('opens a Discovered change with the evidence on it, as the person, and takes it off the list', async () => {
  const { site, delivery } = await siteWithOrphan();
  expect((await list(site)).orphans[0]).toMatchObject({
    reason: 'names-no-change',
    about: { kinds: { commit: 2 }, repository: expect.any(String) as string },
  });
  expect(await open(site, delivery)).toEqual({ change: { issueId: '10900', key: 'CHG-900' }, opened: true });
  await expectOpenedOnce(site, delivery);
  const evidence = (await site.entries('10900')).flatMap(({ entry }) =>
    entry.kind === 'evidence' ? [entry.body] : [],
  );
  expect(evidence.map(({ namedBy }) => namedBy)).toEqual([['unexplained-list'], ['unexplained-list']]);
  expect(new Set(evidence.map(({ provenance }) => `github.${provenance.bodyDigest}`))).toEqual(new Set([delivery]));
});

it('copies nothing into the issue that somebody wrote in a commit', async () => {
  const { site, delivery } = await siteWithOrphan();
  await open(site, delivery);
  const said = JSON.stringify(site.made);
  for (const words of ['no key', 'none either', '@']) expect(said).not.toContain(words);
});

it('twice, by the same and by another, is one change', async () => {
  const { site, delivery } = await siteWithOrphan();
  await open(site, delivery);
  expect(await open(site, delivery)).toMatchObject({ change: { key: 'CHG-900' }, opened: false });
  expect(await open(site, delivery, 'cora')).toMatchObject({ change: { key: 'CHG-900' }, opened: false });
  await expectOpenedOnce(site, delivery);
});

it('two at the same time: one opens, the other is told so, and there is one change', async () => {
  const { site, delivery } = await siteWithOrphan();
  const answers = await Promise.allSettled([open(site, delivery), open(site, delivery)]);
  expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  await expectOpenedOnce(site, delivery);
});

describe('is for people who decide, and for Jira administrators', () => {
  test.each([
    ['rita', undefined],
    ['cora', undefined],
    ['adam', undefined],
    ['olga', { status: 403, code: 'not-eligible' }],
    ['bot', { status: 403, code: 'not-a-person' }],
    ['nobody', { status: 403, code: 'not-a-person' }],
  ])('%s', async (who, refusal) => {
    const { site, delivery } = await siteWithOrphan();
    if (refusal === undefined) {
      await readOrphanList(site.app, site.call(who, {}));
      expect((await open(site, delivery, who)).opened).toBe(true);
    } else {
      expect(await refusalOf(readOrphanList(site.app, site.call(who, {})))).toMatchObject(refusal);
      expect(await refusalOf(open(site, delivery, who))).toMatchObject(refusal);
      expect(await refusalOf(dismiss(site, delivery, who))).toMatchObject(refusal);
    }
  });
});

it('says what Jira said when it lets nobody create, and the next may try at once', async () => {
  const { site, delivery } = await siteWithOrphan();
  site.refusing = { status: 403, messages: ['You do not have permission to create issues in this project.'] };
  expect(await refusalOf(open(site, delivery))).toMatchObject({ status: 403, code: 'not-created' });
  site.refusing = null;
  expect((await open(site, delivery, 'cora')).opened).toBe(true);
  await expectOpenedOnce(site, delivery);
});

test.each([
  ['a project that is not controlled', { project: 'OPS' }, 'not-controlled'],
  ['a delivery that is not listed', { delivery: `github.${'0'.repeat(64)}`, project: 'CHG' }, 'no-such-delivery'],
  ['no name of a delivery', { delivery: 'orphan:x', project: 'CHG' }, 'invalid'],
])('refuses %s', async (_, payload, code) => {
  const { site, delivery } = await siteWithOrphan();
  expect(await refusalOf(openOrphan(site.app, site.call('rita', { delivery, ...payload })))).toMatchObject({ code });
  expect(site.made).toEqual([]);
});

describe('broken off', () => {
  it('with the answer of Jira lost: it is found by its mark', async () => {
    const { site, delivery } = await siteWithOrphan();
    site.creating = 'lost';
    expect((await open(site, delivery)).opened).toBe(true);
    await expectOpenedOnce(site, delivery);
  });

  it('with the answer lost and the search behind: not twice, and completed later', async () => {
    const { site, delivery } = await siteWithOrphan();
    site.creating = 'lost';
    site.searchLags = true;
    await expect(open(site, delivery)).rejects.toThrow('lost');
    expect(await refusalOf(open(site, delivery, 'cora'))).toMatchObject({ code: 'being-handled' });
    site.searchLags = false;
    later(site, 2 * MINUTE);
    await sweepOrphans(site.app);
    await expectOpenedOnce(site, delivery);
  });

  it('before anything was created: the next person opens it', async () => {
    const { site, delivery } = await siteWithOrphan();
    site.creating = 'never';
    await expect(open(site, delivery)).rejects.toThrow('no Jira');
    site.creating = 'well';
    later(site, 2 * MINUTE);
    expect((await open(site, delivery, 'cora')).opened).toBe(true);
    await expectOpenedOnce(site, delivery);
  });

  const faults: readonly Fault[] = ['before', 'after'];
  test.each(faults)(
    'at any call of the storage, with the error %s: completed by the next click or the sweep',
    async (fault) => {
      for (let n = 1; n < 200; n += 1) {
        const { site, delivery } = await siteWithOrphan();
        const start = site.store.calls.length;
        site.store.faultAt = (call) => (call.n === start + n ? fault : undefined);
        const failed = await open(site, delivery).then(
          () => false,
          () => true,
        );
        site.store.faultAt = () => undefined;
        later(site, 2 * MINUTE);
        await sweepOrphans(site.app);
        await open(site, delivery, 'cora');
        await expectOpenedOnce(site, delivery);
        if (!failed && site.store.calls.length < start + n) return;
      }
      throw new Error('it never survived');
    },
  );
});

describe('dismissed', () => {
  it('needs a reason, is in the chain with the name, and is once', async () => {
    const { site, delivery } = await siteWithOrphan();
    expect(await refusalOf(dismissOrphan(site.app, site.call('rita', { delivery, reason: '  ' })))).toMatchObject({
      status: 400,
      code: 'invalid',
    });
    expect((await dismiss(site, delivery)).orphans).toEqual([]);
    await dismiss(site, delivery, 'cora');
    const [stored, ...more] = await site.entries(ORPHAN_CHAIN);
    expect(more).toEqual([]);
    expect(stored?.entry).toMatchObject({
      kind: 'orphan-dismissed',
      body: { delivery, reason: 'A test of the pipeline.' },
    });
    expect(Object.values(stored?.disclosures ?? {}).map(({ value }) => value)).toEqual([
      { accountId: 'rita', displayName: 'Rita' },
    ]);
    expect(await refusalOf(open(site, delivery))).toMatchObject({ code: 'dismissed' });
    expect(site.made).toEqual([]);
  });

  it('does not go with opened, whichever came first', async () => {
    const { site, delivery } = await siteWithOrphan();
    await open(site, delivery);
    expect(await refusalOf(dismiss(site, delivery))).toMatchObject({ code: 'opened' });
  });

  it('is completed when it was broken off', async () => {
    const { site, delivery } = await siteWithOrphan();
    const start = site.store.calls.length;
    site.store.faultAt = ({ operation, keys, n }) =>
      n > start && operation === 'create' && (keys[0] ?? '').startsWith('ledger:') ? 'before' : undefined;
    await expect(dismiss(site, delivery)).rejects.toThrow();
    site.store.faultAt = () => undefined;
    await sweepOrphans(site.app);
    expect(await kinds(site, ORPHAN_CHAIN)).toEqual(['orphan-dismissed']);
    expect((await list(site)).orphans).toEqual([]);
  });
});

describe('the list is complete and bounded', () => {
  it('moves the oldest into pages, says so, and they can still be seen to', async () => {
    const { site, delivery } = await siteWithOrphan();
    const [oldest] = (await list(site)).orphans;
    if (oldest === undefined) throw new Error('nothing is listed');
    for (let i = 0; i < LIST_LIMIT + 150; i += 1) {
      const receivedAt = new Date(site.clock.at.getTime() + (i + 1) * 1000).toISOString();
      await site.store.set(orphanKey(`github.${i.toString(16).padStart(64, '0')}`), { ...oldest, receivedAt });
    }
    await boundOrphans(site.app);
    const view = await list(site);
    expect(view.orphans).toHaveLength(LIST_LIMIT);
    expect(view.moved).toMatchObject({ pages: 2, count: 151 });
    await boundOrphans(site.app);
    expect((await list(site)).moved).toEqual(view.moved);
    expect((await list(site, 0)).orphans.map((one) => one.delivery)).toContain(delivery);
    expect((await open(site, delivery)).opened).toBe(true);
    expect((await list(site, 0)).orphans.map((one) => one.delivery)).not.toContain(delivery);
  });
});

it('a delivery that is recorded again after it was seen to does not come back', async () => {
  const { site, delivery } = await siteWithOrphan();
  await dismiss(site, delivery);
  site.queue.push({ job: 'record-delivery', delivery });
  await site.work();
  expect((await list(site)).orphans).toEqual([]);
});

describe('a deployment that names a change which was not open', () => {
  const deployment = (environment: string) =>
    JSON.stringify({
      deployment: {
        id: 77,
        sha: 'a'.repeat(40),
        ref: 'main',
        task: 'deploy',
        environment,
        payload: { change: 'CHG-7' },
        created_at: '2026-03-02T08:59:00Z',
        creator: { login: 'dana' },
        url: 'https://api.github.com/repos/acme/enclave/deployments/77',
        description: null,
      },
      action: 'created',
      repository: { full_name: 'acme/enclave' },
      sender: { login: 'dana' },
    });

  test.each([
    ['production', [['change-not-open', ['CHG-7']]]],
    ['staging', []],
  ])('to %s', async (environment, expected) => {
    const site = new PeopleSite();
    expect(await site.deliver(githubRequest('deployment', deployment(environment)))).toBe('accepted');
    await site.work();
    expect(await site.recorded('10007')).toContain('deployment:77');
    expect((await list(site)).orphans.map(({ reason, names }) => [reason, names])).toEqual(expected);
  });
});
