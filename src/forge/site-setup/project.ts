import * as z from '#zod';
import type { MappedScheme, ObservedProject, TypeScheme } from '../../setup/observed';
import { schemeNames } from '../../setup/wanted';
import { Unavailable } from '../../ports/ports';
import { allPages, askJira, lookFor } from './ask-jira';

/** A project with its three schemes, and the change requests that it has already. Jira Cloud OpenAPI. */

const idText = z.lazy(() => z.union([z.string(), z.number()]));
const projectShape = z.lazy(() =>
  z.looseObject({
    id: z.string(),
    key: z.string(),
    style: z.optional(z.string()),
    simplified: z.optional(z.boolean()),
  }),
);

export async function project(id: string, issueTypeId: string | undefined): Promise<ObservedProject | undefined> {
  const json = await lookFor(`/rest/api/3/project/${encodeURIComponent(id)}`);
  if (json === undefined) return undefined;
  const found = projectShape.parse(json);
  const companyManaged = isCompanyManaged(found);
  if (!companyManaged) return { ...NO_SCHEMES, id: found.id, key: found.key, companyManaged };
  const names = schemeNames(found.key);
  const [issueTypes, issueTypeScreens, workflows, madeTypes, madeScreens, madeWorkflows, counted] = await Promise.all([
    issueTypesOf(found.id),
    screensOf(found.id),
    workflowsOf(found.id),
    issueTypesNamed(names.issueTypes),
    screensNamed(names.issueTypeScreens),
    workflowsNamed(names.workflows),
    count(found.id, issueTypeId),
  ]);
  const made = { issueTypes: madeTypes, issueTypeScreens: madeScreens, workflows: madeWorkflows };
  return { id: found.id, key: found.key, companyManaged, issueTypes, issueTypeScreens, workflows, made, ...counted };
}

export const isCompanyManaged = ({
  style,
  simplified,
}: {
  style?: string | undefined;
  simplified?: boolean | undefined;
}): boolean => (style === undefined ? simplified !== true : style === 'classic');

const NONE = { id: '', name: '' };
const NO_SCHEMES = {
  issueTypes: { ...NONE, issueTypeIds: [], defaultIssueTypeId: null },
  issueTypeScreens: { ...NONE, default: '', byIssueType: {} },
  workflows: { ...NONE, default: '', byIssueType: {} },
  made: { issueTypes: null, issueTypeScreens: null, workflows: null },
  hasIssues: false,
  changes: [],
};

const scheme = z.lazy(() =>
  z.looseObject({ id: idText, name: z.string(), defaultIssueTypeId: z.optional(z.nullable(z.string())) }),
);
const ofTypes = z.lazy(() => z.array(z.looseObject({ issueTypeScheme: scheme })));
const ofScreens = z.lazy(() => z.array(z.looseObject({ issueTypeScreenScheme: scheme })));
const typeMapping = z.lazy(() => z.array(z.looseObject({ issueTypeId: z.string() })));
const screenMapping = z.lazy(() => z.array(z.looseObject({ issueTypeId: z.string(), screenSchemeId: z.string() })));

async function issueTypesOf(projectId: string): Promise<TypeScheme> {
  const [found] = ofTypes.parse(await allPages(`/rest/api/3/issuetypescheme/project?projectId=${projectId}`));
  if (found === undefined) throw new Unavailable('jira', `Jira names no issue type scheme of project ${projectId}`);
  return typeScheme(found.issueTypeScheme);
}

async function issueTypesNamed(name: string): Promise<TypeScheme | null> {
  const list = z
    .array(scheme)
    .parse(await allPages(`/rest/api/3/issuetypescheme?queryString=${encodeURIComponent(name)}`));
  const found = list.find((one) => one.name === name);
  return found === undefined ? null : typeScheme(found);
}

async function typeScheme({ id, name, defaultIssueTypeId }: z.infer<typeof scheme>): Promise<TypeScheme> {
  const types = typeMapping.parse(await allPages(`/rest/api/3/issuetypescheme/mapping?issueTypeSchemeId=${id}`));
  return {
    id: String(id),
    name,
    issueTypeIds: types.map(({ issueTypeId }) => issueTypeId),
    defaultIssueTypeId: defaultIssueTypeId ?? null,
  };
}

