import * as z from 'zod/mini';
import { isCustom, type FieldKind, type FieldRecord } from '../field-store';
import { Refusal } from '../refusal';
import { created, noContent, ok, type PathParams, type RestAnswer, type RestCall, type Route } from '../router';
import type { JiraStore } from '../store';
import type { WorkflowEngine } from '../workflow-port';
import { requireAdministrator } from './access';
import { bodyOf, notTooLong } from './body';
import { fieldDetails } from './field';

/** Custom fields as administrators make, change and delete them. */
export function fieldWritingRoutes(store: JiraStore, workflow: WorkflowEngine): readonly Route[] {
  const field = '/rest/api/3/field';
  return [
    { method: 'POST', path: field, handle: (call) => create(store, call) },
    { method: 'PUT', path: `${field}/{fieldId}`, handle: (call, params) => update(store, call, params) },
    { method: 'DELETE', path: `${field}/{id}`, handle: (call, params) => remove(store, workflow, call, params) },
    { method: 'POST', path: `${field}/{id}/trash`, handle: (call, params) => trash(store, call, params) },
    { method: 'POST', path: `${field}/{id}/restore`, handle: (call, params) => restore(store, call, params) },
  ];
}

const PREFIX = 'com.atlassian.jira.plugin.system.customfieldtypes:';

/** Jira's types that this site has, with the searchers that fit each (OpenAPI, CustomFieldDefinitionJsonBean). */
const TYPES: Readonly<Record<string, readonly [kind: FieldKind, ...searchers: readonly string[]]>> = {
  textfield: ['line', 'textsearcher'],
  textarea: ['paragraph', 'textsearcher'],
  select: ['select', 'multiselectsearcher'],
  multiselect: ['multi-select', 'multiselectsearcher'],
  userpicker: ['user', 'userpickergroupsearcher'],
  datetime: ['date-time', 'datetimerange'],
  labels: ['labels', 'labelsearcher'],
};

const LONGEST_NAME = 255;

const definition = z.object({
  name: z.string(),
  description: z.optional(z.string()),
  type: z.string(),
  searcherKey: z.optional(z.string()),
});

/** The document names 400, not 403, for somebody who may not create fields. */
function create(store: JiraStore, call: RestCall): RestAnswer {
  if (!store.permissions.may(call.actor, 'ADMINISTER'))
    throw new Refusal(400, 'You do not have permission to create custom fields.');
  const input = bodyOf(definition, call);
  const [kind, ...searchers] = TYPES[input.type.replace(PREFIX, '')] ?? [];
  if (kind === undefined || !input.type.startsWith(PREFIX))
    throw new Refusal(400, { errors: { type: `This site has no custom field type '${input.type}'.` } });
  const made = store.transaction(() => {
    const field = store.fields.addCustom({
      name: fieldName(input.name),
      description: input.description ?? '',
      kind,
      searcher: searcher(input.searcherKey, searchers),
    });
    store.contexts.giveDefault(field);
    store.audit.record(call, 'Custom field created', 'fields', {
      id: field.id,
      name: field.name,
      type: 'CUSTOM_FIELD',
    });
    return field;
  });
  return created(fieldDetails(store, made));
}

function fieldName(given: string): string {
  if (given.trim() === '')
    throw new Refusal(400, { errors: { name: 'You must specify a name for the custom field.' } });
  return notTooLong(given.trim(), 'name', LONGEST_NAME);
}

function searcher(given: string | undefined, fitting: readonly string[]): string | null {
  if (given === undefined) return null;
  if (!given.startsWith(PREFIX) || !fitting.includes(given.slice(PREFIX.length)))
    throw new Refusal(400, {
      errors: { searcherKey: `The searcher '${given}' is not valid for this custom field type.` },
    });
  return given;
}

const change = z.object({
  name: z.optional(z.string()),
  description: z.optional(z.string()),
  searcherKey: z.optional(z.string()),
});

/** A custom field by id, for administrators. @throws Refusal 403, 404 */
export function customField(store: JiraStore, call: RestCall, id: string): FieldRecord {
  requireAdministrator(store, call.actor);
  const field = store.fields.find(id);
  if (field === undefined || !isCustom(field)) throw new Refusal(404, 'The custom field was not found.');
  return field;
}

function update(store: JiraStore, call: RestCall, params: PathParams): RestAnswer {
  const field = notLocked(customField(store, call, params.get('fieldId')));
  const input = bodyOf(change, call);
  const [, ...searchers] = Object.values(TYPES).find(([kind]) => kind === field.kind) ?? [];
  const next = {
    ...field,
    name: input.name === undefined ? field.name : fieldName(input.name),
    description: input.description ?? field.description,
    searcher: input.searcherKey === undefined ? field.searcher : searcher(input.searcherKey, searchers),
  };
  store.transaction(() => {
    store.fields.update(field.id, next);
    const object = { id: field.id, name: next.name, type: 'CUSTOM_FIELD' };
    store.audit.record(call, 'Custom field updated', 'fields', object, [['Name', field.name, next.name]]);
  });
  return noContent;
}

/** Fields of an app are its own: Jira keeps them locked. */
function notLocked(field: FieldRecord): FieldRecord {
  if (field.kind === 'app') throw new Refusal(400, `The custom field '${field.name}' is locked.`);
  return field;
}

function trash(store: JiraStore, call: RestCall, params: PathParams): RestAnswer {
  const field = notLocked(customField(store, call, params.get('id')));
  store.transaction(() => {
    store.fields.trash(field.id, store.clock.now().toISOString());
    const object = { id: field.id, name: field.name, type: 'CUSTOM_FIELD' };
    store.audit.record(call, 'Custom field moved to trash', 'fields', object);
  });
  return ok({});
}

function trashedField(store: JiraStore, call: RestCall, id: string): FieldRecord | undefined {
  requireAdministrator(store, call.actor);
  return store.fields.inTrash().find((field) => field.id === id);
}

function restore(store: JiraStore, call: RestCall, params: PathParams): RestAnswer {
  const field = trashedField(store, call, params.get('id'));
  if (field === undefined) throw new Refusal(404, 'The custom field was not found in the trash.');
  store.transaction(() => {
    store.fields.trash(field.id, null);
    const object = { id: field.id, name: field.name, type: 'CUSTOM_FIELD' };
    store.audit.record(call, 'Custom field restored from trash', 'fields', object);
  });
  return ok({});
}

/** For good, whether it is in the trash or not. Jira does it in the background; here it is done when the answer goes out. */
function remove(store: JiraStore, workflow: WorkflowEngine, call: RestCall, params: PathParams): RestAnswer {
  const field = trashedField(store, call, params.get('id')) ?? notLocked(customField(store, call, params.get('id')));
  const task = store.transaction(() => {
    store.fields.remove(field.id);
    const object = { id: field.id, name: field.name, type: 'CUSTOM_FIELD' };
    store.audit.record(call, 'Custom field deleted', 'fields', object);
    return workflow.completedTask(call.accountId, `Delete custom field ${field.name}`);
  });
  const headers = { location: task.self, 'content-type': 'application/json;charset=UTF-8' };
  return { status: 303, raw: { body: new TextEncoder().encode(JSON.stringify(task)), headers } };
}
