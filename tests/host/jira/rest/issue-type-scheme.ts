import * as z from 'zod/mini';
import { Refusal } from '../refusal';
import { created, noContent, ok, type PathParams, type RestAnswer, type RestCall, type Route } from '../router';
import type { JiraStore } from '../store';
import { isDefault, type TypeSchemeRecord } from '../type-scheme-store';
import { requireAdministrator } from './access';
import { bodyOf, notTooLong, ordered, ownName } from './body';
import { listOf, pageBean, window } from './paging';

type Work = (store: JiraStore, call: RestCall, scheme: TypeSchemeRecord, params: PathParams) => RestAnswer;

/** Issue type schemes: which issue types a project has. */
export function issueTypeSchemeRoutes(store: JiraStore): readonly Route[] {
  const path = '/rest/api/3/issuetypescheme';
  const one = `${path}/{issueTypeSchemeId}`;
  const of = (work: (store: JiraStore, call: RestCall) => RestAnswer) => (call: RestCall) => {
    requireAdministrator(store, call.actor);
    return work(store, call);
  };
  const ofOne = (work: Work) => (call: RestCall, params: PathParams) =>
    work(store, call, named(store, call, params.get('issueTypeSchemeId')), params);
  return [
    { method: 'GET', path, handle: of(list) },
    { method: 'POST', path, handle: of(create) },
    { method: 'GET', path: `${path}/mapping`, handle: of(mappings) },
    { method: 'GET', path: `${path}/project`, handle: of(ofProjects) },
    { method: 'PUT', path: `${path}/project`, handle: of(assign) },
    { method: 'PUT', path: one, handle: ofOne(update) },
    { method: 'DELETE', path: one, handle: ofOne(remove) },
    { method: 'PUT', path: `${one}/issuetype`, handle: ofOne(addTypes) },
    { method: 'DELETE', path: `${one}/issuetype/{issueTypeId}`, handle: ofOne(removeType) },
  ];
}

function named(store: JiraStore, call: RestCall, id: string): TypeSchemeRecord {
  requireAdministrator(store, call.actor);
  const scheme = store.typeSchemes.find(id);
  if (scheme === undefined) throw new Refusal(404, 'The issue type scheme was not found.');
  return scheme;
}

const PAGE = 50;
const LONGEST_DESCRIPTION = 4000;

const schemeJson = (scheme: TypeSchemeRecord) => ({
  id: scheme.id,
  name: scheme.name,
  description: scheme.description,
  ...(scheme.defaultTypeId === null ? {} : { defaultIssueTypeId: scheme.defaultTypeId }),
  ...(isDefault(scheme) ? { isDefault: true } : {}),
});

function list(store: JiraStore, call: RestCall): RestAnswer {
  const ids = listOf(call.query, 'id');
  const query = (call.query.get('queryString') ?? '').toLowerCase();
  const found = ordered(store.typeSchemes.all(), call).filter(
    ({ id, name }) => (ids.length === 0 || ids.includes(id)) && name.toLowerCase().includes(query),
  );
  return ok(pageBean(call, store.baseUrl, found.map(schemeJson), window(call.query, PAGE, PAGE)));
}

const definition = z.object({
  name: z.string(),
  description: z.optional(z.string()),
  defaultIssueTypeId: z.optional(z.string()),
  issueTypeIds: z.array(z.string()),
});

/** The document has 400 for an issue type that is not there, and 409 for a name in use. */
function create(store: JiraStore, call: RestCall): RestAnswer {
  const { name, description = '', defaultIssueTypeId = null, issueTypeIds } = bodyOf(definition, call);
  if (issueTypeIds.length === 0) throw new Refusal(400, 'An issue type scheme has at least one issue type.');
  const missing = issueTypeIds.find((id) => store.projects.issueType(id) === undefined);
  if (missing !== undefined) throw new Refusal(400, `The issue type with ID '${missing}' was not found.`);
  const made = store.transaction(() =>
    store.typeSchemes.create({
      name: ownName(name, 'issue type scheme', store.typeSchemes.all(), { taken: 409 }),
      description: notTooLong(description, 'description', LONGEST_DESCRIPTION),
      defaultTypeId: oneOf(defaultIssueTypeId, issueTypeIds),
      typeIds: [...new Set(issueTypeIds)],
    }),
  );
  return created({ issueTypeSchemeId: made.id });
}

function oneOf(defaultTypeId: string | null, typeIds: readonly string[]): string | null {
  if (defaultTypeId !== null && !typeIds.includes(defaultTypeId))
    throw new Refusal(400, 'The default issue type is not one of the issue types of the scheme.');
  return defaultTypeId;
}

function mappings(store: JiraStore, call: RestCall): RestAnswer {
  const ids = listOf(call.query, 'issueTypeSchemeId');
  const found = store.typeSchemes.all().filter(({ id }) => ids.length === 0 || ids.includes(id));
  const rows = found.flatMap(({ id, typeIds }) =>
    typeIds.map((issueTypeId) => ({ issueTypeSchemeId: id, issueTypeId })),
  );
  return ok(pageBean(call, store.baseUrl, rows, window(call.query, PAGE, PAGE)));
}

