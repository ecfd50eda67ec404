import type { SetupChoices, SetupItem, SetupPlan, SetupRole, SetupSite } from '../../../src/contract/setup';

/** The steps of the wizard in their order. */
export const STEPS = [
  { key: 'projects', title: 'Projects' },
  { key: 'fields', title: 'Fields' },
  { key: 'statuses', title: 'Statuses' },
  { key: 'people', title: 'People and roles' },
  { key: 'review', title: 'Review' },
] as const;
export type StepKey = (typeof STEPS)[number]['key'];

/**
 * What an admin gets who only presses Next: the only project, everything that is there by its name, groups by role. Run
 * again, what was chosen then, with the groups that the policy has by now.
 */
export function startingChoices({ projects, roles }: SetupSite, earlier: SetupChoices | null = null): SetupChoices {
  const holders = roles.map(({ key, group, groupId }) => ({ key, group, groupId, members: [] }));
  if (earlier !== null) return { ...earlier, roles: holders, moves: {} };
  const possible = projects.values.filter(({ companyManaged }) => companyManaged);
  const [only, ...others] = possible;
  return {
    projects: only !== undefined && others.length === 0 && projects.complete ? [chosenProject(only)] : [],
    fields: {},
    statuses: {},
    issueTypeId: null,
    systems: [],
    roles: holders,
    moves: {},
  };
}

export const chosenProject = ({ id, key, name }: SetupSite['projects']['values'][number]) => ({ id, key, name });

/** What keeps a step from being left, one sentence each. */
export function stepFaults(step: StepKey, choices: SetupChoices): string[] {
  switch (step) {
    case 'projects':
      return choices.projects.length === 0 ? ['Choose at least one project.'] : [];
    case 'people':
      return choices.roles
        .filter(({ group }) => group.trim() === '')
        .map(({ key }) => `Name the group of the ${key.replace('-', ' ')}.`);
    case 'fields':
    case 'statuses':
    case 'review':
      return [];
  }
}

/** How many there are and how many are made, as in "11 are made, 2 are there already". */
export function countWords(rows: readonly { readonly foundId: string | null }[], mapped: readonly boolean[]): string {
  const found = rows.filter(({ foundId }, at) => foundId !== null || mapped[at] === true).length;
  const made = rows.length - found;
  if (made === 0) return `All ${rows.length} are there already.`;
  return found === 0
    ? `All ${rows.length} are made.`
    : `${made} of ${rows.length} ${made === 1 ? 'is' : 'are'} made, ${found} ${found === 1 ? 'is' : 'are'} there already.`;
}

/** Roles that nobody would hold: decisions that need one of them could not be given. */
export const emptyRoles = (roles: readonly SetupRole[], choices: SetupChoices): SetupRole[] =>
  roles.filter(({ key, groupId, members }) => {
    const chosen = choices.roles.find((role) => role.key === key);
    const sameGroup = chosen?.groupId !== null && chosen?.groupId === groupId;
    return chosen?.members.length === 0 && (sameGroup ? members === 0 : chosen.groupId === null);
  });

const KINDS: readonly (readonly [string, string])[] = [
  ['field', 'Fields'],
  ['status', 'Statuses'],
  ['issue type', 'Issue type'],
  ['group', 'Groups'],
  ['screen', 'Screens'],
  ['workflow', 'Workflow'],
  ['project', 'Projects'],
  ['panel', 'Panel'],
  ['policy', 'Policy'],
];

export interface KindGroup {
  readonly title: string;
  readonly items: readonly SetupItem[];
}

/** What is made, changed or in the way, by kind; what is there already is left out. */
export const openByKind = (items: readonly SetupItem[]): KindGroup[] =>
  KINDS.map(([kind, title]) => ({
    title,
    items: items.filter((item) => item.kind === kind && item.state !== 'there'),
  })).filter(({ items: open }) => open.length > 0);

export function planWords(items: readonly SetupItem[]): string {
  const count = (state: SetupItem['state']): number => items.filter((item) => item.state === state).length;
  const parts = [
    [count('create'), 'is made', 'are made'],
    [count('change'), 'is changed', 'are changed'],
    [count('there'), 'is there already', 'are there already'],
  ] as const;
  const said = parts.filter(([n]) => n > 0).map(([n, one, many]) => `${n} ${n === 1 ? one : many}`);
  return `${said.join(', ')}.`;
}

/** The plan as a file: what was chosen, and every item with what it wants and how it is taken back. */
export const planJson = (choices: SetupChoices, { items, moves }: SetupPlan): string =>
  JSON.stringify({ format: 'change-control-setup-plan/1', choices, items, moves }, null, 2);

/** Moves that the admin has not confirmed take what is suggested, which is shown. */
export function withSuggestedMoves(choices: SetupChoices, { moves }: SetupPlan): SetupChoices {
  const all = moves.map(({ projectId, statuses }) => {
    const held = choices.moves[projectId] ?? {};
    return [
      projectId,
      Object.fromEntries(statuses.map(({ statusId, suggested }) => [statusId, held[statusId] ?? suggested])),
    ];
  });
  return { ...choices, moves: { ...choices.moves, ...(Object.fromEntries(all) as SetupChoices['moves']) } };
}
