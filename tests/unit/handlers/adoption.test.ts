/** Existing issues are entered as "before control began", once, however the job is broken off; none becomes approved. */
import { readAdoptions, startAdoption } from '../../../src/handlers/adoption/start';
import { sweepAdoptions } from '../../../src/handlers/adoption/record';
import { readChange } from '../../../src/handlers/read-change';
import { savePolicy } from '../../../src/handlers/policy/save';
import { onChangeJob } from '../../../src/handlers/change-job';
import { DEFAULT_POLICY } from '../../../src/policy/policy';
import { refusalOf } from './policy/site';
import { PeopleSite } from './people-site';

const OLD = 5;

/** Five issues of last year, one of them Approved and one Executed. */
function siteWithOld(): PeopleSite {
  const site = new PeopleSite();
  site.changes.clear();
  for (let i = 1; i <= OLD; i += 1) {
    const key = `CHG-${i}`;
    site.changes.set(key, { id: `${10_000 + i}`, key, project: 'CHG', issueType: 'Change request' });
    const status = i === 2 ? 'Approved' : i === 3 ? 'Executed' : 'Proposed';
    site.snapshots.set(key, { createdAt: '2025-11-01T09:00:00.000Z', status });
  }
  return site;
}

const start = (site: PeopleSite, project = 'CHG', who = 'adam') => startAdoption(site.app, site.call(who, { project }));
const adoptedOf = async (site: PeopleSite): Promise<number> => {
  let count = 0;
  for (const { id } of site.changes.values())
    count += (await site.entries(id)).filter(({ entry }) => entry.kind === 'adopted').length;
  return count;
};
const now = async (site: PeopleSite) => {
  site.asking = 'adam';
  return (await readAdoptions(site.app)).projects[0];
};

it('enters every one of them with its status, counts, and opens none', async () => {
  const site = siteWithOld();
  expect(await now(site)).toMatchObject({ project: 'CHG', state: 'none' });
  expect(await start(site)).toMatchObject({ state: 'running', read: 0 });
  await site.work();
  expect(await now(site)).toMatchObject({
    state: 'done',
    read: OLD,
    adopted: OLD,
    by: 'Adam',
    controlBeganAt: '2026-03-02T09:00:00.000Z',
  });
  const view = await readChange(site.app, site.call('rita', {}, 'CHG-2'));
  expect(view.verdict).toMatchObject({ open: false, decided: false });
  expect(view.verdict.exceptions.map(({ code }) => code)).toEqual(['before-control']);
  expect(view.verdict.notices.map(({ code }) => code)).toContain('before-control');
  expect(view.timeline.map(({ text }) => text).join()).toContain('before change control began');
});

it('again adds nothing and does not put the beginning later', async () => {
  const site = siteWithOld();
  await start(site);
  await site.work();
  site.clock.at = new Date('2026-04-01T09:00:00.000Z');
  await start(site);
  await site.work();
  expect(await adoptedOf(site)).toBe(OLD);
  expect(await now(site)).toMatchObject({ state: 'done', adopted: OLD, controlBeganAt: '2026-03-02T09:00:00.000Z' });
});

it('leaves alone what is younger, and what was under control by then', async () => {
  const site = siteWithOld();
  await onChangeJob(site.app, { job: 'refresh-change', issueId: '10002' });
  site.snapshots.set('CHG-5', { createdAt: '2026-03-02T10:30:00.000Z' });
  site.clock.at = new Date('2026-03-02T10:00:00.000Z');
  await start(site);
  await site.work();
  expect(await now(site)).toMatchObject({ state: 'done', read: OLD - 1, adopted: OLD - 2 });
  const view = await readChange(site.app, site.call('rita', {}, 'CHG-2'));
  expect(view.verdict.exceptions.map(({ code }) => code)).toEqual(['status-without-decision', 'began-decided']);
});

it('takes the first policy that names the project as the beginning, so that a bypass since is not excused', async () => {
  const site = siteWithOld();
  const policy = { ...DEFAULT_POLICY, projects: ['CHG', 'NET'] };
  await savePolicy(site.app, site.call('adam', { basedOn: 'default-1', policy, reason: 'NET is under control too.' }));
  site.clock.at = new Date('2026-03-09T09:00:00.000Z');
  expect(await start(site, 'NET')).toMatchObject({ controlBeganAt: '2026-03-02T09:00:00.000Z' });
});

it('broken off at any call of the storage it goes on, and every issue is entered once', async () => {
  for (let n = 1; n < 400; n += 1) {
    const site = siteWithOld();
    await start(site);
    const from = site.store.calls.length;
    site.store.faultAt = (call) => (call.n === from + n ? 'before' : undefined);
    await site.work().catch(() => undefined);
    const survived = site.store.calls.length < from + n;
    site.store.faultAt = () => undefined;
    site.clock.at = new Date(site.clock.at.getTime() + 10 * 60_000);
    await sweepAdoptions(site.app);
    await site.work();
    expect(await adoptedOf(site)).toBe(OLD);
    expect(await now(site)).toMatchObject({ state: 'done' });
    if (survived) return;
  }
  throw new Error('it never survived');
});

test.each([
  ['somebody who is no admin', 'rita', 'CHG', { status: 403, code: 'not-an-admin' }],
  ['a project that is not controlled', 'adam', 'OPS', { status: 400, code: 'not-controlled' }],
  ['no key of a project', 'adam', 'chg', { status: 400, code: 'invalid' }],
])('refuses %s', async (_, who, project, refusal) => {
  expect(await refusalOf(start(siteWithOld(), project, who))).toMatchObject(refusal);
});
