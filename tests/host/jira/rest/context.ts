import * as z from 'zod/mini';
import { isGlobal, type ContextRecord } from '../context-store';
import type { FieldRecord } from '../field-store';
import { Refusal } from '../refusal';
import { created, noContent, ok, type PathParams, type RestAnswer, type RestCall, type Route } from '../router';
import type { JiraStore } from '../store';
import { bodyOf, notTooLong } from './body';
import { customField } from './field-writing';
import { listOf, pageBean, window } from './paging';

export type ContextWork = (store: JiraStore, call: RestCall, field: FieldRecord, context: ContextRecord) => RestAnswer;

/** The contexts of custom fields: in which projects, for which issue types. */
export function contextRoutes(store: JiraStore): readonly Route[] {
  const path = '/rest/api/3/field/{fieldId}/context';
  const one = `${path}/{contextId}`;
  const { of, ofOne } = contextHandlers(store);
  return [
    { method: 'GET', path, handle: of(list) },
    { method: 'POST', path, handle: of(create) },
    { method: 'PUT', path: one, handle: ofOne(update) },
    { method: 'DELETE', path: one, handle: ofOne(remove) },
  ];
}

/** Handlers for a custom field, and for one of its contexts. @throws Refusal 403, 404 */
export function contextHandlers(store: JiraStore) {
  return {
    of:
      (work: (store: JiraStore, call: RestCall, field: FieldRecord) => RestAnswer) =>
      (call: RestCall, params: PathParams): RestAnswer =>
        work(store, call, customField(store, call, params.get('fieldId'))),
    ofOne:
      (work: ContextWork) =>
      (call: RestCall, params: PathParams): RestAnswer => {
        const field = customField(store, call, params.get('fieldId'));
        return work(store, call, field, contextOf(store, field, params));
      },
  };
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
export function known(ids: readonly string[], what: string, exists: (id: string) => boolean): readonly string[] {
  const missing = ids.find((id) => !exists(id));
  if (missing !== undefined) throw new Refusal(404, `The ${what} with ID '${missing}' was not found.`);
  return [...new Set(ids)];
}

/** A project has one context of a field at most, and a field one context for all projects. */
export function freeProjects(
  store: JiraStore,
  field: FieldRecord,
  projectIds: readonly string[],
  except?: string,
): void {
  const others = store.contexts.of(field.id).filter(({ id }) => id !== except);
  if (projectIds.length === 0 && others.some(isGlobal))
    throw new Refusal(400, 'The custom field already has a global context.');
  const taken = projectIds.find((id) => others.some((other) => other.projectIds.includes(id)));
  if (taken !== undefined)
    throw new Refusal(400, `The project with ID '${taken}' is already assigned to a context of the custom field.`);
}

const change = z.object({ name: z.optional(z.string()), description: z.optional(z.string()) });

const update: ContextWork = (store, call, _, context) => {
  const { name, description = context.description } = bodyOf(change, call);
  const next = { ...context, name: name === undefined ? context.name : contextName(name), description };
  store.transaction(() => {
    store.contexts.replace(next);
  });
  return noContent;
};

/** The global one stays: Jira refuses to remove it from April 2026 on (CHANGE-3019). */
const remove: ContextWork = (store, _, __, context) => {
  if (isGlobal(context)) throw new Refusal(400, 'The global context of a custom field cannot be deleted.');
  store.transaction(() => {
    store.contexts.remove(context.id);
  });
  return noContent;
};
