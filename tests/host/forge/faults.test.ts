import { buildFixture, openFixture, type BuiltApp, type FixtureSite } from './fixture';
import { Faults, faultsSchema } from './faults';

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

const set = (key: string) => site.ask('set', { key, value: key });
const stored = (prefix: string): readonly string[] => site.forge.storage.items.raw(prefix).map(({ item }) => item.key);

describe('storage', () => {
  test('failEvery: nothing is done', async () => {
    site.forge.faults.set({ kvs: { failEvery: 2 } });
    const answers = [await set('f:1'), await set('f:2'), await set('f:3')];
    expect(answers).toEqual([{ value: null }, { code: 'INTERNAL_SERVER_ERROR', status: 500 }, { value: null }]);
    expect(stored('f:')).toEqual(['f:1', 'f:3']);
    expect(site.forge.faults.report().kvs).toEqual({ failEvery: 1, failAfterWriteEvery: 0, throttleEvery: 0 });
  });

  test('failAfterWriteEvery: done, then an error; reads are not counted', async () => {
    site.forge.faults.set({ kvs: { failAfterWriteEvery: 2 } });
    const answers = [await set('f:1'), await site.ask('get', { key: 'f:1' }), await set('f:2')];
    expect(answers).toEqual([{ value: null }, { value: 'f:1' }, { code: 'INTERNAL_SERVER_ERROR', status: 500 }]);
    expect(stored('f:')).toEqual(['f:1', 'f:2']);
  });

  test('throttleEvery: 429', async () => {
    site.forge.faults.set({ kvs: { throttleEvery: 1 } });
    expect(await set('f:1')).toEqual({ code: 'RATE_LIMIT_EXCEEDED', status: 429 });
    site.forge.faults.set({});
    expect(await set('f:1')).toEqual({ value: null });
    expect(site.forge.faults.report()).toMatchObject({ kvs: { throttleEvery: 1 }, plan: {} });
  });

  test('crashAt: the process dies at its n-th storage call, once, and that call is not done', async () => {
    site.forge.faults.set({ crashAt: 2 });
    expect(await set('f:1')).toEqual({ value: null });
    await expect(set('f:2')).rejects.toMatchObject({ code: 'handler-crashed' });
    expect(await set('f:3')).toEqual({ value: null });
    expect(stored('f:')).toEqual(['f:1', 'f:3']);
    expect(site.forge.faults.report().crashAt).toBe(1);
  });

  test('crashAt: a push to a queue counts as well, and nothing is queued', async () => {
    site.forge.faults.set({ crashAt: 2 });
    expect(await set('f:1')).toEqual({ value: null });
    await expect(site.ask('push', { bodies: [{ note: 'lost' }] })).rejects.toMatchObject({ code: 'handler-crashed' });
    expect(await site.forge.drain()).toMatchObject({ jobs: 0 });
  });
});

describe('Jira', () => {
  const read = () =>
    site.ask('jira', { as: 'app', path: '/rest/api/3/issue/CHG-1' }) as Promise<{ value: { status: number } }>;

  test('failEvery with a status of one’s own does not reach Jira; throttling is 429', async () => {
    site.forge.faults.set({ jira: { failEvery: 2, status: 502, throttleEvery: 3, retryAfter: 1 } });
    const statuses = [await read(), await read(), await read(), await read()].map(({ value }) => value.status);
    expect(statuses).toEqual([200, 502, 429, 502]);
    expect(site.calls).toHaveLength(1);
    expect(site.forge.faults.report().jira).toEqual({ failEvery: 2, failAfterWriteEvery: 0, throttleEvery: 1 });
  });

  test('calls from outside are not touched', async () => {
    site.forge.faults.set({ jira: { failEvery: 1 } });
    const request = { method: 'GET', path: '/rest/api/3/issue/CHG-1', headers: {}, body: new Uint8Array() };
    expect(await site.forge.fetchProduct('someone', request)).toMatchObject({ status: 200 });
  });
});

describe('deliveries', () => {
  const emit = (count: number): void => {
    for (let i = 0; i < count; i += 1) site.forge.emit('avi:jira:updated:issue', { note: `n${i}` });
  };

  test.each([
    ['duplicate', { duplicate: 0.5 }, 6],
    ['drop', { drop: 0.25 }, 3],
    ['drop all', { drop: 1 }, 0],
    ['both', { duplicate: 1, drop: 0.5 }, 4],
  ])('%s of four events', async (_, events, expected) => {
    site.forge.faults.set({ events });
    emit(4);
    expect(await site.forge.drain()).toMatchObject({ events: expected });
    expect(stored('heard:')).toHaveLength(expected);
  });

  test('a job is doubled, what the double queues is not, and no job is dropped', async () => {
    site.forge.faults.set({ events: { duplicate: 1, drop: 1 } });
    await site.ask('push', { bodies: [{ note: 'job' }] });
    expect(await site.forge.drain()).toMatchObject({ jobs: 2 });
  });

  test('reorder changes the order, delayMs the time', async () => {
    site.forge.faults.set({ events: { reorder: true, delayMs: 60_000 } });
    emit(8);
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(stored('heard:')).toEqual([]);
    await site.forge.drain();
    expect(stored('heard:')).toHaveLength(8);
    expect(site.forge.faults.report().events).toEqual({ duplicate: 0, drop: 0, reorder: 8, delayMs: 8 });
  });
});

describe('the plan', () => {
  test.each([
    [{}, true],
    [{ events: { duplicate: 0.5, drop: 0, reorder: true, delayMs: 10 }, crashAt: 1 }, true],
    [{ events: { duplicate: 1.1 } }, false],
    [{ events: { duplikate: 1 } }, false],
    [{ kvs: { failEvery: 0 } }, false],
    [{ jira: { status: 200 } }, false],
    [{ crashAt: 1.5 }, false],
    [{ unknown: true }, false],
  ])('%j is understood: %s', (plan, understood) => {
    expect(faultsSchema.safeParse(plan).success).toBe(understood);
  });

  test('a share of 0.1 takes one in ten, exactly', () => {
    const faults = new Faults();
    faults.set({ events: { drop: 0.1 } });
    const dropped = Array.from({ length: 100 }, () => faults.ofDelivery('event').copies).filter(
      (copies) => copies === 0,
    );
    expect(dropped).toHaveLength(10);
  });
});
