import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nextStep, backoffSeconds } from './delivery/next-step';
import { DrainTimeout } from './delivery/worker';
import { buildFixture, openFixture, type BuiltApp, type FixtureSite } from './fixture';

// Processes are started for real; on a busy machine that takes its time.
jest.setTimeout(60_000);

let app: BuiltApp;
let site: FixtureSite;

beforeAll(() => {
  app = buildFixture();
}, 120_000);
beforeEach(() => {
  site = openFixture(app);
  site.forge.start();
});
afterEach(() => site.stop());

/** Notes heard so far, `kind:note:retry`, in the order of the alphabet. */
const heard = (): readonly string[] =>
  site.forge.storage.items
    .raw('heard:')
    .map(({ item }) => item.key.split(':').slice(1, 4).join(':'))
    .sort();

const push = (...bodies: Record<string, unknown>[]) => site.ask('push', { bodies });

describe('product events and post functions (forge-answers.md section 5)', () => {
  test('arrive at every trigger of the event, and are counted', async () => {
    site.forge.emit('avi:jira:updated:issue', { note: 'a' });
    site.forge.callPostFunction('post-function', { note: 'b' });
    expect(await site.forge.drain()).toEqual({ events: 2, jobs: 0, retries: 0 });
    expect(heard()).toEqual(['event:a:0', 'event:b:0']);
    expect(await site.forge.drain()).toEqual({ events: 0, jobs: 0, retries: 0 });
  });

  test('arrive without being asked for', async () => {
    site.forge.emit('avi:jira:updated:issue', { note: 'soon' });
    expect(heard()).toEqual([]);
    for (let i = 0; i < 200 && heard().length === 0; i += 1) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(heard()).toEqual(['event:soon:0']);
  });

  test('ignoreSelf keeps the app’s own from the one trigger that says so', async () => {
    for (const selfGenerated of [true, false]) {
      site.forge.emit('avi:jira:updated:issue', { note: `updated-${selfGenerated}`, selfGenerated });
      site.forge.emit('avi:jira:created:issue', { note: `created-${selfGenerated}`, selfGenerated });
    }
    await site.forge.drain();
    expect(heard()).toEqual(['event:created-false:0', 'event:updated-false:0', 'event:updated-true:0']);
  });

  test('an event whose scope the manifest lacks does not arrive', async () => {
    site.forge.emit('avi:jira:failed:expression', { note: 'unseen' });
    expect(await site.forge.drain()).toMatchObject({ events: 0 });
  });

  test.each([
    ['throw', ['event:x:0'], { events: 1, retries: 0 }, 1],
    ['exit', ['event:x:0', 'event:x:1', 'event:x:2', 'event:x:3', 'event:x:4'], { events: 1, retries: 4 }, 1],
    ['retry-always', ['event:x:0', 'event:x:1', 'event:x:2', 'event:x:3', 'event:x:4'], { events: 1, retries: 4 }, 1],
    ['retry-twice', ['event:x:0', 'event:x:1', 'event:x:2'], { events: 1, retries: 2 }, 0],
  ])(
    '%s: %j',
    async (how, notes, counts, dead) => {
      site.forge.emit('avi:jira:updated:issue', { note: 'x', how });
      expect(await site.forge.drain()).toMatchObject(counts);
      expect(heard()).toEqual(notes);
      expect(site.forge.meter().deliveries).toEqual({ pending: 0, dead });
      expect(site.problems).toHaveLength(dead);
    },
    30_000,
  );

  test('what the app sends along comes back with the retry', async () => {
    site.forge.emit('avi:jira:updated:issue', { note: 'data', how: 'retry-twice' });
    await site.forge.drain();
    const data = site.forge.storage.items
      .raw('heard:')
      .map(({ item }) => (JSON.parse(item.json) as { retryData: unknown }).retryData);
    expect(data).toHaveLength(3);
    expect(data).toEqual(expect.arrayContaining(['none', { count: 0 }, { count: 1 }]));
  });
});

