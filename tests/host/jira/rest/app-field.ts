import { isObject } from '../adf';
import type { FieldRecord } from '../field-store';
import { changeIssue } from '../issue-changes';
import type { IssueRecord } from '../issue-store';
import { Refusal } from '../refusal';
import { noContent, type PathParams, type RestAnswer, type RestCall, type Route } from '../router';
import type { JiraStore } from '../store';
import { originOf } from './issue';

/**
 * Values of custom fields that an app provides: written by that app alone, whoever else asks is refused
 * (Jira Cloud OpenAPI, "Update custom field value": 403 if not authenticated as the app that provided the field).
 */
export function appFieldRoutes(store: JiraStore): readonly Route[] {
  return [
    {
      method: 'PUT',
      path: '/rest/api/3/app/field/{fieldIdOrKey}/value',
      handle: (call, params) => one(store, call, params),
    },
    { method: 'POST', path: '/rest/api/3/app/field/value', handle: (call) => several(store, call) },
  ];
}

interface Update {
  readonly field: FieldRecord;
  readonly issue: IssueRecord;
  readonly value: unknown;
}

function one(store: JiraStore, call: RestCall, params: PathParams): RestAnswer {
  const field = ownField(store, call, params.get('fieldIdOrKey'));
  return write(
    store,
    call,
    updatesOf(call.json()).flatMap((update) => readUpdate(store, field, update)),
  );
}

function several(store: JiraStore, call: RestCall): RestAnswer {
  const updates = updatesOf(call.json()).flatMap((update) => {
    if (!isObject(update) || typeof update.customField !== 'string')
      throw new Refusal(400, "Each update names its 'customField'.");
    return readUpdate(store, ownField(store, call, update.customField), update);
  });
  return write(store, call, updates);
}

function ownField(store: JiraStore, call: RestCall, idOrKey: string): FieldRecord {
  if (!call.asApp) throw new Refusal(403, 'The request is not authenticated as the app that provided the field.');
  const field = store.fields.find(idOrKey);
  if (field === undefined) throw new Refusal(404, `The field ${idOrKey} was not found.`);
  if (field.kind !== 'app' && field.kind !== 'app-people')
    throw new Refusal(403, `The field ${idOrKey} is not provided by this app.`);
  return field;
}

function updatesOf(body: unknown): readonly unknown[] {
  const updates = isObject(body) ? body.updates : undefined;
  if (!Array.isArray(updates)) throw new Refusal(400, "'updates' is a list.");
  return updates;
}

function readUpdate(store: JiraStore, field: FieldRecord, update: unknown): readonly Update[] {
  if (!isObject(update) || !Array.isArray(update.issueIds) || !Object.hasOwn(update, 'value')) {
    throw new Refusal(400, "Each update has 'issueIds' and a 'value'.");
  }
  const value = checked(store, field, update.value);
  return update.issueIds.map((id: unknown) => {
    const issue = typeof id === 'number' ? store.issues.find(String(id)) : undefined;
    if (issue === undefined || store.appAccess.blocks(issue.projectId))
      throw new Refusal(400, `The issue with the id ${String(id)} does not exist.`);
    return { field, issue, value };
  });
}

/** A value of the type that the app's manifest declares; text of at most 32,767 characters, the limit of Jira's text fields. */
const TEXT_LIMIT = 32_767;

function checked(store: JiraStore, field: FieldRecord, value: unknown): unknown {
  if (field.kind === 'app-people') return people(store, field, value);
  const type = store.forge.modules.customFields.find(({ key }) => key === field.key)?.type;
  const fits =
    value === null ||
    (type === 'string' && typeof value === 'string' && value.length <= TEXT_LIMIT) ||
    (type === 'number' && typeof value === 'number') ||
    (type === 'object' && isObject(value)) ||
    (type !== 'string' && type !== 'number' && type !== 'object');
  if (!fits) throw new Refusal(400, `The value of ${field.name} is not a valid ${type}.`);
  return value;
}

/** At most this many in a list (forge-answers section 6, "collection: list up to 100 values"). */
const LIST_LIMIT = 100;

/** Kept as account ids, each once. */
function people(store: JiraStore, field: FieldRecord, value: unknown): unknown {
  if (value === null) return null;
  const ids = Array.isArray(value)
    ? value.map((one: unknown) => (isObject(one) ? one.accountId : undefined))
    : [undefined];
  const known = ids.every((id) => typeof id === 'string' && store.people.byId(id) !== undefined);
  if (!known || ids.length > LIST_LIMIT)
    throw new Refusal(400, `The value of ${field.name} is not a list of at most ${LIST_LIMIT} known users.`);
  return ids.length === 0 ? null : [...new Set(ids)];
}

/** All of it or nothing; a pair of field and issue may occur once. */
function write(store: JiraStore, call: RestCall, updates: readonly Update[]): RestAnswer {
  const pairs = updates.map(({ field, issue }) => `${field.id} ${issue.id}`);
  if (new Set(pairs).size < pairs.length)
    throw new Refusal(400, 'A field of an issue may be updated once per request.');
  const silent = call.query.get('generateAppEvents') === 'false';
  const withoutHistory = call.query.get('generateChangelog') === 'false';
  store.transaction(() => {
    for (const issueId of new Set(updates.map(({ issue }) => issue.id))) {
      const values = new Map(
        updates.filter(({ issue }) => issue.id === issueId).map(({ field, value }) => [field.id, value]),
      );
      changeIssue(store, { ...originOf(call), silent }, { issueId, values, withoutHistory });
    }
  });
  return noContent;
}
