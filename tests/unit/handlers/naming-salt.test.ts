import { EMPTY_PEOPLE } from '../../../src/policy/people';
import { DEFAULT_POLICY } from '../../../src/policy/policy';
import type { ChangeSnapshot } from '../../../src/change/snapshot';
import { markingViews } from '../../../src/handlers/markings';
import { namingSalt } from '../../../src/handlers/naming-salt';
import { appendEntries, readLedger } from '../../../src/ledger/append';
import { FakeStore } from '../../fakes/store';
import { CHAIN, moveDraft, NOW, saltOf } from '../ledger/drafts';
import { snapshotOf } from '../intake/site';

const plain = snapshotOf({ id: CHAIN, key: 'CHG-7', project: 'CHG', issueType: 'Change request' });
const snapshot: ChangeSnapshot = { ...plain, content: { ...plain.content, description: 'CUI//SP-CTI drawing' } };

async function factsAfter(...names: string[]) {
  const store = new FakeStore();
  await appendEntries(
    { store, now: NOW },
    CHAIN,
    names.map((name) => moveDraft(name)),
  );
  return {
    snapshot,
    entries: await readLedger(store, CHAIN),
    breaks: [],
    surroundings: { overdueReviews: [], others: [] },
    policy: DEFAULT_POLICY,
    policies: {},
    people: EMPTY_PEOPLE,
  };
}
const findings = async (...names: string[]) =>
  markingViews(await factsAfter(...names)).map(({ rule, finding }) => `${rule} ${finding}`);

describe('the salt that names people and texts in the ledger', () => {
  it('is the one that opened the ledger, and what follows does not change it', async () => {
    expect(namingSalt(await factsAfter('a'))).toBe(saltOf('a'));
    expect(namingSalt(await factsAfter('a', 'b'))).toBe(saltOf('a'));
  });

  it('names the same text the same way for ever on one change, and differently on another', async () => {
    const [first] = await findings('a');
    expect(first).toBeDefined();
    expect(await findings('a', 'b')).toEqual(await findings('a'));
    expect(await findings('b')).not.toContain(first);
  });

  it('is the issue’s id while there is none, or once it was erased', async () => {
    const { entries } = await factsAfter('a');
    const erased = entries.map((stored) => ({ ...stored, disclosures: {} }));
    expect(namingSalt({ snapshot, entries: [] })).toBe(CHAIN);
    expect(namingSalt({ snapshot, entries: erased })).toBe(CHAIN);
  });
});
