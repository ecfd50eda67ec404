import * as z from 'zod/mini';
import { isGlobal, type ContextRecord } from '../context-store';
import type { FieldRecord } from '../field-store';
import { Refusal } from '../refusal';
import { created, noContent, ok, type PathParams, type RestAnswer, type RestCall, type Route } from '../router';
import type { JiraStore } from '../store';
import { bodyOf, notTooLong } from './body';
import { customField } from './field-writing';
import { listOf, pageBean, window } from './paging';

type Work = (store: JiraStore, call: RestCall, field: FieldRecord, context: ContextRecord) => RestAnswer;

/** The contexts of custom fields: in which projects, for which issue types. */
export function contextRoutes(store: JiraStore): readonly Route[] {
  const path = '/rest/api/3/field/{fieldId}/context';
  const one = `${path}/{contextId}`;
  const of =
    (work: (store: JiraStore, call: RestCall, field: FieldRecord) => RestAnswer) =>
    (call: RestCall, params: PathParams): RestAnswer =>
      work(store, call, customField(store, call, params.get('fieldId')));
  const ofOne =
    (work: Work) =>
    (call: RestCall, params: PathParams): RestAnswer => {
      const field = customField(store, call, params.get('fieldId'));
      return work(store, call, field, contextOf(store, field, params));
    };
  return [
    { method: 'GET', path, handle: of(list) },
    { method: 'POST', path, handle: of(create) },
    { method: 'GET', path: `${path}/projectmapping`, handle: of(projectMappings) },
    { method: 'GET', path: `${path}/issuetypemapping`, handle: of(issueTypeMappings) },
    { method: 'PUT', path: one, handle: ofOne(update) },
    { method: 'DELETE', path: one, handle: ofOne(remove) },
    { method: 'PUT', path: `${one}/project`, handle: ofOne(addProjects) },
    { method: 'POST', path: `${one}/project/remove`, handle: ofOne(removeProjects) },
    { method: 'PUT', path: `${one}/issuetype`, handle: ofOne(addIssueTypes) },
    { method: 'POST', path: `${one}/issuetype/remove`, handle: ofOne(removeIssueTypes) },
  ];
}

/** @throws Refusal 404 when the context is not one of the field. */
export function contextOf(store: JiraStore, field: FieldRecord, params: PathParams): ContextRecord {
  const context = store.contexts.find(field.id, params.get('contextId'));
  if (context === undefined) throw new Refusal(404, 'The context does not belong to the custom field.');
  return context;
}

const PAGE = 50;

function list(store: JiraStore, call: RestCall, field: FieldRecord): RestAnswer {
  const wanted = listOf(call.query, 'contextId');
  const flag = (name: string): boolean | undefined =>
    call.query.has(name) ? call.query.get(name) === 'true' : undefined;
  const [global, anyType] = [flag('isGlobalContext'), flag('isAnyIssueType')];
  const found = store.contexts
    .of(field.id)
    .map((context) => ({
      id: context.id,
      name: context.name,
      description: context.description,
      isGlobalContext: isGlobal(context),
      isAnyIssueType: context.issueTypeIds.length === 0,
    }))
    .filter(
      (each) =>
        (wanted.length === 0 || wanted.includes(each.id)) &&
        (global === undefined || each.isGlobalContext === global) &&
        (anyType === undefined || each.isAnyIssueType === anyType),
    );
  return ok(pageBean(call, store.baseUrl, found, window(call.query, PAGE, PAGE)));
}

const definition = z.object({
  name: z.string(),
  description: z.optional(z.string()),
  projectIds: z.optional(z.array(z.string())),
  issueTypeIds: z.optional(z.array(z.string())),
});

function create(store: JiraStore, call: RestCall, field: FieldRecord): RestAnswer {
  const input = bodyOf(definition, call);
  const projectIds = known(input.projectIds ?? [], 'project', (id) => store.projects.find(id)?.id === id);
  const issueTypeIds = known(
    input.issueTypeIds ?? [],
    'issue type',
    (id) => store.projects.issueType(id) !== undefined,
  );
  freeProjects(store, field, projectIds);
  const { description = '' } = input;
  const name = contextName(input.name);
  const made = store.transaction(() =>
    store.contexts.create({ fieldId: field.id, name, description, projectIds, issueTypeIds }),
  );
  return created({ id: made.id, name, description, projectIds, issueTypeIds });
}

function contextName(given: string): string {
  if (given.trim() === '') throw new Refusal(400, { errors: { name: 'You must specify a name for the context.' } });
  return notTooLong(given.trim(), 'name');
}

/** @throws Refusal 404 for an id that is not there. */
function known(ids: readonly string[], what: string, exists: (id: string) => boolean): readonly string[] {
  const missing = ids.find((id) => !exists(id));
  if (missing !== undefined) throw new Refusal(404, `The ${what} with ID '${missing}' was not found.`);
  return [...new Set(ids)];
}

