import { reconcile } from '../../../src/handlers/reconcile';
import { Refused } from '../../../src/handlers/refusal';
import { packKey } from '../../../src/ledger/keys';
import { Unavailable } from '../../../src/ports/ports';
import { FIRST, ISSUE, PackSite } from './pack-site';

const JOB = { job: 'assemble-pack', issueId: ISSUE, pack: FIRST };

let site: PackSite;
beforeEach(() => {
  site = new PackSite();
});

const packJobs = () => site.queue.filter(({ job }) => job === 'assemble-pack');
const markers = () => site.keys('pack-unfinished:');

/** The pack is asked for, and the process dies after it took the number and before it queued the job. */
async function startKilledBeforeQueueing(): Promise<void> {
  const died = new Error('the process was killed');
  site.queueDown = true;
  site.store.faultAt = ({ operation, keys: [key = ''] }) => {
    // Nothing that a dead process would have done after the queue did not answer.
    if (operation === 'get' && key.startsWith('pack:')) throw died;
    return undefined;
  };
  await expect(site.start()).rejects.toBe(died);
  site.store.faultAt = () => undefined;
  site.queueDown = false;
}

/** The job dies at its first write with this prefix. */
async function jobKilledAt(prefix: string): Promise<void> {
  site.store.faultAt = ({ operation, keys: [key = ''] }) =>
    ['set', 'create'].includes(operation) && key.startsWith(prefix) ? 'before' : undefined;
  await expect(site.work()).rejects.toThrow('before it did anything');
  site.store.faultAt = () => undefined;
}

describe('a queue that takes no job', () => {
  it('is said to whoever asks, with what to do, and the pack is listed as failed with a sentence', async () => {
    site.queueDown = true;
    const refused = await site.start().catch((failure: unknown) => failure);
    expect(refused).toBeInstanceOf(Refused);
    expect((refused as Refused).refusal).toEqual({
      status: 503,
      code: 'queue-unavailable',
      message: expect.stringContaining('Assemble it again') as string,
    });
    expect(await site.look()).toMatchObject({
      state: 'failed',
      failure: { code: 'queue-unavailable', sentence: expect.stringContaining('Assemble it again') as string },
    });
    expect(markers()).toEqual([]);
    site.queueDown = false;
    expect(await site.start()).toMatchObject({ id: `${ISSUE}-0002`, state: 'queued' });
    await site.work();
    expect(await site.look(`${ISSUE}-0002`)).toMatchObject({ state: 'ready' });
  });

  it('that took the job after all, only its answer was lost: the pack is what its job makes of it', async () => {
    const push = site.app.jobs.push.bind(site.app.jobs);
    site.app.jobs.push = async (job) => {
      await push(job);
      await site.work();
      throw new Unavailable('queue', 'no answer');
    };
    expect(await site.start()).toMatchObject({ state: 'ready', failure: null });
    await site.expectOnePack();
  });

  it('does not keep anybody from reading how far a pack is', async () => {
    await site.start();
    site.queue.length = 0;
    site.later(61);
    site.queueDown = true;
    expect(await site.look()).toMatchObject({ state: 'queued' });
  });
});

describe('a pack whose start was killed before its job was queued', () => {
  beforeEach(startKilledBeforeQueueing);

  it('is queued again by whoever reads it once a minute has passed, and not with every look', async () => {
    site.later(60);
    await site.look();
    expect(packJobs()).toEqual([]);
    site.later(1);
    await site.look();
    await site.look();
    expect(packJobs()).toEqual([JOB]);
    site.later(61);
    await site.look();
    expect(packJobs()).toEqual([JOB, JOB]);
    await site.work();
    expect(await site.look()).toMatchObject({ state: 'ready' });
    await site.expectOnePack();
  });

  it('is queued again by the reconciler, and then needs no attention any more', async () => {
    expect(markers()).toHaveLength(1);
    await reconcile(site.app);
    expect(packJobs()).toEqual([]);
    site.later(61);
    await reconcile(site.app);
    expect(packJobs()).toEqual([JOB]);
    await site.work();
    expect(await site.look()).toMatchObject({ state: 'ready' });
    expect(markers()).toEqual([]);
  });

  it('does not wait for another one whose record was altered', async () => {
    await site.start();
    site.store.tamper(packKey(ISSUE, FIRST), { id: 'no record' });
    site.queue.length = 0;
    site.later(61);
    await reconcile(site.app);
    expect(packJobs()).toEqual([{ ...JOB, pack: `${ISSUE}-0002` }]);
  });
});

it('a number that was never taken leaves nothing behind', async () => {
  site.store.faultAt = ({ operation, keys: [key = ''] }) =>
    operation === 'create' && key.startsWith('pack:') ? 'before' : undefined;
  await expect(site.start()).rejects.toThrow();
  site.store.faultAt = () => undefined;
  await reconcile(site.app);
  expect(markers()).toHaveLength(1);
  site.later(3600);
  await reconcile(site.app);
  expect(markers()).toEqual([]);
  expect(await site.record()).toBeUndefined();
});

describe('a pack whose job was killed while assembling', () => {
  it('is left alone as long as a job may live, and queued again after that', async () => {
    await site.start();
    await jobKilledAt('pack-chunk:');
    site.later(900);
    await site.look();
    await reconcile(site.app);
    expect(packJobs()).toEqual([]);
    site.later(61);
    await site.look();
    await reconcile(site.app);
    expect(packJobs()).toEqual([JOB]);
    await site.work();
    await site.expectOnePack();
  });

  it('is the pack that the ledger names, if the ledger named one: nothing is read or made again', async () => {
    await site.start();
    // Dies at its first write after the entry, other than the note of the head.
    let recorded = false;
    site.store.faultAt = ({ operation, keys: [key = ''] }) => {
      recorded ||= operation === 'create' && key.startsWith('ledger:');
      return recorded && operation === 'set' && key.startsWith('pack:') ? 'before' : undefined;
    };
    await expect(site.work()).rejects.toThrow();
    site.store.faultAt = () => undefined;
    site.edit('Another rule.');
    const asked = site.jiraCalls;
    site.queue.push({ ...JOB, job: 'assemble-pack' });
    // Also long after: what the ledger holds is never called a failure.
    site.later(48 * 3600);
    await site.work();
    expect(site.jiraCalls).toBe(asked);
    await site.expectOnePack();
  });

  it('fails with what to do when it could not be made within a day', async () => {
    await site.start();
    await jobKilledAt('pack-chunk:');
    site.later(25 * 3600);
    await reconcile(site.app);
    await site.work();
    expect(await site.look()).toMatchObject({
      state: 'failed',
      failure: { code: 'gave-up', sentence: expect.stringContaining('Assemble it again') as string },
    });
    expect(markers()).toEqual([]);
  });
});
