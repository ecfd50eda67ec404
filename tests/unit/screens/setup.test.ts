import type { SetupChoices, SetupItem, SetupPlan, SetupSite } from '../../../src/contract/setup';
import {
  countWords,
  emptyRoles,
  openByKind,
  planJson,
  planWords,
  startingChoices,
  stepFaults,
  withSuggestedMoves,
} from '../../../static/src/wording/setup';

const project = (key: string, companyManaged = true) => ({ id: `id-${key}`, key, name: key, companyManaged });
const site = (projects: SetupSite['projects']['values'], complete = true): SetupSite => ({
  projects: { values: projects, complete },
  fields: [],
  statuses: [],
  issueTypes: [],
  issueType: { name: 'Change request', foundId: null },
  roles: [
    { key: 'security-reviewer', name: 'security reviewer', group: 'reviewers', groupId: 'g1', members: 2 },
    { key: 'change-authority', name: 'change authority', group: 'cab', groupId: null, members: 0 },
  ],
});
const item = (id: string, kind: string, state: SetupItem['state']): SetupItem => ({
  id,
  kind,
  title: id,
  state,
  says: [],
  wants: {},
  before: null,
  undo: 'undo',
});

describe('who only presses Next', () => {
  it.each<[string, SetupSite, readonly string[]]>([
    ['gets the only project', site([project('NEW')]), ['NEW']],
    ['gets the only one that can be controlled', site([project('NEW'), project('TEAM', false)]), ['NEW']],
    ['chooses where there are several', site([project('A'), project('B')]), []],
    ['chooses where the list is cut', site([project('NEW')], false), []],
  ])('%s', (_, given, expected) => {
    expect(startingChoices(given).projects.map(({ key }) => key)).toEqual(expected);
  });

  it('gets the group of each role, made where there is none', () => {
    expect(startingChoices(site([])).roles).toEqual([
      { key: 'security-reviewer', group: 'reviewers', groupId: 'g1', members: [] },
      { key: 'change-authority', group: 'cab', groupId: null, members: [] },
    ]);
  });
});

it('run again, what was chosen then stays, with the groups that the policy has by now', () => {
  const then: SetupChoices = {
    ...startingChoices(site([project('NEW')])),
    systems: ['FS-01'],
    roles: [{ key: 'change-authority', group: 'old', groupId: 'g0', members: ['ada'] }],
    moves: { p: { '1': 'Closed' } },
  };
  const again = startingChoices(site([]), then);
  expect(again).toMatchObject({ projects: then.projects, systems: ['FS-01'], moves: {} });
  expect(again.roles).toEqual(startingChoices(site([])).roles);
});

it('a step says what keeps it from being left', () => {
  const choices = startingChoices(site([]));
  expect(stepFaults('projects', choices)).toEqual(['Choose at least one project.']);
  const unnamed: SetupChoices = { ...choices, roles: choices.roles.map((role) => ({ ...role, group: ' ' })) };
  expect(stepFaults('people', unnamed)).toEqual([
    'Name the group of the security reviewer.',
    'Name the group of the change authority.',
  ]);
  expect(stepFaults('review', unnamed)).toEqual([]);
});

it('a role that nobody would hold is named', () => {
  const { roles } = site([]);
  const choices = startingChoices(site([]));
  expect(emptyRoles(roles, choices).map(({ key }) => key)).toEqual(['change-authority']);
  const given = { ...choices, roles: choices.roles.map((role) => ({ ...role, members: ['ada'] })) };
  expect(emptyRoles(roles, given)).toEqual([]);
});

it.each([
  [[null, null], [false, false], 'All 2 are made.'],
  [['1', '2'], [false, false], 'All 2 are there already.'],
  [[null, null], [true, false], '1 of 2 is made, 1 is there already.'],
] as const)('%j with %j mapped: %s', (found, mapped, words) => {
  expect(
    countWords(
      found.map((foundId) => ({ foundId })),
      mapped,
    ),
  ).toBe(words);
});

it('the plan is shown by kind, without what is there, and counted with it', () => {
  const items = [item('a', 'field', 'create'), item('b', 'field', 'there'), item('c', 'policy', 'change')];
  expect(openByKind(items).map(({ title, items: open }) => [title, open.map(({ id }) => id)])).toEqual([
    ['Fields', ['a']],
    ['Policy', ['c']],
  ]);
  expect(planWords(items)).toBe('1 is made, 1 is changed, 1 is there already.');
});

it('moves that nobody chose are those suggested, and those that somebody chose stay', () => {
  const choices = { ...startingChoices(site([])), moves: { p: { '1': 'Closed' } } } as const;
  const statuses = [
    { statusId: '1', name: 'To Do', count: 2, suggested: 'Proposed' },
    { statusId: '2', name: 'Done', count: 1, suggested: 'Closed' },
  ] as const;
  const plan: SetupPlan = { items: [], moves: [{ projectId: 'p', projectKey: 'P', statuses }] };
  expect(withSuggestedMoves(choices, plan).moves).toEqual({ p: { '1': 'Closed', '2': 'Closed' } });
  expect(JSON.parse(planJson(choices, plan))).toMatchObject({
    format: 'change-control-setup-plan/1',
    choices,
    items: [],
  });
});
