import type { Place } from '../context-store';
import type { FieldRecord } from '../field-store';
import { fieldSchema } from '../field-schema';
import { issueTypeJson, optionJson, priorityJson } from '../json';
import { Refusal } from '../refusal';
import { ok, type PathParams, type RestAnswer, type RestCall, type Route } from '../router';
import type { JiraStore } from '../store';
import { mayInProject, visibleIssue, visibleProject } from './access';
import { barredField } from './issue';
import { count } from './paging';

/** What the create and edit screens ask for, as this caller may fill them. */
export function screenMetaRoutes(store: JiraStore): readonly Route[] {
  const create = '/rest/api/3/issue/createmeta/{projectIdOrKey}/issuetypes';
  return [
    { method: 'GET', path: create, handle: (call, params) => issueTypes(store, call, params) },
    { method: 'GET', path: `${create}/{issueTypeId}`, handle: (call, params) => createFields(store, call, params) },
    {
      method: 'GET',
      path: '/rest/api/3/issue/{issueIdOrKey}/editmeta',
      handle: (call, params) => editFields(store, call, params),
    },
  ];
}

/** The fields among `ids` that somebody can fill in, with what each takes: `FieldMetadata` by field id. */
export function fieldsMeta(
  store: JiraStore,
  place: Place,
  ids: readonly string[],
  barred: (field: FieldRecord) => boolean,
): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  const fields = ids.flatMap((id) => store.fields.find(id) ?? []);
  const settable = fields.filter(
    (field) =>
      !field.readOnly && field.kind !== 'app' && field.kind !== 'system' && store.contexts.applies(field, place),
  );
  return Object.fromEntries(
    settable.filter((field) => !barred(field)).map((field) => [field.id, fieldMeta(store, place, field)] as const),
  );
}

function fieldMeta(store: JiraStore, place: Place, field: FieldRecord): Readonly<Record<string, unknown>> {
  const many = field.kind === 'multi-select' || field.kind === 'labels';
  const allowed = allowedValues(store, place, field);
  return {
    required: field.id === 'summary',
    schema: fieldSchema(field.id, field.kind),
    name: field.name,
    key: field.id,
    hasDefaultValue: false,
    operations: many ? ['add', 'set', 'remove'] : ['set'],
    ...(allowed === undefined ? {} : { allowedValues: allowed }),
  };
}

function allowedValues(store: JiraStore, place: Place, field: FieldRecord): readonly unknown[] | undefined {
  if (field.kind === 'priority') return store.projects.priorities().map(({ id }) => priorityJson(store, id));
  if (field.kind !== 'select' && field.kind !== 'multi-select') return undefined;
  const context = store.contexts.at(field.id, place);
  const options = context === undefined ? [] : store.options.ofContext(context.id);
  return options.filter(({ disabled }) => !disabled).map(({ id }) => optionJson(store, id));
}

/** Somebody who may not create here is shown no types, as in Jira. */
function issueTypes(store: JiraStore, call: RestCall, params: PathParams): RestAnswer {
  const project = visibleProject(store, call.actor, params.get('projectIdOrKey'));
  const may = mayInProject(store, call.actor, 'CREATE_ISSUES', project.id);
  const types = may ? store.projects.issueTypesOf(project.id).map((type) => issueTypeJson(store, type)) : [];
  return ok({ issueTypes: types, maxResults: 50, startAt: 0, total: types.length });
}

function createFields(store: JiraStore, call: RestCall, params: PathParams): RestAnswer {
  const project = visibleProject(store, call.actor, params.get('projectIdOrKey'));
  const known = store.projects.issueTypesOf(project.id).some(({ id }) => id === params.get('issueTypeId'));
  if (!known || !mayInProject(store, call.actor, 'CREATE_ISSUES', project.id))
    throw new Refusal(404, 'The issue type is not one that you can create in this project.');
  const place = { projectId: project.id, issueTypeId: params.get('issueTypeId') };
  const screen = store.screenSchemes.fields(place, 'create');
  const barred = (field: FieldRecord) => barredField(store, call, project.id, field) !== undefined;
  const fields = Object.entries(fieldsMeta(store, place, screen, barred)).map(([fieldId, meta]) => ({
    ...meta,
    fieldId,
  }));
  const startAt = count(call.query, 'startAt', 0);
  const maxResults = Math.min(count(call.query, 'maxResults', 50), 200);
  return ok({ fields: fields.slice(startAt, startAt + maxResults), maxResults, startAt, total: fields.length });
}

function editFields(store: JiraStore, call: RestCall, params: PathParams): RestAnswer {
  const issue = visibleIssue(store, call.actor, params.get('issueIdOrKey'));
  if (!mayInProject(store, call.actor, 'EDIT_ISSUES', issue.projectId)) return ok({ fields: {} });
  const screen = store.screenSchemes.fields(issue, 'edit');
  return ok({
    fields: fieldsMeta(store, issue, screen, (field) => barredField(store, call, issue.projectId, field) !== undefined),
  });
}
