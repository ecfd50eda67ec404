import type { Status } from '../change/fields';
import type { Choices, ProjectChoice } from './choices';
import type { MappedScheme, Observed, ObservedProject } from './observed';
import { change, conflict, create, there, type PlanItem } from './plan-item';
import { ISSUE_TYPE, marked, schemeNames, SCREEN_SCHEME, WORKFLOW } from './wanted';

/** What the parts of a project's set-up are made of; undefined members are not there yet. */
export interface ProjectParts {
  readonly issueTypeId: string | undefined;
  readonly screenSchemeId: string | undefined;
  readonly hasWorkflow: boolean;
  readonly statusIds: Partial<Record<Status, string>>;
}

const SETTINGS = 'Project settings';

/**
 * How a project comes to use all of it: three schemes of its own, each the project's present one with the change request
 * added, so that its other issue types stay as they are and no other project is touched.
 */
export function planProject(
  project: ProjectChoice,
  choices: Choices,
  observed: Observed,
  parts: ProjectParts,
): PlanItem[] {
  const held = observed.projects[project.id];
  const draft = {
    id: `project:${project.id}`,
    kind: 'project' as const,
    title: `Project ${project.key}`,
    wants: {},
    undo: '',
  };
  if (held === undefined) return [conflict(draft, `The project ${project.key} is not there, or not shown to you.`)];
  if (!held.companyManaged)
    return [
      conflict(
        draft,
        `${project.key} is team-managed. Workflow rules of a policy for the site need a company-managed project.`,
      ),
    ];
  return [
    ...planIssueTypes(held, parts),
    ...planScreens(held, parts),
    ...planWorkflows(held, parts, choices.moves[project.id] ?? {}),
  ];
}

function planIssueTypes(project: ObservedProject, { issueTypeId }: ProjectParts): PlanItem[] {
  const name = schemeNames(project.key).issueTypes;
  const { issueTypes, made } = project;
  const description = marked(`The issue types of ${project.key}, with ${ISSUE_TYPE}.`);
  const makes = scheme(`issue-types-scheme:${project.id}`, `Issue type scheme ${name}`, {
    name,
    description,
    issueTypes: `those of "${issueTypes.name}", and ${ISSUE_TYPE}`,
  });
  const uses = use(`issue-types:${project.id}`, `Issue types of ${project.key}`, name, issueTypes.name, 'Work types');
  if (issueTypeId !== undefined && issueTypes.issueTypeIds.includes(issueTypeId)) return [there(uses, [issueTypes.id])];
  if (issueTypeId === undefined) return [create(makes, null), using(uses, issueTypes, null)];
  const wanted = [...issueTypes.issueTypeIds, issueTypeId];
  if (made.issueTypes === null)
    return [
      create(makes, {
        act: 'create-issue-type-scheme',
        name,
        description,
        issueTypeIds: wanted,
        defaultIssueTypeId: issueTypes.defaultIssueTypeId,
      }),
      using(uses, issueTypes, null),
    ];
  if (!wanted.every((id) => made.issueTypes?.issueTypeIds.includes(id)))
    return [
      conflict(makes, `An issue type scheme named "${name}" is there with other issue types: delete or rename it.`),
    ];
  const act = { act: 'use-issue-type-scheme' as const, schemeId: made.issueTypes.id, projectId: project.id };
  return [there(makes, [made.issueTypes.id]), using(uses, issueTypes, act)];
}

function planScreens(project: ObservedProject, { issueTypeId, screenSchemeId }: ProjectParts): PlanItem[] {
  const name = schemeNames(project.key).issueTypeScreens;
  const { issueTypeScreens: now, made } = project;
  const description = marked(`The screens of ${project.key}, with those of a ${ISSUE_TYPE}.`);
  const makes = scheme(`screens-scheme:${project.id}`, `Issue type screen scheme ${name}`, {
    name,
    description,
    screens: { others: `as in "${now.name}"`, [ISSUE_TYPE]: SCREEN_SCHEME },
  });
  const uses = use(`screens:${project.id}`, `Screens of ${project.key}`, name, now.name, 'Screens');
  if (issueTypeId === undefined || screenSchemeId === undefined) return [create(makes, null), using(uses, now, null)];
  if (now.byIssueType[issueTypeId] === screenSchemeId) return [there(uses, [now.id])];
  const mappings = { ...now.byIssueType, [issueTypeId]: screenSchemeId, default: now.default };
  const found = made.issueTypeScreens;
  if (found === null)
    return [
      create(makes, { act: 'create-issue-type-screen-scheme', name, description, mappings }),
      using(uses, now, null),
    ];
  if (!covers(found, mappings))
    return [
      conflict(makes, `An issue type screen scheme named "${name}" is there with other screens: delete or rename it.`),
    ];
  const act = { act: 'use-issue-type-screen-scheme' as const, schemeId: found.id, projectId: project.id };
  return [there(makes, [found.id]), using(uses, now, act)];
}

