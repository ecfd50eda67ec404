import { MOST_PER_RUN, queueDueRefreshes, queueRefreshes } from '../../../src/handlers/refresh-all';
import { issueKey } from '../../../src/ledger/keys';
import { TestSite } from '../intake/site';

/** A site that knows so many changes, `live` of them not yet settled. */
async function siteWith(count: number, live: number): Promise<TestSite> {
  const site = new TestSite();
  for (let i = 0; i < count; i += 1) {
    const id = String(10_000 + i);
    await site.store.set(issueKey(id), { key: `CHG-${i}`, status: i < live ? 'Approved' : 'Closed' });
  }
  return site;
}

const queued = (site: TestSite): string[] =>
  site.queue.splice(0).flatMap((job) => (job.job === 'refresh-change' ? [job.issueId] : []));

async function hours(site: TestSite, count: number): Promise<string[][]> {
  const runs: string[][] = [];
  for (let hour = 0; hour < count; hour += 1) {
    await queueDueRefreshes(site.ports);
    runs.push(queued(site));
    site.clock.at = new Date(site.clock.at.getTime() + 3_600_000);
  }
  return runs;
}

it('reads live changes every hour and settled ones once a day, spread over it', async () => {
  const site = await siteWith(1_000, 50);
  const runs = await hours(site, 24);
  const times = new Map<string, number>();
  for (const id of runs.flat()) times.set(id, (times.get(id) ?? 0) + 1);
  const counts = [...times.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, count]) => count);
  expect(counts.slice(0, 50)).toEqual(counts.slice(0, 50).map(() => 24));
  expect(counts.slice(50)).toEqual(counts.slice(50).map(() => 1));
  expect(times.size).toBe(1_000);
  expect(Math.max(...runs.map((run) => run.length))).toBeLessThan(50 + 2.5 * (950 / 24));
});

it('never takes more than its share, and what it had no room for comes next', async () => {
  const site = await siteWith(2_500, 2_500);
  const runs = await hours(site, 3);
  expect(runs.map((run) => run.length)).toEqual([MOST_PER_RUN, MOST_PER_RUN, MOST_PER_RUN]);
  expect(new Set(runs.flat()).size).toBe(2_500);
});

it('a change of the policy reads every change again', async () => {
  const site = await siteWith(60, 1);
  await queueRefreshes(site.ports);
  expect(queued(site)).toHaveLength(60);
});

it('the jobs of one run share what they read once', async () => {
  const site = await siteWith(3, 3);
  await queueDueRefreshes(site.ports);
  const runs = site.queue.flatMap((job) => (job.job === 'refresh-change' ? [job.run] : []));
  expect(new Set(runs).size).toBe(1);
});
