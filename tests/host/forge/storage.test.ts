import fc from 'fast-check';
import { openDatabase } from '../database';
import { buildFixture, openFixture, type BuiltApp, type FixtureSite } from './fixture';
import { QUERY_LAG_MILLIS } from './limits';
import { StorageRefusal } from './storage/refusal';
import { StorageService } from './storage/service';

// Processes are started for real; on a busy machine that takes its time.
jest.setTimeout(60_000);

let app: BuiltApp;
let site: FixtureSite;

beforeAll(() => {
  app = buildFixture();
  site = openFixture(app);
}, 120_000);
afterAll(() => site.stop());

const nested = (depth: number): unknown => Array.from({ length: depth }).reduce<unknown>((inner) => [inner], 1);
const text = (bytes: number): string => 'x'.repeat(bytes - 2);

describe('limits ("Key-Value Store limits"; codes: "Error handling")', () => {
  test.each<[string, unknown, unknown, unknown]>([
    ['240 KiB', 'k', text(240 * 1024), { value: null }],
    ['240 KiB and a byte', 'k', text(240 * 1024 + 1), { code: 'MAX_SIZE', status: 400 }],
    ['bytes, not characters', 'k', 'ü'.repeat(120 * 1024), { code: 'MAX_SIZE', status: 400 }],
    ['31 deep', 'k', nested(31), { value: null }],
    ['32 deep', 'k', nested(32), { code: 'MAX_DEPTH', status: 400 }],
    ['a key of 500', 'k'.repeat(500), 1, { value: null }],
    ['a key of 501', 'k'.repeat(501), 1, { code: 'KEY_TOO_LONG', status: 400 }],
    ['no key', '', 1, { code: 'KEY_TOO_SHORT', status: 400 }],
    ['every letter of the alphabet', 'aZ09:._ -#', 1, { value: null }],
    ['a slash', 'a/b', 1, { code: 'INVALID_KEY', status: 400 }],
    ['only blanks', '   ', 1, { code: 'INVALID_KEY', status: 400 }],
    ['null', 'k', null, { code: 'INVALID_VALUE', status: 400 }],
  ])('%s', async (_, key, value, expected) => {
    expect(await site.ask('set', { key, value: value as never }, {}).catch((error: unknown) => error)).toEqual(
      expected,
    );
  });

  test('128 KiB a secret, apart from plain keys', async () => {
    expect(await site.ask('secret', { key: 'apart', value: 'hush' })).toEqual({ secret: 'hush', plain: null });
    expect(() => site.forge.storage.call('secret/set', { key: 's', value: text(128 * 1024 + 1) })).toThrow(
      StorageRefusal,
    );
  });

  test('what was refused left nothing', async () => {
    await site.ask('set', { key: 'left', value: 'before' });
    await site.ask('set', { key: 'left', value: text(240 * 1024 + 1) });
    expect(await site.ask('get', { key: 'left' })).toEqual({ value: 'before' });
  });
});

describe('create once (Forge changelog CHANGE-3038)', () => {
  test('the second is a conflict and changes nothing', async () => {
    const create = (value: string) => site.ask('set', { key: 'once', value, options: { keyPolicy: 'FAIL_IF_EXISTS' } });
    const answers = await Promise.all(['a', 'b', 'c', 'd'].map(create));
    expect(answers.filter((answer) => JSON.stringify(answer) === '{"value":null}')).toHaveLength(1);
    expect(answers.filter((answer) => JSON.stringify(answer).includes('KEY_CONFLICT'))).toHaveLength(3);
    expect(await create('e')).toEqual({ code: 'KEY_CONFLICT', status: 409 });
    await site.ask('delete', { key: 'once' });
    expect(await create('f')).toEqual({ value: null });
  });

  test('an expired value is in nobody’s way, by the site’s clock', async () => {
    const now = new Date('2026-03-02T09:00:00Z');
    site.forge.setClock(now);
    const options = { keyPolicy: 'FAIL_IF_EXISTS', ttl: { value: 10, unit: 'MINUTES' } };
    expect(await site.ask('set', { key: 'nonce', value: 1, options })).toEqual({ value: null });
    expect(await site.ask('set', { key: 'nonce', value: 2, options })).toMatchObject({ status: 409 });
    site.forge.setClock(new Date(now.getTime() + 11 * 60_000));
    expect(await site.ask('get', { key: 'nonce' })).toEqual({ value: null });
    expect(await site.ask('set', { key: 'nonce', value: 3, options })).toEqual({ value: null });
  });
});

