import * as z from 'zod/mini';
import { issueTypeJson } from '../json';
import type { IssueTypeRecord } from '../project-store';
import { Refusal } from '../refusal';
import { created, noContent, ok, type PathParams, type RestAnswer, type RestCall, type Route } from '../router';
import type { JiraStore } from '../store';
import { mayInProject, requireAdministrator, visibleProjects } from './access';
import { bodyOf, ownName } from './body';

/** Issue types. Sub-tasks are switched off on this site, as they can be in Jira. */
export function issueTypeRoutes(store: JiraStore): readonly Route[] {
  const path = '/rest/api/3/issuetype';
  return [
    { method: 'GET', path, handle: (call) => ok(visible(store, call).map((type) => issueTypeJson(store, type))) },
    { method: 'POST', path, handle: (call) => create(store, call) },
    { method: 'GET', path: `${path}/project`, handle: (call) => ofProject(store, call) },
    { method: 'GET', path: `${path}/{id}`, handle: (call, params) => read(store, call, params) },
    { method: 'PUT', path: `${path}/{id}`, handle: (call, params) => update(store, call, params) },
    { method: 'DELETE', path: `${path}/{id}`, handle: (call, params) => remove(store, call, params) },
  ];
}

/** All for administrators, those of the projects that they see for others. */
function visible(store: JiraStore, call: RestCall): readonly IssueTypeRecord[] {
  if (store.permissions.may(call.actor, 'ADMINISTER')) return store.projects.issueTypes();
  const ids = new Set(visibleProjects(store, call.actor).flatMap(({ id }) => store.typeSchemes.typesOf(id)));
  return store.projects.issueTypes().filter(({ id }) => ids.has(id));
}

const LONGEST_NAME = 60;
const NAMES = { taken: 409, longest: LONGEST_NAME };

const definition = z.object({
  name: z.string(),
  description: z.optional(z.string()),
  hierarchyLevel: z.optional(z.int()),
  type: z.optional(z.enum(['standard', 'subtask'])),
});

function create(store: JiraStore, call: RestCall): RestAnswer {
  requireAdministrator(store, call.actor);
  const { name, description = '', hierarchyLevel = 0, type } = bodyOf(definition, call);
  if (type === 'subtask' || hierarchyLevel === -1) throw new Refusal(400, 'Sub-tasks are disabled on this site.');
  if (hierarchyLevel !== 0) throw new Refusal(400, `There is no hierarchy level ${hierarchyLevel} on this site.`);
  const made = store.transaction(() => {
    const own = ownName(name, 'issue type', store.projects.issueTypes(), NAMES);
    const record = store.projects.createIssueType(own, description);
    store.audit.record(call, 'Issue type created', 'issue types', { ...record, type: 'ISSUE_TYPE' });
    return record;
  });
  return created(issueTypeJson(store, made));
}

function ofProject(store: JiraStore, call: RestCall): RestAnswer {
  const given = call.query.get('projectId') ?? '';
  if (!/^\d{1,15}$/.test(given)) throw new Refusal(400, 'The ID of a project has to be provided.');
  const project = store.projects.find(given);
  const may =
    project !== undefined &&
    (mayInProject(store, call.actor, 'BROWSE_PROJECTS', project.id) || store.permissions.may(call.actor, 'ADMINISTER'));
  if (!may) throw new Refusal(404, `No project could be found with id '${given}'.`);
  const level = call.query.get('level');
  const types = level === null || level === '0' ? store.projects.issueTypesOf(project.id) : [];
  return ok(types.map((type) => issueTypeJson(store, type)));
}

function named(types: readonly IssueTypeRecord[], id: string): IssueTypeRecord {
  const type = types.find((each) => each.id === id);
  if (type === undefined) throw new Refusal(404, `The issue type with ID '${id}' was not found.`);
  return type;
}

function read(store: JiraStore, call: RestCall, params: PathParams): RestAnswer {
  return ok(issueTypeJson(store, named(visible(store, call), params.get('id'))));
}

const change = z.object({
  name: z.optional(z.string()),
  description: z.optional(z.string()),
  avatarId: z.optional(z.int()),
});

function update(store: JiraStore, call: RestCall, params: PathParams): RestAnswer {
  requireAdministrator(store, call.actor);
  const type = named(store.projects.issueTypes(), params.get('id'));
  const { name, description } = bodyOf(change, call);
  const others = store.projects.issueTypes().filter(({ id }) => id !== type.id);
  const next = {
    id: type.id,
    name: name === undefined ? type.name : ownName(name, 'issue type', others, NAMES),
    description: description ?? type.description,
  };
  store.transaction(() => {
    store.projects.replaceIssueType(next);
    const object = { id: type.id, name: next.name, type: 'ISSUE_TYPE' };
    store.audit.record(call, 'Issue type updated', 'issue types', object, [['Name', type.name, next.name]]);
  });
  return ok(issueTypeJson(store, next));
}

/** One that issues have is not deleted here: moving them to another type is not done on this site. */
function remove(store: JiraStore, call: RestCall, params: PathParams): RestAnswer {
  requireAdministrator(store, call.actor);
  const type = named(store.projects.issueTypes(), params.get('id'));
  if (store.issues.ofType(type.id) > 0)
    throw new Refusal(404, 'The issue type is in use, and this site moves no issues to an alternative issue type.');
  store.transaction(() => {
    for (const scheme of store.typeSchemes.all())
      store.typeSchemes.replace({ ...scheme, typeIds: scheme.typeIds.filter((id) => id !== type.id) });
    store.projects.removeIssueType(type.id);
    store.audit.record(call, 'Issue type deleted', 'issue types', { id: type.id, name: type.name, type: 'ISSUE_TYPE' });
  });
  return noContent;
}
