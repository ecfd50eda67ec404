import { countPending, recordDelivery, sweepPending } from '../../../src/handlers/record-delivery';
import { inspectLedger } from '../../../src/ledger/read';
import { commit, push, sha } from './bodies';
import { forEveryCall, PLANS } from './every-call';
import { githubRequest, TestSite } from './site';

const plain = JSON.stringify(push('refs/heads/main', [commit(10, 'CHG-7 and CHG-70'), commit(11, 'CHG-7')]));
const marked = JSON.stringify(
  push('refs/heads/main', [commit(10, 'CHG-7 and CHG-70\nCUI//SP-CTI'), commit(11, 'CHG-7')]),
);

/** What one complete delivery leaves, however it got there. */
async function expectRecordedOnce(site: TestSite, findings: number): Promise<void> {
  expect(site.keys('delivery:')).toHaveLength(1);
  expect(site.keys('pending:')).toEqual([]);
  expect(await site.recorded('10007')).toEqual([`commit:${sha(10)}`, `commit:${sha(11)}`]);
  expect(await site.recorded('10070')).toEqual([`commit:${sha(10)}`]);
  for (const chain of ['10007', '10070']) {
    const { entries, breaks } = await inspectLedger(site.store, chain);
    expect(breaks).toEqual([]);
    expect(entries.filter(({ entry }) => entry.kind === 'marking-found')).toHaveLength(findings);
  }
}

const BODIES = [
  ['a plain body', plain, 0],
  ['a body with a marking that two rules know', marked, 2],
] as const;

const MATRIX = PLANS.flatMap(([plan, faultAt]) =>
  BODIES.map(([name, body, findings]) => ({ plan, faultAt, name, body, findings })),
);

describe.each(MATRIX)('$plan, $name', ({ faultAt, body, findings }) => {
  it('is taken in exactly once when the sender sends again', async () => {
    const runs = await forEveryCall(async (n) => {
      const site = new TestSite();
      site.store.faultAt = faultAt(n);
      const first = await site.deliver(githubRequest('push', body));
      const reached = site.store.calls.length >= n;
      site.store.faultAt = () => undefined;
      if (!reached) expect(first).toBe('accepted');
      // A lost answer of the commit point makes it durable without a promise; sending again then finds it.
      const second = await site.deliver(githubRequest('push', body));
      expect(['accepted', 'duplicate']).toContain(second);
      if (first === 'accepted') expect(second).toBe('duplicate');
      await site.drain();
      await expectRecordedOnce(site, findings);
      expect(await site.deliver(githubRequest('push', body))).toBe('duplicate');
      expect(site.queue).toEqual([]);
      return reached;
    });
    expect(runs).toBeGreaterThan(5);
  });

  it('is recorded exactly once when the job is delivered again', async () => {
    const runs = await forEveryCall(async (n) => {
      const site = new TestSite();
      await site.deliver(githubRequest('push', body));
      const job = site.queue.shift();
      if (job?.job !== 'record-delivery') throw new Error('nothing was queued');
      const before = site.store.calls.length;
      site.store.faultAt = faultAt(before + n);
      const failed = await recordDelivery(site.ports, job.delivery).then(
        () => false,
        () => true,
      );
      const reached = site.store.calls.length >= before + n;
      site.store.faultAt = () => undefined;
      // Until it succeeds it is not forgotten: either the job rejected, or everything is recorded.
      if (failed) expect((await recordDelivery(site.ports, job.delivery)).issueIds).toEqual(['10007', '10070']);
      await expectRecordedOnce(site, findings);
      return reached;
    });
    expect(runs).toBeGreaterThan(5);
  });

  it('is recorded by the sweep when nobody sends again, or leaves nothing', async () => {
    await forEveryCall(async (n) => {
      const site = new TestSite();
      site.queueDown = true;
      site.store.faultAt = faultAt(n);
      const answer = await site.deliver(githubRequest('push', body));
      const reached = site.store.calls.length >= n;
      site.store.faultAt = () => undefined;
      site.queueDown = false;
      await sweepPending(site.ports);
      await site.drain();
      if (answer === 'accepted' || site.keys('delivery:').length > 0) await expectRecordedOnce(site, findings);
      // What was never accepted may still be on its way for a day, then its remains go.
      site.clock.at = new Date(site.clock.at.getTime() + 25 * 60 * 60 * 1000);
      await sweepPending(site.ports);
      expect(await countPending(site.ports)).toBe(0);
      if (site.keys('delivery:').length === 0) expect(site.store.dump()).toEqual([]);
      return reached;
    });
  });
});