describe('queries (ordered by key, eventually consistent)', () => {
  interface Page {
    readonly value: {
      readonly results: { readonly key: string; readonly value: unknown }[];
      readonly nextCursor?: string;
    };
  }
  const list = async (prefix: string, cursor?: string): Promise<Page['value']> =>
    ((await site.ask('list', { prefix, cursor: cursor ?? null, limit: 2 })) as Page).value;

  test('page through keys in the order of their bytes', async () => {
    for (const key of ['p:b', 'p:a', 'p:C', 'p:10', 'p:9', 'q:a']) await site.ask('set', { key, value: key });
    await site.forge.drain();
    const seen: string[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await list('p:', cursor);
      seen.push(...page.results.map(({ key }) => key));
      cursor = page.nextCursor;
      if (cursor === undefined) break;
    }
    expect(seen).toEqual(['p:10', 'p:9', 'p:C', 'p:a', 'p:b']);
  });

  test('a write is seen by get at once, by a query after the lag', async () => {
    // A machine so busy that the lag is over before the query shows nothing: it is asked again.
    for (;;) {
      await site.ask('delete', { key: 'lag:2' });
      await site.ask('set', { key: 'lag:1', value: 'old' });
      await site.forge.drain();
      const written = performance.now();
      await site.ask('set', { key: 'lag:1', value: 'new' });
      await site.ask('set', { key: 'lag:2', value: 'second' });
      const [one, many] = [await site.ask('get', { key: 'lag:1' }), await list('lag:')];
      if (performance.now() - written >= QUERY_LAG_MILLIS) continue;
      expect(one).toEqual({ value: 'new' });
      expect(many.results).toMatchObject([{ key: 'lag:1', value: 'old' }]);
      break;
    }
    await new Promise((resolve) => setTimeout(resolve, QUERY_LAG_MILLIS + 50));
    expect((await list('lag:')).results).toMatchObject([{ value: 'new' }, { value: 'second' }]);
    await site.ask('delete', { key: 'lag:1' });
    expect((await list('lag:')).results).toHaveLength(2);
    await site.forge.drain();
    expect((await list('lag:')).results).toMatchObject([{ key: 'lag:2' }]);
  });

  test('more than 100 a page is refused', async () => {
    expect(await site.ask('list', { prefix: 'p:', limit: 101 })).toMatchObject({ code: 'LIST_QUERY_LIMIT_EXCEEDED' });
  });
});

describe('transactions and batches', () => {
  const sets = (...keys: string[]) => keys.map((key) => ({ key, value: key }));

  test.each<[string, { key: string; value: unknown }[], unknown]>([
    ['25 operations', sets(...Array.from({ length: 25 }, (_, i) => `t:${i}`)), { value: null }],
    [
      '26 operations',
      sets(...Array.from({ length: 26 }, (_, i) => `t:${i}`)),
      { code: 'TRANSACTION_SIZE', status: 400 },
    ],
    ['a key twice', sets('t:x', 't:x'), { code: 'DUPLICATE_KEY', status: 400 }],
  ])('%s', async (_, operations, expected) => {
    expect(await transact(operations)).toEqual(expected);
  });

  test('4 MB a transaction', () => {
    const set = Array.from({ length: 18 }, (_, i) => ({ key: `t:big-${i}`, value: text(240 * 1024) }));
    expect(() => site.forge.storage.call('transaction', { set })).toThrow(
      expect.objectContaining({ code: 'MAX_SIZE' }) as Error,
    );
    site.forge.storage.call('transaction', { set: set.slice(1) });
    expect(site.forge.storage.items.raw('t:big-')).toHaveLength(17);
  });

  test('one refused value undoes the rest', async () => {
    expect(
      await transact([
        { key: 't:first', value: 1 },
        { key: 't/second', value: 2 },
      ]),
    ).toMatchObject({ code: 'INVALID_KEY' });
    expect(await site.ask('get', { key: 't:first' })).toEqual({ value: null });
  });

  test('a condition on an entity holds everything back', async () => {
    await site.ask('parts', { parts: [{ key: 'guard', value: { colour: 'red', size: 1 } }] });
    const guarded = (key: string, size: number) =>
      site.ask('transact', { sets: sets(key), guard: { key: 'guard', size } });
    expect(await guarded('t:held', 2)).toEqual({ code: 'CONDITIONAL_CHECK_FAILED', status: 409 });
    expect(await site.ask('get', { key: 't:held' })).toEqual({ value: null });
    expect(await guarded('t:let', 1)).toEqual({ value: null });
    const absent = await site.ask('transact', { sets: sets('t:held'), guard: { key: 'absent', size: 0 } });
    expect(absent).toMatchObject({ code: 'CONDITIONAL_CHECK_FAILED' });
  });

  test('a batch has at most 25 items, and each answers for itself', async () => {
    const answer = (await site.ask('batch', { keys: ['b:1', 'b/2'] })) as {
      value: Record<
        'set' | 'get' | 'delete',
        { successfulKeys: { key: string }[]; failedKeys: { key: string; error: { code: string } }[] }
      >;
    };
    expect(answer.value.set).toMatchObject({
      successfulKeys: [{ key: 'b:1' }],
      failedKeys: [{ key: 'b/2', error: { code: 'INVALID_KEY' } }],
    });
    expect(answer.value.get.failedKeys.map(({ error }) => error.code)).toEqual(['INVALID_KEY', 'KEY_NOT_FOUND']);
    const many = Array.from({ length: 26 }, (_, i) => `b:${i}`);
    expect(await site.ask('batch', { keys: many })).toMatchObject({ status: 400 });
  });

  const transact = (operations: unknown) => site.ask('transact', { sets: operations });
});

