import type { StoredEntry } from '../../../src/ledger/entry';
import { assemblePack } from '../../../src/pack/assemble';
import { factsOf } from '../../../src/pack/facts';
import { goldenInput } from '../../golden/input';

/** The same value with the members of every object in the opposite order: storage and JSON give none. */
function backwards<T>(value: T): T {
  if (Array.isArray(value)) return value.map(backwards) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, backwards(member)]),
  ) as T;
}

/** What the report lists member by member has to have several. */
const withSeveralAttributes = (stored: StoredEntry): StoredEntry =>
  stored.entry.kind === 'evidence'
    ? {
        ...stored,
        entry: {
          ...stored.entry,
          body: { ...stored.entry.body, attributes: { number: '41', base: 'main', branch: 'CHG-1' } },
        },
      }
    : stored;

it('gives the same bytes whatever order the members of its input come in', async () => {
  const golden = await goldenInput();
  const input = { ...golden, entries: golden.entries.map(withSeveralAttributes) };
  const other = {
    ...input,
    snapshot: backwards(input.snapshot),
    entries: backwards(input.entries),
    policy: backwards(input.policy),
  };
  expect(assemblePack(other)).toEqual(assemblePack(input));
});

it('a transition that was a decision is no gap in the history: the decision records it', async () => {
  const golden = await goldenInput();
  const entries = golden.entries.filter(({ entry }) => !(entry.kind === 'moved' && entry.body.historyId === '10302'));
  const gaps = (given: readonly StoredEntry[]) =>
    factsOf({ ...golden, entries: given }).completeness.sought.find(({ sought }) =>
      sought.startsWith('Moves and edits'),
    );
  expect(entries).toHaveLength(golden.entries.length - 1);
  expect(gaps(entries)).toEqual(gaps(golden.entries));
  const neither = entries.filter(({ entry }) => entry.kind !== 'decision' || entry.body.transition === undefined);
  expect(gaps(neither)?.missing.map(({ what }) => what)).toContainEqual(expect.stringContaining('10302'));
});
