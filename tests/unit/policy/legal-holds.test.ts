import { heldPhrase, holdsOn } from '../../../src/policy/legal-holds';
import { HOLD } from './a-policy';

const FROM = Date.parse(HOLD.from);
const held = (change: { key: string; project: string }, at: number, until: string | null = null) =>
  holdsOn({ legalHolds: [{ ...HOLD, until }] }, change, new Date(at)).length === 1;

it.each([
  ['a change of a project under hold', { key: 'CHG-1', project: 'CHG' }, 0, true],
  ['a single change', { key: 'OPS-7', project: 'OPS' }, 0, true],
  ['another of its project', { key: 'OPS-70', project: 'OPS' }, 0, false],
  ['before the hold', { key: 'CHG-1', project: 'CHG' }, -1, false],
])('%s', (_, change, after, expected) => {
  expect(held(change, FROM + after)).toBe(expected);
});

it('both ends belong to it', () => {
  const until = '2026-06-01T00:00:00.000Z';
  const change = { key: 'CHG-1', project: 'CHG' };
  expect([0, 1].map((ms) => held(change, Date.parse(until) + ms, until))).toEqual([true, false]);
});

it('says what it holds', () => {
  expect(heldPhrase(HOLD)).toBe('the project CHG and the change OPS-7');
  expect(heldPhrase({ ...HOLD, projects: [], changes: ['A-1', 'A-2'] })).toBe('the changes A-1, A-2');
});
