/**
 * Every sender under every fault: a delivery that comes twice, never, late, out of order or at the same time, storage that
 * fails before or after each call, and a process that dies at each. Nothing accepted is lost, and nothing is there twice.
 */
import { countPending, recordDelivery, sweepPending } from '../../../src/handlers/record-delivery';
import { inspectLedger } from '../../../src/ledger/read';
import { NAMES } from '../../../src/providers/names';
import { forEveryCall, PLANS } from './every-call';
import { SENDERS, type Sender } from './senders';
import { TestSite } from './site';

let nonces = 0;

/** The n-th delivery of a sender, signed anew: whoever sends again uses no nonce twice. */
const delivery = ({ event, body, send }: Sender, n: number) =>
  send(event, JSON.stringify(body(n, 'CHG-7 the port')), { nonce: `nonce-${String(++nonces).padStart(20, '0')}` });

/** Exactly these deliveries are recorded, in whatever order, each once, and nothing is left to do. */
async function expectRecorded(site: TestSite, sender: Sender, ns: readonly number[]): Promise<void> {
  expect(site.keys('delivery:')).toHaveLength(ns.length);
  expect(site.keys('pending:')).toEqual([]);
  expect((await site.recorded('10007')).sort()).toEqual(ns.map(sender.states).sort());
  expect((await inspectLedger(site.store, '10007')).breaks).toEqual([]);
}

const stored = (answer: string): boolean => answer === 'accepted' || answer === 'duplicate';

const runs = new Map<string, number>();
const note = (source: string, more: number) => runs.set(source, (runs.get(source) ?? 0) + more);
afterAll(() => {
  const lines = [...runs].map(([source, count]) => `${source.padEnd(15)} ${String(count).padStart(4)}`);
  process.stdout.write(['sender, faults after each of which every delivery was there once', ...lines, ''].join('\n'));
});

it('leaves no sender out that is registered', () => {
  expect([...new Set(SENDERS.map(({ address }) => address))].sort()).toEqual(Object.keys(NAMES).sort());
});

describe.each(SENDERS.map((sender) => [sender.source, sender] as const))('%s', (source, sender) => {
  it.each(PLANS)('%s of taking it in: sent again, it is there once', async (_, faultAt) => {
    const calls = await forEveryCall(async (n) => {
      const site = new TestSite();
      site.store.faultAt = faultAt(n);
      const first = await site.deliver(delivery(sender, 10));
      const reached = site.store.calls.length >= n;
      site.store.faultAt = () => undefined;
      expect(['accepted', 'unavailable']).toContain(first);
      const second = await site.deliver(delivery(sender, 10));
      expect(stored(second)).toBe(true);
      if (first === 'accepted') expect(second).toBe('duplicate');
      await site.drain();
      await expectRecorded(site, sender, [10]);
      return reached;
    });
    expect(calls).toBeGreaterThan(5);
    note(source, calls);
  });

  it.each(PLANS)('%s of recording it: the job comes again, it is there once', async (_, faultAt) => {
    const calls = await forEveryCall(async (n) => {
      const site = new TestSite();
      expect(await site.deliver(delivery(sender, 10))).toBe('accepted');
      const job = site.queue.shift();
      if (job?.job !== 'record-delivery') throw new Error('nothing was queued');
      const before = site.store.calls.length;
      site.store.faultAt = faultAt(before + n);
      await recordDelivery(site.ports, job.delivery).catch(() => undefined);
      const reached = site.store.calls.length >= before + n;
      site.store.faultAt = () => undefined;
      // Nobody comes back but the hourly sweep.
      await sweepPending(site.ports);
      await site.drain();
      await expectRecorded(site, sender, [10]);
      return reached;
    });
    expect(calls).toBeGreaterThan(5);
    note(source, calls);
  });

  it('drops: what never came is not there, what comes later is, in whatever order', async () => {
    for (const order of [
      [10, 11, 12],
      [12, 10, 11],
      [11, 12],
      [12, 11, 10],
    ]) {
      const site = new TestSite();
      for (const n of order) expect(await site.deliver(delivery(sender, n))).toBe('accepted');
      // The queue as well is in no order, and hands out twice.
      site.queue.push(...[...site.queue].reverse());
      await site.drain();
      await expectRecorded(site, sender, order);
    }
    note(source, 4);
  });

  it('comes twice at the same time, whatever the interleaving', async () => {
    for (let seed = 1; seed <= 8; seed++) {
      const site = new TestSite();
      let state = seed;
      site.store.pause = async () => {
        state = (state * 48271) % 2147483647;
        for (let i = state % 4; i > 0; i--) await Promise.resolve();
      };
      const answers = await Promise.all([1, 2].map(() => site.deliver(delivery(sender, 10))));
      expect(answers.sort()).toEqual(['accepted', 'duplicate']);
      await site.drain();
      expect(await countPending(site.ports)).toBe(0);
      await expectRecorded(site, sender, [10]);
    }
    note(source, 8);
  });
});