function planWorkflows(
  project: ObservedProject,
  parts: ProjectParts,
  moves: Readonly<Record<string, Status>>,
): PlanItem[] {
  const name = schemeNames(project.key).workflows;
  const { workflows: now, made } = project;
  const description = marked(`The workflows of ${project.key}, with that of a ${ISSUE_TYPE}.`);
  const makes = scheme(`workflows-scheme:${project.id}`, `Workflow scheme ${name}`, {
    name,
    description,
    workflows: { others: `as in "${now.name}"`, [ISSUE_TYPE]: WORKFLOW },
  });
  const uses = use(`workflows:${project.id}`, `Workflows of ${project.key}`, name, now.name, 'Workflows');
  const { issueTypeId } = parts;
  if (issueTypeId === undefined || !parts.hasWorkflow) return [create(makes, null), using(uses, now, null)];
  if ((now.byIssueType[issueTypeId] ?? now.default) === WORKFLOW) return [there(uses, [now.id])];
  const mappings = { ...now.byIssueType, [issueTypeId]: WORKFLOW };
  const found = made.workflows;
  if (found === null)
    return [
      create(makes, { act: 'create-workflow-scheme', name, description, default: now.default, byIssueType: mappings }),
      using(uses, now, null),
    ];
  if (!covers(found, { ...mappings, default: now.default }))
    return [conflict(makes, `A workflow scheme named "${name}" is there with other workflows: delete or rename it.`)];
  const moved = movesFor(project, parts, moves);
  if (typeof moved === 'string') return [there(makes, [found.id]), conflict(uses, moved)];
  const act = {
    act: 'use-workflow-scheme' as const,
    schemeId: found.id,
    projectId: project.id,
    hasIssues: project.hasIssues,
    issueTypeId,
    moves: moved,
  };
  return [there(makes, [found.id]), using(uses, now, act, movesInWords(project, parts, moves))];
}

/** Statuses of change requests that are there already and that the new workflow does not have. */
export const strandedStatuses = (project: ObservedProject, statusIds: Partial<Record<Status, string>>) =>
  project.changes.filter(({ statusId }) => !Object.values(statusIds).includes(statusId));

function movesFor(
  project: ObservedProject,
  { statusIds }: ProjectParts,
  moves: Readonly<Record<string, Status>>,
): Readonly<Record<string, string>> | string {
  const stranded = strandedStatuses(project, statusIds);
  const unsaid = stranded.find(({ statusId }) => moves[statusId] === undefined);
  if (unsaid !== undefined)
    return `Say where ${unsaid.count} change ${unsaid.count === 1 ? 'request' : 'requests'} in "${unsaid.statusName}" of ${project.key} shall go.`;
  return Object.fromEntries(
    stranded.flatMap(({ statusId }) => {
      const to = moves[statusId];
      const id = to === undefined ? undefined : statusIds[to];
      return id === undefined ? [] : [[statusId, id]];
    }),
  );
}

const movesInWords = (
  project: ObservedProject,
  { statusIds }: ProjectParts,
  moves: Readonly<Record<string, Status>>,
): string[] =>
  strandedStatuses(project, statusIds).map(
    ({ statusId, statusName, count }) =>
      `Moves ${count} ${count === 1 ? 'issue' : 'issues'} from "${statusName}" to ${moves[statusId] ?? 'a status of the workflow'}.`,
  );

const scheme = (id: string, title: string, wants: PlanItem['wants']) => ({
  id,
  kind: 'project' as const,
  title,
  wants,
  undo: 'Settings, Work items: delete the scheme, once no project uses it.',
});

const use = (id: string, title: string, name: string, before: string, tab: string) => ({
  id,
  kind: 'project' as const,
  title,
  wants: { scheme: name },
  undo: `${SETTINGS}, ${tab}: choose the scheme "${before}" again.`,
});

const using = (
  draft: ReturnType<typeof use>,
  { id, name }: { readonly id: string; readonly name: string },
  act: Parameters<typeof change>[1],
  moves: readonly string[] = [],
): PlanItem =>
  change(draft, act, {
    says: [`Takes the place of the scheme "${name}".`, ...moves],
    before: { scheme: name, id, ...(moves.length === 0 ? {} : { moves }) },
    ids: [],
  });

const covers = (found: MappedScheme, wanted: Readonly<Record<string, string>>): boolean =>
  Object.entries(wanted).every(
    ([type, value]) => (type === 'default' ? found.default : found.byIssueType[type]) === value,
  );