describe('queues (forge-answers.md section 9)', () => {
  test('50 events, 51 are refused by the SDK; 200 KB; 900 s', async () => {
    const many = (count: number) => Array.from({ length: count }, (_, i) => ({ note: `n${i}` }));
    expect(await push(...many(50))).toMatchObject({ value: { jobId: expect.any(String) as string } });
    expect(await push(...many(51))).toMatchObject({
      error: expect.stringContaining('more than the 50 events') as string,
    });
    expect(await push({ note: 'x'.repeat(200 * 1024) })).toMatchObject({
      error: expect.stringContaining('200') as string,
    });
    expect(await push({ note: 'x'.repeat(101 * 1024) })).toMatchObject({
      error: expect.stringContaining('100 KB') as string,
    });
    expect(await site.ask('push', { bodies: [{}], delayInSeconds: 901 })).toMatchObject({
      error: expect.stringContaining('900') as string,
    });
    expect(await site.forge.drain()).toEqual({ events: 0, jobs: 50, retries: 0 });
  }, 60_000);

  test('drain skips a delay and leaves the clock alone', async () => {
    const now = new Date('2026-03-02T09:00:00Z');
    site.forge.setClock(now);
    await site.ask('push', { bodies: [{ note: 'late' }], delayInSeconds: 900 });
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(heard()).toEqual([]);
    expect(await site.forge.drain()).toMatchObject({ jobs: 1 });
    const written = site.forge.storage.items.raw('heard:').map(({ item }) => JSON.parse(item.json) as { at: string });
    expect(written.map(({ at }) => at.slice(0, 16))).toEqual(['2026-03-02T09:00']);
  });

  test('moving the clock makes a delayed job due; moving it back keeps the rest of the wait', async () => {
    site.forge.setClock(new Date('2026-03-02T09:00:00Z'));
    await site.ask('push', { bodies: [{ note: 'due' }], delayInSeconds: 600 });
    site.forge.setClock(new Date('2026-03-01T09:00:00Z'));
    site.forge.setClock(new Date('2026-03-01T09:09:50Z'));
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(heard()).not.toContain('job:due:0');
    site.forge.setClock(new Date('2026-03-01T09:10:01Z'));
    for (let i = 0; i < 200 && !heard().includes('job:due:0'); i += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(heard()).toContain('job:due:0');
  });

  test('a throw is tried again, and given up and kept when 24 hours have passed', async () => {
    const { value } = (await push({ note: 'bad', how: 'throw' })) as { value: { jobId: string } };
    const counts = await site.forge.drain();
    expect(counts.jobs).toBe(1);
    expect(counts.retries).toBeGreaterThan(90);
    expect(counts.retries).toBeLessThan(120);
    expect(site.forge.meter().deliveries).toEqual({ pending: 0, dead: 1 });
    expect(site.forge.dead()).toMatchObject([{ kind: 'job', function: 'work', error: 'Error: thrown on purpose' }]);
    expect(await site.ask('stats', { jobId: value.jobId })).toEqual({
      value: { success: 0, inProgress: 0, failed: 1 },
    });
    expect(await site.ask('stats', { jobId: 'none' })).toMatchObject({
      error: expect.stringContaining('was not found') as string,
    });
  }, 60_000);

  test('a concurrency limit is kept', async () => {
    const concurrency = { key: 'one', limit: 1 };
    const bodies = Array.from({ length: 5 }, (_, i) => ({ note: `c${i}`, how: 'pause' }));
    await site.ask('push', { bodies, concurrency });
    const started = Date.now();
    await site.forge.drain();
    expect(Date.now() - started).toBeGreaterThan(5 * 150);
    expect(heard()).toHaveLength(5);
  });

  test('drain gives up in time and says so', async () => {
    await push({ note: 'slow', how: 'never' });
    await expect(site.forge.drain(600)).rejects.toThrow(DrainTimeout);
  });
});

describe('scheduled triggers (forge-answers.md section 9)', () => {
  test('run when due, once after a jump over many, and drain waits for them', async () => {
    const at = (time: string) => site.forge.setClock(new Date(time));
    at('2026-03-02T09:00:00Z');
    await site.forge.drain();
    at('2026-03-02T09:06:00Z');
    expect(await site.forge.drain()).toEqual({ events: 0, jobs: 0, retries: 0 });
    expect(heard()).toEqual(['tick::0']);
    at('2026-03-05T09:00:00Z');
    await site.forge.drain();
    expect(heard()).toHaveLength(2);
  });

  test('run on demand', async () => {
    await site.forge.scheduled('hourly');
    expect(heard()).toEqual(['tick::0']);
    await expect(site.forge.scheduled('none')).rejects.toMatchObject({ status: 404 });
  });
});

test('what is owed survives the end of the site, also in the middle of a delivery', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'forge-site-'));
  const [first, second] = [openFixture(app, { folder }), openFixture(app, { folder })];
  const begun = () => second.forge.storage.items.raw('heard:event:kept').length;
  try {
    first.forge.start();
    first.forge.emit('avi:jira:updated:issue', { note: 'kept', how: 'long' });
    while (begun() === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    await first.stop();
    expect(second.forge.meter().deliveries).toEqual({ pending: 1, dead: 0 });
    second.forge.start();
    expect(await second.forge.drain()).toEqual({ events: 1, jobs: 0, retries: 0 });
    expect(begun()).toBe(2);
  } finally {
    await second.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});

describe('what follows an attempt (table)', () => {
  const threw = { kind: 'threw', error: { name: 'Error', message: 'm', stack: '' } } as const;
  const crashed = { kind: 'crashed', reason: 'r' } as const;
  const asked = (retryOptions: unknown) => ({ kind: 'returned', value: { _retry: true, retryOptions } }) as const;
  const hour = 3_600_000;

  test.each([
    ['job', 0, 0, { kind: 'returned', value: undefined }, 'delivered'],
    ['job', 0, 0, threw, 'again'],
    ['job', 50, 23 * hour, threw, 'again'],
    ['job', 50, 24 * hour, threw, 'dead'],
    ['job', 0, 0, crashed, 'again'],
    ['job', 9, 0, asked({ retryAfter: 1 }), 'again'],
    ['event', 0, 0, threw, 'dead'],
    ['event', 3, 0, crashed, 'again'],
    ['event', 4, 0, crashed, 'dead'],
    ['post-function', 3, 0, asked({}), 'again'],
    ['post-function', 4, 0, asked({}), 'dead'],
    ['event', 0, 0, asked({ retryData: 'text' }), 'dead'],
    ['event', 0, 0, asked({ retryData: { text: 'x'.repeat(4096) } }), 'dead'],
    ['scheduled', 0, 0, crashed, 'dead'],
  ] as const)('%s, attempt %i, age %i: %j → %s', (kind, attempt, age, outcome, step) => {
    expect(nextStep(kind, attempt, age, outcome).step).toBe(step);
  });

  test('pauses grow to fifteen minutes; a longer retryAfter is cut to it', () => {
    expect([0, 1, 2, 7, 8, 100].map(backoffSeconds)).toEqual([5, 10, 20, 640, 900, 900]);
    expect(nextStep('event', 0, 0, asked({ retryAfter: 5000 }))).toMatchObject({ afterMillis: 900_000 });
  });
});
