import { ADMINS } from '../../../static/dev/lists';
import { orphanWords } from '../../../static/src/wording/orphan';

const words = (ADMINS['admin']?.orphans ?? []).map(({ reason }) => orphanWords(reason));

describe('a delivery that was recorded on no change', () => {
  it('says why, in other words for every reason, and the development page shows them all', () => {
    expect(words.map(({ why }) => why)).toEqual([
      'Names a change that is not there',
      'Names no change',
      'Could not be recorded',
    ]);
    expect(new Set(words.map(({ meaning }) => meaning)).size).toBe(3);
  });
});