describe('deliveries at the same time', () => {
  it.each([plain, marked])('of the same body are recorded once, whatever the interleaving', async (body) => {
    for (let seed = 1; seed <= 40; seed++) {
      const site = new TestSite();
      let state = seed;
      site.store.pause = async () => {
        state = (state * 48271) % 2147483647;
        for (let i = state % 4; i > 0; i--) await Promise.resolve();
      };
      const answers = await Promise.all([1, 2, 3].map(() => site.deliver(githubRequest('push', body))));
      expect(answers.filter((answer) => answer === 'accepted')).toHaveLength(1);
      expect(answers.filter((answer) => answer === 'duplicate')).toHaveLength(2);
      const jobs = site.queue.splice(0);
      const deliveries = jobs.flatMap((job) => (job.job === 'record-delivery' ? [job.delivery] : []));
      await Promise.all(deliveries.map((delivery) => recordDelivery(site.ports, delivery)));
      await expectRecordedOnce(site, body === marked ? 2 : 0);
    }
  });
});

describe('recording', () => {
  it('waits for Jira and keeps the delivery pending until then', async () => {
    const site = new TestSite();
    await site.deliver(githubRequest('push', plain));
    site.jiraDown = true;
    const job = site.queue[0];
    if (job?.job !== 'record-delivery') throw new Error('nothing was queued');
    await expect(recordDelivery(site.ports, job.delivery)).rejects.toThrow('no Jira now');
    expect(await countPending(site.ports)).toBe(1);
    expect(site.keys('pending:').sort()).toEqual(
      [`pending:CHG-7:${job.delivery}`, `pending:CHG-70:${job.delivery}`, `pending:delivery:${job.delivery}`].sort(),
    );
    site.jiraDown = false;
    await site.drain();
    await expectRecordedOnce(site, 0);
  });

  it('lists a delivery whose stored bytes were altered, and records none of it', async () => {
    for (const key of ['delivery-chunk:', 'delivery:']) {
      const site = new TestSite();
      await site.deliver(githubRequest('push', plain));
      site.store.tamper(site.keys(key)[0] ?? '', 'H4sIAAAAAAAAA0vLBwAhZVuMAwAAAA==');
      await site.drain();
      expect(site.keys('orphan:')).toHaveLength(1);
      expect(site.keys('ledger:')).toEqual([]);
      expect(site.keys('pending:')).toEqual([]);
    }
  });

  it.each(['', 'github', 'github.123', '../x.y', `github.${'0'.repeat(64)}`])(
    'answers a job that names no delivery: %p',
    async (name) => {
      const site = new TestSite();
      expect(await recordDelivery(site.ports, name)).toEqual({ recorded: 0, issueIds: [] });
      expect(site.logged).toHaveLength(1);
    },
  );

  it('follows the key of an issue that was moved, and records its facts once', async () => {
    const site = new TestSite();
    site.changes.set('CHG-3', { id: '10007', key: 'CHG-7', project: 'CHG', issueType: 'Change request' });
    await site.deliver(githubRequest('push', JSON.stringify(push('refs/heads/CHG-3', [commit(10, 'CHG-7 x')]))));
    await site.drain();
    expect(await site.recorded('10007')).toEqual([`commit:${sha(10)}`]);
    const [stored] = await site.entries('10007');
    expect(stored?.entry.kind === 'evidence' && stored.entry.body.namedBy).toEqual(['commit-message', 'branch']);
  });
});
