import * as z from 'zod/mini';
import { projectJson } from '../json';
import { Refusal } from '../refusal';
import { created, noContent, ok, type PathParams, type RestAnswer, type RestCall, type Route } from '../router';
import type { TypeScreenSchemeRecord } from '../screen-scheme-store';
import type { JiraStore } from '../store';
import { requireAdministrator } from './access';
import { bodyOf, notTooLong, ordered, ownName } from './body';
import { listOf, pageBean, window } from './paging';

export type SchemeWork = (store: JiraStore, call: RestCall, scheme: TypeScreenSchemeRecord) => RestAnswer;

/** Issue type screen schemes: which screen scheme issues of a type have, and the projects that follow one. */
export function typeScreenSchemeRoutes(store: JiraStore): readonly Route[] {
  const path = '/rest/api/3/issuetypescreenscheme';
  const one = `${path}/{issueTypeScreenSchemeId}`;
  const of = (work: (store: JiraStore, call: RestCall) => RestAnswer) => (call: RestCall) => {
    requireAdministrator(store, call.actor);
    return work(store, call);
  };
  const ofOne = (work: SchemeWork) => (call: RestCall, params: PathParams) =>
    work(store, call, namedTypeScreenScheme(store, call, params.get('issueTypeScreenSchemeId')));
  return [
    { method: 'GET', path, handle: of(list) },
    { method: 'POST', path, handle: of(create) },
    { method: 'GET', path: `${path}/mapping`, handle: of(mappings) },
    { method: 'GET', path: `${path}/project`, handle: of(ofProjects) },
    { method: 'PUT', path: `${path}/project`, handle: of(assign) },
    { method: 'PUT', path: one, handle: ofOne(update) },
    { method: 'DELETE', path: one, handle: ofOne(remove) },
    { method: 'GET', path: `${one}/project`, handle: ofOne(projectsOf) },
  ];
}

export function namedTypeScreenScheme(store: JiraStore, call: RestCall, id: string): TypeScreenSchemeRecord {
  requireAdministrator(store, call.actor);
  const scheme = store.screenSchemes.findForTypes(id);
  if (scheme === undefined) throw new Refusal(404, 'The issue type screen scheme was not found.');
  return scheme;
}

const PAGE = 50;

const schemeJson = ({ id, name, description }: TypeScreenSchemeRecord) => ({ id, name, description });

function list(store: JiraStore, call: RestCall): RestAnswer {
  const ids = listOf(call.query, 'id');
  const query = (call.query.get('queryString') ?? '').toLowerCase();
  const found = ordered(store.screenSchemes.allForTypes(), call).filter(
    ({ id, name }) => (ids.length === 0 || ids.includes(id)) && name.toLowerCase().includes(query),
  );
  return ok(pageBean(call, store.baseUrl, found.map(schemeJson), window(call.query, PAGE, PAGE)));
}

export const mapping = z.object({ issueTypeId: z.string(), screenSchemeId: z.string() });
const definition = z.object({
  name: z.string(),
  description: z.optional(z.string()),
  issueTypeMappings: z.array(mapping),
});

function create(store: JiraStore, call: RestCall): RestAnswer {
  const { name, description = '', issueTypeMappings } = bodyOf(definition, call);
  const given = knownMappings(store, issueTypeMappings);
  const byDefault = given['default'];
  if (byDefault === undefined)
    throw new Refusal(
      400,
      "An issue type screen scheme needs a mapping for 'default', for all issue types without one.",
    );
  const made = store.transaction(() =>
    store.screenSchemes.createForTypes({
      name: ownName(name, 'issue type screen scheme', store.screenSchemes.allForTypes()),
      description: notTooLong(description, 'description'),
      mappings: { ...given, default: byDefault },
    }),
  );
  return created({ id: made.id });
}

