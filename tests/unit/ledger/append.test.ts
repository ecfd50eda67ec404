import fc from 'fast-check';
import { MAX_ATTEMPTS, appendEntries, appendEntry } from '../../../src/ledger/append';
import type { Draft } from '../../../src/ledger/append';
import { verifyChain } from '../../../src/ledger/chain';
import { ledgerEntryKey, ledgerHeadKey } from '../../../src/ledger/keys';
import { inspectLedger, readLedger } from '../../../src/ledger/read';
import type { LedgerStore } from '../../../src/ledger/read';
import { FakeStore, StoreFault } from '../../fakes/store';
import type { Fault } from '../../fakes/store';
import { CHAIN, NOW, moveDraft } from './drafts';

const ledgerOf = (store: LedgerStore, now = NOW) => ({ store, now });
const append = (store: LedgerStore, name: string) => appendEntry(ledgerOf(store), moveDraft(name));

async function filled(...names: string[]): Promise<FakeStore> {
  const store = new FakeStore();
  for (const name of names) await append(store, name);
  return store;
}

describe('appending', () => {
  it('chains entries, each at the next position and naming the hash before it', async () => {
    const store = await filled('a', 'b', 'c');
    const entries = await readLedger(store, CHAIN);
    expect(entries.map(({ entry }) => [entry.seq, entry.fact])).toEqual([
      [0, 'moved:a'],
      [1, 'moved:b'],
      [2, 'moved:c'],
    ]);
    expect(entries.map(({ entry }) => entry.prev)).toEqual(['0'.repeat(64), entries[0]?.hash, entries[1]?.hash]);
    expect(verifyChain(entries)).toEqual([]);
    expect(await store.get(ledgerHeadKey(CHAIN))).toEqual({ seq: 2, hash: entries[2]?.hash });
  });

  it('holds a fact once and answers with the entry that does', async () => {
    const store = await filled('a', 'b');
    const again = await append(store, 'a');
    expect(again).toMatchObject({ added: false, stored: { entry: { seq: 0 } } });
    expect(await readLedger(store, CHAIN)).toHaveLength(2);
  });

  it('keeps chains apart', async () => {
    const store = await filled('a');
    const other = await appendEntry(ledgerOf(store), moveDraft('a', '10008'));
    expect(other).toMatchObject({ added: true, stored: { entry: { seq: 0, chain: '10008' } } });
  });

  it('goes on when the clock ran backwards', async () => {
    const store = await filled('a');
    await appendEntry(ledgerOf(store, new Date('2020-01-01T00:00:00.000Z')), moveDraft('b'));
    expect(verifyChain(await readLedger(store, CHAIN))).toEqual([]);
  });

  it('reads and writes a chain of more than one batch', async () => {
    const store = new FakeStore();
    const drafts = Array.from({ length: 60 }, (_, n) => moveDraft(String(n)));
    expect(await appendEntries(ledgerOf(store), CHAIN, drafts)).toHaveLength(60);
    const before = store.calls.length;
    await append(store, 'last');
    expect(store.calls.slice(before).map(({ operation }) => operation)).toEqual([
      'getMany',
      'getMany',
      'getMany',
      'create',
      'getMany',
      'set',
    ]);
    const { entries, breaks } = await inspectLedger(store, CHAIN);
    expect([entries.length, breaks]).toEqual([61, []]);
  });

  it('goes on from the entries when the note of the newest one is gone, behind, or nonsense', async () => {
    for (const note of [undefined, { seq: 0, hash: 'f'.repeat(64) }, 'nonsense', { seq: -1 }, { seq: 12, hash: 'x' }]) {
      const store = await filled('a', 'b');
      store.tamper(ledgerHeadKey(CHAIN), note);
      expect(await append(store, 'c')).toMatchObject({ added: true, stored: { entry: { seq: 2 } } });
      expect((await inspectLedger(store, CHAIN)).breaks).toEqual([]);
    }
  });

  it.each<[string, (draft: Draft) => Draft, string]>([
    ['a commitment that nothing opens', (draft) => ({ ...draft, disclosures: {} }), 'ENTRY_INVALID'],
    [
      'a disclosure that nothing commits to',
      (draft) => ({ ...draft, disclosures: { ...draft.disclosures, ...moveDraft('x').disclosures } }),
      'ENTRY_INVALID',
    ],
    ['another chain', (draft) => ({ ...draft, chain: '1' }), 'ENTRY_INVALID'],
    ['no name for the fact', (draft) => ({ ...draft, fact: '' }), 'ENTRY_INVALID'],
    ['a body of another kind', (draft) => Object.assign({}, draft, { kind: 'decision' }), 'ENTRY_INVALID'],
    ['more than can be stored', (draft) => ({ ...draft, fact: 'x'.repeat(240 * 1024) }), 'ENTRY_TOO_LARGE'],
  ])('refuses a draft with %s and writes nothing', async (_, spoil, code) => {
    const store = new FakeStore();
    const work = appendEntries(ledgerOf(store), CHAIN, [spoil(moveDraft('a'))]);
    await expect(work).rejects.toMatchObject({ code });
    expect(store.dump()).toEqual([]);
  });

  it('gives up with a code when others always get in first', async () => {
    const store = new FakeStore();
    let turn = 0;
    const crowded: LedgerStore = {
      getMany: (keys) => store.getMany(keys),
      set: (key, value) => store.set(key, value),
      create: async (key, value) => {
        turn += 1;
        await appendEntry(ledgerOf(store), moveDraft(`other-${turn}`));
        return store.create(key, value);
      },
    };
    await expect(append(crowded, 'a')).rejects.toMatchObject({ code: 'LEDGER_BUSY' });
    expect(turn).toBe(MAX_ATTEMPTS);
    expect((await inspectLedger(store, CHAIN)).breaks).toEqual([]);
  });
});

