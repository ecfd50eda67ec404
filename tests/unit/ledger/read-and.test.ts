/** The chain read together with other values is the chain read alone, whatever is wrong with it. */
import fc from 'fast-check';
import { appendEntries } from '../../../src/ledger/append';
import { ledgerEntryKey, ledgerHeadKey } from '../../../src/ledger/keys';
import { inspectLedger, inspectLedgerAnd } from '../../../src/ledger/read';
import { FakeStore } from '../../fakes/store';
import { CHAIN, moveDraft, NOW } from './drafts';

const KEYS = ['policy:current', 'calendar:CHG'];

async function chainOf(length: number): Promise<FakeStore> {
  const store = new FakeStore();
  await store.set('calendar:CHG', ['kept']);
  const drafts = Array.from({ length }, (_, n) => moveDraft(String(n)));
  if (length > 0) await appendEntries({ store, now: NOW }, CHAIN, drafts);
  return store;
}

test.each([
  [0, 1],
  [21, 1],
  [22, 2],
  [46, 2],
  [47, 3],
])('a chain of %i entries takes %i reads', async (length, reads) => {
  const store = await chainOf(length);
  const before = store.calls.length;
  const { entries, breaks, values } = await inspectLedgerAnd(store, CHAIN, KEYS);
  expect({ entries: entries.length, breaks, values }).toEqual({
    entries: length,
    breaks: [],
    values: [undefined, ['kept']],
  });
  expect(store.calls.length - before).toBe(reads);
});

// Holes at the end of a batch are left out: where batches end differs, and what is behind such a hole is seen or not.
test('what is wrong with a chain is found alike', async () => {
  const damage = fc.record({
    length: fc.integer({ min: 0, max: 60 }),
    removed: fc.array(fc.nat(20), { maxLength: 3 }),
    spoilt: fc.array(fc.nat(20), { maxLength: 2 }),
    note: fc.constantFrom('kept', 'gone', 'ahead'),
  });
  await fc.assert(
    fc.asyncProperty(damage, async ({ length, removed, spoilt, note }) => {
      const store = await chainOf(length);
      for (const seq of removed) await store.delete(ledgerEntryKey(CHAIN, seq));
      for (const seq of spoilt) await store.set(ledgerEntryKey(CHAIN, seq), { no: 'entry' });
      if (note === 'gone') await store.delete(ledgerHeadKey(CHAIN));
      if (note === 'ahead') await store.set(ledgerHeadKey(CHAIN), { seq: length, hash: 'a'.repeat(64) });
      const { entries, breaks } = await inspectLedgerAnd(store, CHAIN, KEYS);
      expect({ entries, breaks }).toEqual(await inspectLedger(store, CHAIN));
    }),
    { numRuns: 12 },
  );
});

test('a note written between its own reading and that of the entries is no removal', async () => {
  const store = await chainOf(3);
  let raced = false;
  const racing = {
    getMany: async (keys: readonly string[]) => {
      const values = await store.getMany(keys);
      if (raced) return values;
      raced = true;
      await appendEntries({ store, now: NOW }, CHAIN, [moveDraft('late')]);
      return [await store.get(ledgerHeadKey(CHAIN)), ...values.slice(1)];
    },
  };
  expect(await inspectLedgerAnd(racing, CHAIN, KEYS)).toMatchObject({ breaks: [] });
});