function ofProjects(store: JiraStore, call: RestCall): RestAnswer {
  const wanted = listOf(call.query, 'projectId');
  if (wanted.length === 0) throw new Refusal(400, { errors: { projectId: 'The ID of a project has to be provided.' } });
  const rows = store.typeSchemes.all().flatMap((scheme) => {
    const projectIds = store.typeSchemes.projects.projectsOf(scheme.id).filter((id) => wanted.includes(id));
    return projectIds.length === 0 ? [] : [{ issueTypeScheme: schemeJson(scheme), projectIds }];
  });
  return ok(pageBean(call, store.baseUrl, rows, window(call.query, PAGE, PAGE)));
}

const association = z.object({ issueTypeSchemeId: z.string(), projectId: z.string() });

function assign(store: JiraStore, call: RestCall): RestAnswer {
  const { issueTypeSchemeId, projectId } = bodyOf(association, call);
  const project = store.projects.find(projectId);
  if (project?.id !== projectId) throw new Refusal(404, 'The project was not found.');
  const scheme = named(store, call, issueTypeSchemeId);
  if (store.issues.inProject(projectId).some(({ issueTypeId }) => !scheme.typeIds.includes(issueTypeId)))
    throw new Refusal(400, 'The project has issues of issue types that the new scheme does not have.');
  store.transaction(() => {
    store.typeSchemes.projects.use(projectId, scheme.id);
    const object = { id: project.id, name: project.key, type: 'PROJECT' };
    store.audit.record(call, 'Issue type scheme added to project', 'projects', object, [['Scheme', '', scheme.name]]);
  });
  return noContent;
}

function replaced(store: JiraStore, scheme: TypeSchemeRecord): RestAnswer {
  store.transaction(() => {
    store.typeSchemes.replace(scheme);
  });
  return noContent;
}

const change = z.object({
  name: z.optional(z.string()),
  description: z.optional(z.string()),
  defaultIssueTypeId: z.optional(z.string()),
});

const update: Work = (store, call, scheme) => {
  const { name, description, defaultIssueTypeId } = bodyOf(change, call);
  const others = store.typeSchemes.all().filter(({ id }) => id !== scheme.id);
  return replaced(store, {
    ...scheme,
    name: name === undefined ? scheme.name : ownName(name, 'issue type scheme', others),
    description:
      description === undefined ? scheme.description : notTooLong(description, 'description', LONGEST_DESCRIPTION),
    defaultTypeId: defaultIssueTypeId === undefined ? scheme.defaultTypeId : oneOf(defaultIssueTypeId, scheme.typeIds),
  });
};

const remove: Work = (store, _, scheme) => {
  if (isDefault(scheme)) throw new Refusal(400, 'The default issue type scheme cannot be deleted.');
  if (store.typeSchemes.projects.projectsOf(scheme.id).length > 0)
    throw new Refusal(400, 'The issue type scheme is associated with a project and cannot be deleted.');
  store.transaction(() => {
    store.typeSchemes.remove(scheme.id);
  });
  return noContent;
};

const types = z.object({ issueTypeIds: z.array(z.string()) });

/** None is added when one of them is in the scheme already. */
const addTypes: Work = (store, call, scheme) => {
  const { issueTypeIds } = bodyOf(types, call);
  const missing = issueTypeIds.find((id) => store.projects.issueType(id) === undefined);
  if (missing !== undefined) throw new Refusal(404, `The issue type with ID '${missing}' was not found.`);
  if (issueTypeIds.length === 0 || issueTypeIds.some((id) => scheme.typeIds.includes(id)))
    throw new Refusal(400, 'One of the issue types is in the issue type scheme already, or none was given.');
  return replaced(store, { ...scheme, typeIds: [...scheme.typeIds, ...new Set(issueTypeIds)] });
};

const removeType: Work = (store, _, scheme, params) => {
  const id = params.get('issueTypeId');
  if (!scheme.typeIds.includes(id)) throw new Refusal(404, 'The issue type is not in the issue type scheme.');
  if (isDefault(scheme)) throw new Refusal(400, 'Issue types cannot be removed from the default issue type scheme.');
  if (scheme.typeIds.length === 1) throw new Refusal(400, 'The last issue type of a scheme cannot be removed.');
  const projects = store.typeSchemes.projects.projectsOf(scheme.id);
  if (projects.some((project) => store.issues.inProject(project).some((issue) => issue.issueTypeId === id)))
    throw new Refusal(400, 'The issue type is used by issues and cannot be removed.');
  const defaultTypeId = scheme.defaultTypeId === id ? null : scheme.defaultTypeId;
  return replaced(store, { ...scheme, defaultTypeId, typeIds: scheme.typeIds.filter((each) => each !== id) });
};
