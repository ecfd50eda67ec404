import { ledgerEntryKey } from '../../src/ledger/keys';
import type { Store } from '../../src/ports/ports';

/** One storage under test. `moveClock` moves the clock that its TTLs run on. */
export interface StoreUnderTest {
  readonly store: Store;
  readonly moveClock: (seconds: number) => void | Promise<void>;
  /** Resolves once a query must show all that was written. */
  readonly settle?: () => Promise<void>;
}

/**
 * What everybody may expect of a `Store`, run against the fake and against the real key-value storage: running the same
 * suite on both is what makes tests on the fake worth anything. `open` answers a storage without keys under `contract`.
 */
export function describeStore(name: string, open: () => StoreUnderTest | Promise<StoreUnderTest>): void {
  describe(`the store contract: ${name}`, () => {
    let under: StoreUnderTest;
    let store: Store;
    beforeEach(async () => {
      under = await open();
      store = under.store;
    });

    it('answers undefined for a key that was never written', async () => {
      expect(await store.get('contract:none')).toBeUndefined();
    });

    it.each<[string, unknown]>([
      ['an object with nesting, null and an empty list', { a: [1, null, { b: 'ü 🙂 \u2028' }], e: [], f: {} }],
      ['text', 'text'],
      ['the empty text', ''],
      ['a number', 0],
      ['false', false],
      ['a list', [1, 2]],
      ['a large value (200 KiB)', { text: 'x'.repeat(200 * 1024) }],
    ])('gives back %s as it was set', async (_, value) => {
      await store.set('contract:value', value);
      expect(await store.get('contract:value')).toEqual(value);
    });

    it('overwrites with set', async () => {
      await store.set('contract:value', { n: 1 });
      await store.set('contract:value', { n: 2 });
      expect(await store.get('contract:value')).toEqual({ n: 2 });
    });

    it('creates once: another value does not replace the first', async () => {
      expect(await store.create('contract:once', { n: 1 })).toBe('created');
      expect(await store.create('contract:once', { n: 2 })).toBe('exists');
      expect(await store.get('contract:once')).toEqual({ n: 1 });
    });

    it('does not create what an earlier call created, even when the values are equal', async () => {
      await store.create('contract:once', { a: 1 });
      expect(await store.create('contract:once', { a: 1 })).toBe('exists');
    });

    it('lets exactly one of many writers at the same time create a key', async () => {
      const outcomes = await Promise.all(Array.from({ length: 8 }, (_, n) => store.create('contract:race', { n })));
      expect(outcomes.filter((outcome) => outcome === 'created')).toHaveLength(1);
      expect(await store.get('contract:race')).toEqual({ n: outcomes.indexOf('created') });
    });

    it('creates again after a delete, and deleting twice is no error', async () => {
      await store.create('contract:once', { n: 1 });
      await store.delete('contract:once');
      await store.delete('contract:once');
      expect(await store.get('contract:once')).toBeUndefined();
      expect(await store.create('contract:once', { n: 2 })).toBe('created');
    });

    it('reads many keys in the order asked for, more than one batch, with gaps', async () => {
      for (const n of [0, 7, 25, 59]) await store.set(ledgerEntryKey('contract', n), { n });
      const keys = Array.from({ length: 60 }, (_, n) => ledgerEntryKey('contract', n));
      const values = await store.getMany(keys.toReversed());
      expect(values).toHaveLength(60);
      const there = [...values.entries()].filter(([, value]) => value !== undefined);
      expect(there).toEqual([
        [0, { n: 59 }],
        [34, { n: 25 }],
        [52, { n: 7 }],
        [59, { n: 0 }],
      ]);
      for (const n of [0, 7, 25, 59]) await store.delete(ledgerEntryKey('contract', n));
    });

    it('reads no keys at all', async () => {
      expect(await store.getMany([])).toEqual([]);
    });

    it('lists a prefix completely and in key order, page by page', async () => {
      const keys = Array.from({ length: 230 }, (_, n) => `contract-list:${String(n).padStart(4, '0')}`);
      for (const key of keys.toReversed()) await store.set(key, { key });
      await store.set('contract-lisu:0', { key: 'behind the prefix' });
      await under.settle?.();
      const listed: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await store.list('contract-list:', cursor);
        listed.push(...page.items.map(({ key }) => key));
        for (const { key, value } of page.items) expect(value).toEqual({ key });
        cursor = page.next;
      } while (cursor !== undefined);
      expect(listed).toEqual(keys);
      for (const key of [...keys, 'contract-lisu:0']) await store.delete(key);
    });

    it('refuses what cannot be stored: no value, null, too large', async () => {
      await expect(store.set('contract:bad', undefined)).rejects.toThrow();
      await expect(store.set('contract:bad', null)).rejects.toThrow();
      await expect(store.set('contract:bad', { text: 'x'.repeat(241 * 1024) })).rejects.toThrow();
      await expect(store.create('contract:bad', { text: 'x'.repeat(241 * 1024) })).rejects.toThrow();
      expect(await store.get('contract:bad')).toBeUndefined();
    });

    it.each([
      ['empty', ''],
      ['too long', 'k'.repeat(501)],
      ['of another alphabet', 'contract:ä'],
      ['with a slash', 'a/b'],
    ])('refuses a key that is %s', async (_, key) => {
      await expect(store.set(key, { n: 1 })).rejects.toThrow();
    });
  });
}

/** Expiry is apart: on Forge an expired value may be readable for up to 48 hours, so only the fake promises the moment. */
export function describeExpiry(name: string, open: () => StoreUnderTest | Promise<StoreUnderTest>): void {
  describe(`expiry in the store: ${name}`, () => {
    it('keeps a value until its time and frees the key after it', async () => {
      const { store, moveClock } = await open();
      expect(await store.create('contract:ttl', { n: 1 }, { ttlSeconds: 60 })).toBe('created');
      await moveClock(59);
      expect(await store.create('contract:ttl', { n: 2 }, { ttlSeconds: 60 })).toBe('exists');
      await moveClock(49 * 3600);
      expect(await store.get('contract:ttl')).toBeUndefined();
      expect(await store.create('contract:ttl', { n: 2 })).toBe('created');
    });
  });
}
