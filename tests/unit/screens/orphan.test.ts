import { ORPHANS } from '../../../static/dev/lists';
import { contentWords, orphanWords, placeWords } from '../../../static/src/wording/orphan';

const orphans = ORPHANS['admin']?.orphans ?? [];
const words = orphans.map(({ reason }) => orphanWords(reason));

describe('a delivery that no open change explains', () => {
  it('says why, in other words for every reason, and the development page shows them all', () => {
    expect(words.map(({ why }) => why)).toEqual([
      'Its change was not open',
      'Names a change that is not there',
      'Names no change',
      'Could not be recorded',
    ]);
    expect(new Set(words.map(({ meaning }) => meaning)).size).toBe(4);
  });

  it('says what it tells and where it happened, where that is known', () => {
    expect(orphans.map(contentWords)).toEqual(['1 deployment, 1 deployment status', '3 commits, 1 branch', null, null]);
    expect(orphans.map(placeWords)).toEqual(['production, acme/enclave', 'acme/enclave', null, null]);
  });
});
