import * as fc from 'fast-check';
import { clipEnd, clipStart, difference } from '../../../static/src/wording/difference';

describe('difference', () => {
  it.each([
    ['open 443 to A', 'open 22 to A', '443', '22'],
    ['', 'new text', '', 'new text'],
    ['old text', '', 'old text', ''],
    ['same', 'same', '', ''],
    ['a a', 'a a a', '', ' a'],
    ['ends here', 'ends here now', '', ' now'],
    ['first line\nsecond', 'first line\nthird', 'second', 'third'],
  ])('between %j and %j', (before, after, removed, added) => {
    expect(difference(before, after)).toMatchObject({ before: removed, after: added });
  });

  it('always gives back both texts', () => {
    const text = fc.oneof(
      fc.string(),
      fc.array(fc.constantFrom('a', 'b', ' ', '\n', 'ab')).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, text, (before, after) => {
        const parts = difference(before, after);
        expect(parts.start + parts.before + parts.end).toBe(before);
        expect(parts.start + parts.after + parts.end).toBe(after);
      }),
    );
  });
});

it('clips at the side that is away from the change', () => {
  expect(clipStart('abcdef', 3)).toBe('…def');
  expect(clipEnd('abcdef', 3)).toBe('abc…');
  expect(clipStart('abc', 3)).toBe('abc');
  expect(clipEnd('abc', 3)).toBe('abc');
});