async function screensOf(projectId: string): Promise<MappedScheme> {
  const [found] = ofScreens.parse(await allPages(`/rest/api/3/issuetypescreenscheme/project?projectId=${projectId}`));
  if (found === undefined)
    throw new Unavailable('jira', `Jira names no issue type screen scheme of project ${projectId}`);
  return screenMappings(found.issueTypeScreenScheme);
}

async function screensNamed(name: string): Promise<MappedScheme | null> {
  const path = `/rest/api/3/issuetypescreenscheme?queryString=${encodeURIComponent(name)}`;
  const found = z
    .array(scheme)
    .parse(await allPages(path))
    .find((one) => one.name === name);
  return found === undefined ? null : screenMappings(found);
}

async function screenMappings({ id, name }: z.infer<typeof scheme>): Promise<MappedScheme> {
  const list = screenMapping.parse(
    await allPages(`/rest/api/3/issuetypescreenscheme/mapping?issueTypeScreenSchemeId=${id}`),
  );
  const pairs = list.map(({ issueTypeId, screenSchemeId }) => [issueTypeId, screenSchemeId] as const);
  return {
    id: String(id),
    name,
    default: list.find(({ issueTypeId }) => issueTypeId === 'default')?.screenSchemeId ?? '',
    byIssueType: Object.fromEntries(pairs.filter(([type]) => type !== 'default')),
  };
}

const workflowScheme = z.lazy(() =>
  z.looseObject({
    id: idText,
    name: z.string(),
    defaultWorkflow: z.optional(z.nullable(z.string())),
    issueTypeMappings: z.optional(z.nullable(z.record(z.string(), z.string()))),
  }),
);

async function workflowsOf(projectId: string): Promise<MappedScheme> {
  const json = await askJira(`/rest/api/3/workflowscheme/project?projectId=${projectId}`);
  const { values } = z.looseObject({ values: z.array(z.looseObject({ workflowScheme })) }).parse(json);
  const [found] = values;
  if (found === undefined) throw new Unavailable('jira', `Jira names no workflow scheme of project ${projectId}`);
  return mappedWorkflows(found.workflowScheme);
}

async function workflowsNamed(name: string): Promise<MappedScheme | null> {
  const list = z.array(workflowScheme).parse(await allPages('/rest/api/3/workflowscheme'));
  const found = list.find((one) => one.name === name);
  return found === undefined ? null : mappedWorkflows(found);
}

/** A scheme that names no default has Jira's own. */
const mappedWorkflows = ({
  id,
  name,
  defaultWorkflow,
  issueTypeMappings,
}: z.infer<typeof workflowScheme>): MappedScheme => ({
  id: String(id),
  name,
  default: defaultWorkflow ?? 'jira',
  byIssueType: issueTypeMappings ?? {},
});

const issues = z.lazy(() =>
  z.looseObject({
    issues: z.array(
      z.looseObject({ fields: z.looseObject({ status: z.looseObject({ id: z.string(), name: z.string() }) }) }),
    ),
    nextPageToken: z.optional(z.nullable(z.string())),
  }),
);

/** So many change requests are counted; a project with more has its moves all the same, by status. */
const MOST_COUNTED = 1_000;

async function count(
  projectId: string,
  issueTypeId: string | undefined,
): Promise<Pick<ObservedProject, 'hasIssues' | 'changes'>> {
  const any = await search(`project = ${projectId}`, 1);
  if (any.issues.length === 0 || issueTypeId === undefined) return { hasIssues: any.issues.length > 0, changes: [] };
  const held = new Map<string, { statusId: string; statusName: string; count: number }>();
  let read = 0;
  let token: string | undefined;
  do {
    const page = await search(`project = ${projectId} AND issuetype = ${issueTypeId}`, 100, token);
    for (const { fields } of page.issues) {
      const { id, name } = fields.status;
      held.set(id, { statusId: id, statusName: name, count: (held.get(id)?.count ?? 0) + 1 });
    }
    read += page.issues.length;
    token = page.nextPageToken ?? undefined;
  } while (token !== undefined && read < MOST_COUNTED);
  return { hasIssues: true, changes: [...held.values()] };
}

const search = async (jql: string, maxResults: number, nextPageToken?: string) =>
  issues.parse(
    await askJira('/rest/api/3/search/jql', {
      method: 'POST',
      body: { jql, maxResults, fields: ['status'], ...(nextPageToken === undefined ? {} : { nextPageToken }) },
    }),
  );
