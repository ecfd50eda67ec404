import fc from 'fast-check';
import { appendEntries, readLedger } from '../../../src/ledger/append';
import { hashEntry, isInstant, verifyChain } from '../../../src/ledger/chain';
import type { StoredEntry } from '../../../src/ledger/entry';
import { FakeStore } from '../../fakes/store';
import { CHAIN, NOW, moveDraft } from './drafts';

const NAMES = ['a', 'b', 'c', 'd'];

async function chainOf(names = NAMES): Promise<StoredEntry[]> {
  const store = new FakeStore();
  await appendEntries(
    { store, now: NOW },
    CHAIN,
    names.map((name) => moveDraft(name)),
  );
  return readLedger(store, CHAIN);
}

/** Links and hashes again from a position on, as somebody would who rewrites history. */
function relink(entries: readonly StoredEntry[], from: number): StoredEntry[] {
  const done = entries.slice(0, from);
  for (const { entry, disclosures } of entries.slice(from)) {
    const linked = { ...entry, prev: done.at(-1)?.hash ?? '0'.repeat(64) };
    done.push({ entry: linked, hash: hashEntry(linked), disclosures });
  }
  return done;
}

const at = (entries: readonly StoredEntry[], i: number): StoredEntry => {
  const stored = entries[i];
  if (stored === undefined) throw new RangeError(`no entry ${i}`);
  return stored;
};
const edit = (stored: StoredEntry, members: object): StoredEntry => {
  const entry = Object.assign({}, stored.entry, members);
  return { ...stored, entry, hash: hashEntry(entry) };
};

describe('a chain', () => {
  it('verifies as it was written, empty, and without disclosures', async () => {
    const entries = await chainOf();
    expect(verifyChain(entries)).toEqual([]);
    expect(verifyChain([])).toEqual([]);
    expect(verifyChain(entries.map((stored) => ({ ...stored, disclosures: {} })))).toEqual([]);
  });

  it.each<[string, (entries: StoredEntry[]) => StoredEntry[], [number | null, string][]]>([
    [
      'of another format',
      (e) => relink(e.with(1, edit(at(e, 1), { format: 'change-control-ledger/2' })), 1),
      [[1, 'format']],
    ],
    ['with an entry of another chain', (e) => relink(e.with(2, edit(at(e, 2), { chain: '1' })), 2), [[2, 'chain']]],
    [
      'with a time in another form',
      (e) => relink(e.with(1, edit(at(e, 1), { at: '2026-03-02 09:00' })), 1),
      [[1, 'at']],
    ],
    [
      'with a day that does not exist',
      (e) => relink(e.with(1, edit(at(e, 1), { at: '2026-02-30T09:00:00.000Z' })), 1),
      [[1, 'at']],
    ],
    ['with a fact twice', (e) => relink(e.with(3, edit(at(e, 3), { fact: 'moved:a' })), 3), [[3, 'fact']]],
    ['edited and hashed again', (e) => e.with(1, edit(at(e, 1), { at: '2026-03-02T10:00:00.000Z' })), [[2, 'prev']]],
    [
      'with the first entry missing',
      (e) => e.slice(1),
      [
        [1, 'seq'],
        [1, 'prev'],
      ],
    ],
    [
      'with two entries swapped',
      (e) => [at(e, 0), at(e, 2), at(e, 1), at(e, 3)],
      [
        [2, 'seq'],
        [2, 'prev'],
        [1, 'seq'],
        [1, 'prev'],
        [3, 'seq'],
        [3, 'prev'],
      ],
    ],
    ['with a wrong stored hash', (e) => e.with(3, { ...at(e, 3), hash: '0'.repeat(64) }), [[3, 'hash']]],
    [
      'with an entry that has no canonical form',
      (e) => e.with(3, { ...at(e, 3), entry: Object.assign({}, at(e, 3).entry, { extra: undefined }) }),
      [[3, 'format']],
    ],
    [
      'with a disclosure of another entry',
      (e) => e.with(0, { ...at(e, 0), disclosures: at(e, 1).disclosures }),
      [[0, 'commitment']],
    ],
  ])('%s breaks exactly there', async (_, spoil, expected) => {
    expect(verifyChain(spoil(await chainOf())).map(({ seq, check }) => [seq, check])).toEqual(expected);
  });

  it('shows any changed character of any entry', async () => {
    const entries = await chainOf();
    fc.assert(
      fc.property(fc.nat(NAMES.length - 1), fc.nat(), fc.integer({ min: 1, max: 9 }), (i, position, by) => {
        const json = JSON.stringify(at(entries, i).entry);
        const k = position % json.length;
        const changed = json.slice(0, k) + String.fromCharCode(json.charCodeAt(k) + by) + json.slice(k + 1);
        let entry: StoredEntry['entry'];
        try {
          entry = JSON.parse(changed) as StoredEntry['entry'];
        } catch {
          return true;
        }
        return verifyChain(entries.with(i, { ...at(entries, i), entry })).length > 0;
      }),
      { numRuns: 500 },
    );
  });
});

describe('a time in the ledger', () => {
  it.each([
    ['2026-03-02T09:00:00.000Z', true],
    ['2024-02-29T23:59:59.999Z', true],
    ['2026-03-02T09:00:00Z', false],
    ['2026-03-02T09:00:00.000+00:00', false],
    ['2026-02-29T09:00:00.000Z', false],
    ['2026-03-02T24:00:00.000Z', false],
    ['', false],
  ])('%s: %s', (text, valid) => {
    expect(isInstant(text)).toBe(valid);
  });
});