/** A project has one context of a field at most, and a field one context for all projects. */
function freeProjects(store: JiraStore, field: FieldRecord, projectIds: readonly string[], except?: string): void {
  const others = store.contexts.of(field.id).filter(({ id }) => id !== except);
  if (projectIds.length === 0 && others.some(isGlobal))
    throw new Refusal(400, 'The custom field already has a global context.');
  const taken = projectIds.find((id) => others.some((other) => other.projectIds.includes(id)));
  if (taken !== undefined)
    throw new Refusal(400, `The project with ID '${taken}' is already assigned to a context of the custom field.`);
}

const change = z.object({ name: z.optional(z.string()), description: z.optional(z.string()) });

const update: Work = (store, call, _, context) => {
  const { name, description = context.description } = bodyOf(change, call);
  const next = { ...context, name: name === undefined ? context.name : contextName(name), description };
  store.transaction(() => {
    store.contexts.replace(next);
  });
  return noContent;
};

/** The global one stays: Jira refuses to remove it from April 2026 on (CHANGE-3019). */
const remove: Work = (store, _, __, context) => {
  if (isGlobal(context)) throw new Refusal(400, 'The global context of a custom field cannot be deleted.');
  store.transaction(() => {
    store.contexts.remove(context.id);
  });
  return noContent;
};

const projects = z.object({ projectIds: z.array(z.string()) });
const issueTypes = z.object({ issueTypeIds: z.array(z.string()) });

function replaced(store: JiraStore, context: ContextRecord): RestAnswer {
  store.transaction(() => {
    store.contexts.replace(context);
  });
  return noContent;
}

/** Neither projects nor issue types are added to a global context from April 2026 on (CHANGE-3019). */
function notGlobal(context: ContextRecord): void {
  if (isGlobal(context)) throw new Refusal(400, 'The global context of a custom field cannot be restricted.');
}

const addProjects: Work = (store, call, field, context) => {
  const projectIds = known(bodyOf(projects, call).projectIds, 'project', (id) => store.projects.find(id)?.id === id);
  notGlobal(context);
  freeProjects(store, field, projectIds);
  return replaced(store, { ...context, projectIds: [...context.projectIds, ...projectIds] });
};

const removeProjects: Work = (store, call, field, context) => {
  const { projectIds } = bodyOf(projects, call);
  known(projectIds, 'project', (id) => store.projects.find(id)?.id === id);
  if (projectIds.some((id) => !context.projectIds.includes(id)))
    throw new Refusal(400, 'One of the projects is not assigned to the context.');
  const left = context.projectIds.filter((id) => !projectIds.includes(id));
  freeProjects(store, field, left, context.id);
  return replaced(store, { ...context, projectIds: left });
};

const addIssueTypes: Work = (store, call, _, context) => {
  const given = bodyOf(issueTypes, call).issueTypeIds;
  const ids = known(given, 'issue type', (id) => store.projects.issueType(id) !== undefined);
  notGlobal(context);
  if (ids.some((id) => context.issueTypeIds.includes(id)))
    throw new Refusal(400, 'One of the issue types is assigned to the context already.');
  return replaced(store, { ...context, issueTypeIds: [...context.issueTypeIds, ...ids] });
};

const removeIssueTypes: Work = (store, call, _, context) => {
  const { issueTypeIds } = bodyOf(issueTypes, call);
  if (issueTypeIds.some((id) => !context.issueTypeIds.includes(id)))
    throw new Refusal(400, 'One of the issue types is not assigned to the context.');
  return replaced(store, { ...context, issueTypeIds: context.issueTypeIds.filter((id) => !issueTypeIds.includes(id)) });
};

function mapped(
  store: JiraStore,
  call: RestCall,
  field: FieldRecord,
  rows: (context: ContextRecord) => readonly unknown[],
): RestAnswer {
  const wanted = listOf(call.query, 'contextId');
  const of = store.contexts.of(field.id).filter(({ id }) => wanted.length === 0 || wanted.includes(id));
  return ok(pageBean(call, store.baseUrl, of.flatMap(rows), window(call.query, PAGE, PAGE)));
}

const projectMappings = (store: JiraStore, call: RestCall, field: FieldRecord): RestAnswer =>
  mapped(store, call, field, ({ id: contextId, projectIds }) =>
    projectIds.length === 0
      ? [{ contextId, isGlobalContext: true }]
      : projectIds.map((projectId) => ({ contextId, projectId })),
  );

const issueTypeMappings = (store: JiraStore, call: RestCall, field: FieldRecord): RestAnswer =>
  mapped(store, call, field, ({ id: contextId, issueTypeIds }) =>
    issueTypeIds.length === 0
      ? [{ contextId, isAnyIssueType: true }]
      : issueTypeIds.map((issueTypeId) => ({ contextId, issueTypeId })),
  );
