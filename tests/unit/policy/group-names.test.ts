import { ourWord } from '../../../src/change/site-ids';
import { groupsRenamed, groupWords, heldGroupIds, withNamesOfToday } from '../../../src/policy/group-names';
import { DEFAULT_POLICY } from '../../../src/policy/policy';
import type { Policy } from '../../../src/policy/policy';
import { PROVIDER } from './a-policy';

const HELD: Policy = {
  ...DEFAULT_POLICY,
  roles: DEFAULT_POLICY.roles.map((role) =>
    role.key === 'emergency-authority' ? role : { ...role, groupId: role.key },
  ),
  outsideProvider: { ...PROVIDER, groupId: 'msp' },
};
const TODAY = { 'security-reviewer': 'security-reviewers', 'change-authority': 'CAB', msp: 'msp-acme' };

describe('groups that are held by id', () => {
  it('are asked for by their ids, each once', () => {
    expect(heldGroupIds(HELD)).toEqual(['security-reviewer', 'change-authority', 'msp']);
    expect(heldGroupIds(DEFAULT_POLICY)).toEqual([]);
  });

  it('a renamed one is told, and what it means for the conditions', () => {
    expect(groupsRenamed(HELD, TODAY)).toEqual([
      {
        group: 'change-authority',
        groupId: 'change-authority',
        now: 'CAB',
        sentence:
          'The group change-authority is called CAB now. The app finds it all the same; save the conditions that name it again in the workflow, which let nobody of it through until then.',
      },
    ]);
    expect(withNamesOfToday(HELD, TODAY).roles.map(({ group }) => group)).toEqual([
      ...['security-reviewers', 'CAB', 'emergency-authority'],
    ]);
  });

  it('one that is gone is told, and keeps its name', () => {
    expect(
      groupsRenamed(HELD, { ...TODAY, 'change-authority': 'change-authority', msp: undefined as never }),
    ).toMatchObject([{ group: 'msp-acme', now: null }]);
    expect(withNamesOfToday(HELD, {}).outsideProvider?.group).toBe('msp-acme');
  });

  it.each([
    ['renamed', { id: 'change-authority', name: 'CAB' }, 'change-authority'],
    ['a new one of its old name', { id: 'x', name: 'change-authority' }, 'change-authority (another one of this name)'],
    ['one that is known by name', { id: 'y', name: 'emergency-authority' }, 'emergency-authority'],
    ['one that decides nothing', { id: 'z', name: 'jira-users' }, 'jira-users'],
  ])('somebody in a group: %s', (_, group, word) => {
    expect(ourWord(groupWords(HELD), group)).toBe(word);
  });
});