/** @throws Refusal 404 for an issue type or a screen scheme that is not there, 400 for an issue type that is named twice. */
export function knownMappings(
  store: JiraStore,
  given: readonly z.infer<typeof mapping>[],
): Readonly<Record<string, string>> {
  for (const { issueTypeId, screenSchemeId } of given) {
    if (issueTypeId !== 'default' && store.projects.issueType(issueTypeId) === undefined)
      throw new Refusal(404, `The issue type with ID '${issueTypeId}' was not found.`);
    if (store.screenSchemes.find(screenSchemeId) === undefined)
      throw new Refusal(404, `The screen scheme with ID '${screenSchemeId}' was not found.`);
  }
  const pairs = new Map(given.map(({ issueTypeId, screenSchemeId }) => [issueTypeId, screenSchemeId]));
  if (pairs.size < given.length) throw new Refusal(400, 'An issue type is mapped more than once.');
  return Object.fromEntries(pairs);
}

function mappings(store: JiraStore, call: RestCall): RestAnswer {
  const ids = listOf(call.query, 'issueTypeScreenSchemeId');
  const found = store.screenSchemes.allForTypes().filter(({ id }) => ids.length === 0 || ids.includes(id));
  const rows = found.flatMap(({ id, mappings: all }) =>
    Object.entries(all).map(([issueTypeId, screenSchemeId]) => ({
      issueTypeScreenSchemeId: id,
      issueTypeId,
      screenSchemeId,
    })),
  );
  return ok(pageBean(call, store.baseUrl, rows, window(call.query, PAGE, PAGE)));
}

function ofProjects(store: JiraStore, call: RestCall): RestAnswer {
  const wanted = listOf(call.query, 'projectId');
  if (wanted.length === 0) throw new Refusal(400, { errors: { projectId: 'The ID of a project has to be provided.' } });
  const { projects } = store.screenSchemes;
  const rows = store.screenSchemes.allForTypes().flatMap((scheme) => {
    const projectIds = projects.projectsOf(scheme.id).filter((id) => wanted.includes(id));
    return projectIds.length === 0 ? [] : [{ issueTypeScreenScheme: schemeJson(scheme), projectIds }];
  });
  return ok(pageBean(call, store.baseUrl, rows, window(call.query, PAGE, PAGE)));
}

const association = z.object({
  issueTypeScreenSchemeId: z.optional(z.string()),
  projectId: z.optional(z.string()),
});

function assign(store: JiraStore, call: RestCall): RestAnswer {
  const { issueTypeScreenSchemeId = '', projectId = '' } = bodyOf(association, call);
  const project = store.projects.find(projectId);
  if (project?.id !== projectId) throw new Refusal(404, 'The project was not found.');
  const scheme = namedTypeScreenScheme(store, call, issueTypeScreenSchemeId);
  store.transaction(() => {
    store.screenSchemes.projects.use(project.id, scheme.id);
    const object = { id: project.id, name: project.key, type: 'PROJECT' };
    store.audit.record(call, 'Issue type screen scheme added to project', 'projects', object, [
      ['Scheme', '', scheme.name],
    ]);
  });
  return noContent;
}

const change = z.object({ name: z.optional(z.string()), description: z.optional(z.string()) });

const update: SchemeWork = (store, call, scheme) => {
  const { name, description } = bodyOf(change, call);
  const others = store.screenSchemes.allForTypes().filter(({ id }) => id !== scheme.id);
  return replaced(store, {
    ...scheme,
    name: name === undefined ? scheme.name : ownName(name, 'issue type screen scheme', others),
    description: description === undefined ? scheme.description : notTooLong(description, 'description'),
  });
};

export function replaced(store: JiraStore, scheme: TypeScreenSchemeRecord): RestAnswer {
  store.transaction(() => {
    store.screenSchemes.replaceForTypes(scheme);
  });
  return noContent;
}

const remove: SchemeWork = (store, _, scheme) => {
  if (store.screenSchemes.projects.projectsOf(scheme.id).length > 0)
    throw new Refusal(400, 'The issue type screen scheme is used by a project and cannot be deleted.');
  store.transaction(() => {
    store.screenSchemes.removeForTypes(scheme.id);
  });
  return noContent;
};

const projectsOf: SchemeWork = (store, call, scheme) => {
  const all = store.screenSchemes.projects.projectsOf(scheme.id).flatMap((id) => store.projects.find(id) ?? []);
  const values = all.map((project) => projectJson(store, project));
  return ok(pageBean(call, store.baseUrl, values, window(call.query, PAGE, PAGE)));
};