describe('custom entities (declared in the manifest)', () => {
  test('an index by partition and range, in order, paged', async () => {
    const parts = [3, 1, 2, 9].map((size) => ({ key: `part-${size}`, value: { colour: 'blue', size } }));
    await site.ask('parts', { parts });
    await site.forge.drain();
    const first = (await site.ask('query-parts', { colour: 'blue', most: 9 })) as {
      value: { results: { value: { size: number } }[]; nextCursor: string };
    };
    expect(first.value.results.map(({ value }) => value.size)).toEqual([1, 2]);
    const second = await site.ask('query-parts', { colour: 'blue', most: 9, cursor: first.value.nextCursor });
    expect(second).toMatchObject({ value: { results: [{ value: { size: 3 } }] } });
  });

  test.each([
    [
      'an entity that is not declared',
      'entity/set',
      { entityName: 'none', key: 'k', value: {} },
      'INVALID_ENTITY_NAME',
    ],
    [
      'another type than declared',
      'entity/set',
      { entityName: 'part', key: 'k', value: { size: 'big' } },
      'INVALID_ENTITY_VALUE',
    ],
    [
      'an index that is not declared',
      'entity/query',
      { entityName: 'part', indexName: 'none' },
      'INVALID_ENTITY_INDEX',
    ],
  ])('%s is refused', (_, path, body, code) => {
    expect(() => site.forge.storage.call(path, body)).toThrow(expect.objectContaining({ code }) as Error);
  });
});

test('whatever is written, get and a settled query agree with a plain map (property)', () => {
  const key = fc.constantFrom('a', 'a:1', 'a:2', 'b', 'B');
  const step = fc.oneof(
    fc.record({ do: fc.constant('set' as const), key, value: fc.oneof(fc.integer(), fc.string(), fc.boolean()) }),
    fc.record({ do: fc.constant('delete' as const), key }),
    fc.record({ do: fc.constant('create' as const), key, value: fc.integer() }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), fc.integer({ min: 1, max: 5 }), (steps, limit) => {
      const { database, transaction, close } = openDatabase(':memory:');
      const clock = { now: () => new Date(0), set: () => undefined, offset: () => 0 };
      const service = new StorageService({ database, transaction, clock }, []);
      const model = new Map<string, unknown>();
      for (const one of steps) {
        if (one.do === 'delete') {
          service.call('delete', { key: one.key });
          model.delete(one.key);
        } else if (one.do === 'set') {
          service.call('set', { key: one.key, value: one.value });
          model.set(one.key, one.value);
        } else {
          const create = (): unknown =>
            service.call('set', { key: one.key, value: one.value, options: { keyPolicy: 'FAIL_IF_EXISTS' } });
          if (model.has(one.key)) expect(create).toThrow(StorageRefusal);
          else create();
          if (!model.has(one.key)) model.set(one.key, one.value);
        }
      }
      service.items.settle();
      const seen: [string, unknown][] = [];
      let after: string | undefined;
      do {
        const where = [{ property: 'key', condition: 'BEGINS_WITH', values: ['a'] }];
        const page = service.call('query', { limit, after, where }).body as {
          data: { key: string; value: unknown }[];
          cursor?: string;
        };
        seen.push(...page.data.map((row): [string, unknown] => [row.key, row.value]));
        after = page.cursor;
      } while (after !== undefined);
      close();
      const expected = [...model].filter(([name]) => name.startsWith('a')).sort(([a], [b]) => (a < b ? -1 : 1));
      expect(seen).toEqual(expected);
    }),
    { numRuns: 60 },
  );
});