describe('a ledger that was altered behind the app', () => {
  const alter = async (change: (store: FakeStore) => Promise<void> | void) => {
    const store = await filled('a', 'b', 'c');
    await change(store);
    return store;
  };
  const replace = async (store: FakeStore, seq: number, edit: (json: string) => string) => {
    const key = ledgerEntryKey(CHAIN, seq);
    store.tamper(key, JSON.parse(edit(JSON.stringify(await store.get(key)))));
  };

  it.each<[string, (store: FakeStore) => Promise<void> | void, string[]]>([
    [
      'an entry edited',
      (store) => replace(store, 1, (json) => json.replace('Approved', 'Disapproved')),
      ['hash', 'prev'],
    ],
    [
      'the last entry edited',
      (store) => replace(store, 2, (json) => json.replace('Approved', 'Closed')),
      ['hash', 'head'],
    ],
    [
      'a stored hash edited',
      (store) => replace(store, 1, (json) => json.replace(/"hash":"./, '"hash":"')),
      ['unreadable', 'seq', 'prev'],
    ],
    [
      'a disclosed name edited',
      (store) => replace(store, 1, (json) => json.replace('Person b', 'Person z')),
      ['commitment'],
    ],
    ['an entry removed', (store) => store.tamper(ledgerEntryKey(CHAIN, 1), undefined), ['seq', 'prev']],
    ['the last entry removed', (store) => store.tamper(ledgerEntryKey(CHAIN, 2), undefined), ['head']],
    [
      'everything removed',
      (store) => [0, 1, 2].forEach((seq) => store.tamper(ledgerEntryKey(CHAIN, seq), undefined)),
      ['head'],
    ],
    [
      'an entry replaced by nonsense',
      (store) => store.tamper(ledgerEntryKey(CHAIN, 1), ['nonsense']),
      ['unreadable', 'seq', 'prev'],
    ],
    [
      'the note of the newest entry edited',
      (store) => store.tamper(ledgerHeadKey(CHAIN), { seq: 2, hash: '0'.repeat(64) }),
      ['head'],
    ],
  ])('shows with %s', async (_, change, checks) => {
    const { breaks } = await inspectLedger(await alter(change), CHAIN);
    expect(breaks.map(({ check }) => check)).toEqual(checks);
  });

  it('goes on behind a hole instead of filling it', async () => {
    const store = await alter((altered) => altered.tamper(ledgerEntryKey(CHAIN, 1), undefined));
    expect(await append(store, 'd')).toMatchObject({ added: true, stored: { entry: { seq: 3 } } });
    expect((await inspectLedger(store, CHAIN)).breaks.map(({ check }) => check)).toEqual(['seq', 'prev']);
  });

  it('goes on behind a value that is no entry, and reading says so', async () => {
    const store = await alter((altered) => altered.tamper(ledgerEntryKey(CHAIN, 2), { nonsense: true }));
    expect(await append(store, 'd')).toMatchObject({ added: true, stored: { entry: { seq: 3 } } });
    await expect(readLedger(store, CHAIN)).rejects.toMatchObject({ code: 'LEDGER_DAMAGED' });
  });
});

describe('any writers, faults and order of steps', () => {
  const fault = fc.oneof(
    { weight: 4, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.constantFrom<Fault>('before', 'after') },
  );

  /** Hands the drafts in again and again, as a queue does, until the store lets it through. */
  async function insist(store: FakeStore, names: readonly string[]): Promise<void> {
    for (;;) {
      try {
        await appendEntries(
          ledgerOf(store),
          CHAIN,
          names.map((name) => moveDraft(name)),
        );
        return;
      } catch (error) {
        if (!(error instanceof StoreFault)) throw error;
      }
    }
  }

  it('end with every fact once in one chain that verifies', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { minLength: 1, maxLength: 4 }), {
          minLength: 2,
          maxLength: 4,
        }),
        fc.array(fault, { maxLength: 40 }),
        async (scheduler, writers, faults) => {
          const store = new FakeStore();
          store.pause = () => scheduler.schedule(Promise.resolve());
          store.faultAt = ({ n }) => faults[n - 1];
          await scheduler.waitFor(Promise.all(writers.map((names) => insist(store, names))));
          store.pause = () => Promise.resolve();
          store.faultAt = () => undefined;
          const { entries, breaks } = await inspectLedger(store, CHAIN);
          expect(breaks).toEqual([]);
          expect(entries.map(({ entry }) => entry.fact).sort()).toEqual(
            [...new Set(writers.flat())].sort().map((name) => `moved:${name}`),
          );
        },
      ),
      { numRuns: 200 },
    );
  });

  it('leave, after a crash at any storage call, a chain that verifies and goes on', async () => {
    for (const kind of ['before', 'after'] as const) {
      for (let crash = 1; ; crash += 1) {
        const store = await filled('a');
        const start = store.calls.length;
        // From the crash on nothing gets through, as for a process that was killed.
        store.faultAt = ({ n }) => (n < start + crash ? undefined : n === start + crash ? kind : 'before');
        const outcome = await append(store, 'b').then(
          () => 'done',
          () => 'died',
        );
        const survived = store.calls.length < start + crash;
        store.faultAt = () => undefined;
        const after = await inspectLedger(store, CHAIN);
        expect(after.breaks).toEqual([]);
        if (outcome === 'done') expect(after.entries).toHaveLength(2);
        await append(store, 'b');
        await append(store, 'c');
        const end = await inspectLedger(store, CHAIN);
        expect([end.breaks, end.entries.map(({ entry }) => entry.fact)]).toEqual([
          [],
          ['moved:a', 'moved:b', 'moved:c'],
        ]);
        if (survived) break;
      }
    }
  });
});
