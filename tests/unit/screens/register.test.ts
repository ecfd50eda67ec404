import { REGISTERS } from '../../../static/dev/lists';
import { ANYTHING, filterRows, valuesOf } from '../../../static/src/wording/register';

const rows = REGISTERS['register']?.rows ?? [];

describe('filterRows', () => {
  it('lets everything through at first', () => {
    expect(filterRows(rows, ANYTHING)).toEqual(rows);
    expect(rows.length).toBeGreaterThan(0);
  });

  it.each([
    ['by key', { text: 'chg-3' }, ['CHG-3']],
    ['by several words in any order', { text: 'IDENTITY replace' }, ['CHG-3']],
    ['by status', { status: 'Approved' }, ['CHG-14', 'CHG-8', 'CHG-2']],
    ['by type and state', { changeType: 'Emergency', state: 'open' as const }, ['CHG-14', 'CHG-2']],
    ['by exceptions', { state: 'exceptions' as const }, ['CHG-11', 'CHG-4']],
    ['by what waits for the viewer', { state: 'mine' as const, text: 'chg-1' }, ['CHG-13', 'CHG-10', 'CHG-1']],
    ['by what nothing has', { text: 'no such thing' }, []],
  ])('%s', (_, part, keys) => {
    expect(filterRows(rows, { ...ANYTHING, ...part }).map(({ key }) => key)).toEqual(keys);
  });

  it('is either open or not', () => {
    const open = filterRows(rows, { ...ANYTHING, state: 'open' });
    const needs = filterRows(rows, { ...ANYTHING, state: 'needs' });
    expect(open.length + needs.length).toBe(rows.length);
  });
});

it('offers the values that occur, each once', () => {
  expect(valuesOf(rows, (row) => row.changeType)).toEqual(['Emergency', 'Normal', 'Standard']);
});
