import fc from 'fast-check';
import { MAX_CHANGES_NAMED } from '../../../src/handlers/intake/understand';
import { findIssueKeys } from '../../../src/providers/issue-keys';

/** The forms that Atlassian's GitHub integration documents, and each neighbour of one that names something else. */
const CASES: readonly (readonly [text: string, keys: readonly string[]])[] = [
  ['CHG-7', ['CHG-7']],
  ['chg-7 cHg-8', ['CHG-7', 'CHG-8']],
  ['[CHG-7] (CHG-8) #CHG-9 "CHG-10"', ['CHG-7', 'CHG-8', 'CHG-9', 'CHG-10']],
  ['CHG-7: close, CHG-7 again', ['CHG-7']],
  ['feature/CHG-7-close-port', ['CHG-7']],
  ['feature_CHG-7_close', ['CHG-7']],
  ['users/mona/chg-7', ['CHG-7']],
  ['J2-123', ['J2-123']],
  ['CHG-70', ['CHG-70']],
  ['CHG-7.', ['CHG-7']],
  ['CHG-7\nCHG-8\tCHG-9', ['CHG-7', 'CHG-8', 'CHG-9']],
  ['CHG-7-CHG-8', ['CHG-7', 'CHG-8']],
  ['XCHG-7', ['XCHG-7']],
  ['2CHG-7', []],
  ['CHG-07', []],
  ['CHG-0', []],
  ['CHG 7', []],
  ['CHG–7', []],
  ['CHG-7a', []],
  ['CHG-', []],
  ['C-7', []],
  ['-7', []],
  ['', []],
  ['修复CHG-7的问题', ['CHG-7']],
  // The Kelvin sign folds to k, the long s to s: neither is a letter of a key.
  ['\u212aEY-7 A\u017f-7', ['EY-7']],
  [`${'A'.repeat(300)}-7`, []],
];

describe('issue keys in a text', () => {
  it.each(CASES)('%p names %p', (text, keys) => {
    expect(findIssueKeys(text)).toEqual(keys);
  });

  it('are none in what is not there', () => {
    expect([findIssueKeys(null), findIssueKeys(undefined)]).toEqual([[], []]);
  });

  it('are found between any separators, and never as a part of a longer one', () => {
    const key = fc.stringMatching(/^[A-Z][A-Z0-9]{1,9}-[1-9][0-9]{0,6}$/);
    const separator = fc.stringMatching(/^[ /_.,:;#()[\]\n-]{1,3}$/);
    fc.assert(
      fc.property(fc.array(key, { maxLength: 5 }), separator, (keys, gap) => {
        expect(findIssueKeys(`${gap}${keys.join(gap)}${gap}`)).toEqual([...new Set(keys)]);
      }),
    );
    const stuck = fc.stringMatching(/^[A-Za-z0-9]$/);
    fc.assert(fc.property(key, stuck, (text, c) => expect(findIssueKeys(text + c)).not.toContain(text)));
    fc.assert(fc.property(key, stuck, (text, c) => expect(findIssueKeys(c + text)).not.toContain(text)));
  });
});

it('stops one beyond what a delivery may name, which is then refused', () => {
  const text = Array.from({ length: 5_000 }, (_, i) => `CHG-${i + 1}`).join(' ');
  expect(findIssueKeys(text)).toHaveLength(MAX_CHANGES_NAMED + 1);
});
