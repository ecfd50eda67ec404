import { isCustom, type FieldRecord } from '../field-store';
import { fieldSchema } from '../field-schema';
import { Refusal } from '../refusal';
import { ok, type RestAnswer, type RestCall, type Route } from '../router';
import type { JiraStore } from '../store';
import { requireAdministrator } from './access';
import { listOf, pageBean, window } from './paging';

/** Fields as everybody may read them, and the trash. */
export function fieldRoutes(store: JiraStore): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/rest/api/3/field',
      handle: () => ok(store.fields.all().map((field) => fieldDetails(store, field))),
    },
    { method: 'GET', path: '/rest/api/3/field/search', handle: (call) => search(store, call) },
    { method: 'GET', path: '/rest/api/3/field/search/trashed', handle: (call) => trashed(store, call) },
  ];
}

/** A field as the list of fields has it. A field of an app is known by the key it has in the app's manifest, too. */
export function fieldDetails(store: JiraStore, field: FieldRecord): unknown {
  const custom = isCustom(field);
  const number = field.id.slice('customfield_'.length);
  return {
    id: field.id,
    key: field.key,
    name: field.name,
    custom,
    orderable: field.kind !== 'system',
    navigable: field.id !== 'attachment' && field.id !== 'comment',
    searchable: true,
    clauseNames: custom ? [`cf[${number}]`, field.name] : [field.id],
    schema: schemaOf(store, field),
  };
}

function schemaOf(store: JiraStore, field: FieldRecord): Readonly<Record<string, unknown>> {
  const schema = fieldSchema(field.id, field.kind);
  if (field.kind !== 'app') return schema;
  const type = store.forge.modules.customFields.find(({ key }) => key === field.key)?.type ?? 'string';
  return { ...schema, custom: field.key, type };
}

const PAGE = 50;

/** A field as searches have it; counts and description only where they are asked for. */
function found(store: JiraStore, field: FieldRecord, expand: readonly string[]): Readonly<Record<string, unknown>> {
  const screens = new Set(store.screens.tabsWith(field.id).map(({ screenId }) => screenId));
  return {
    id: field.id,
    ...(field.kind === 'app' ? { key: field.key } : {}),
    name: field.name,
    description: field.description,
    schema: schemaOf(store, field),
    ...(expand.includes('isLocked') ? { isLocked: field.kind === 'app' } : {}),
    ...(expand.includes('searcherKey') && field.searcher !== null ? { searcherKey: field.searcher } : {}),
    ...(expand.includes('screensCount') ? { screensCount: screens.size } : {}),
    ...(expand.includes('contextsCount') ? { contextsCount: store.contexts.of(field.id).length } : {}),
  };
}

function search(store: JiraStore, call: RestCall): RestAnswer {
  const types = listOf(call.query, 'type');
  const unknown = types.find((type) => type !== 'custom' && type !== 'system');
  if (unknown !== undefined) throw new Refusal(400, `The field type '${unknown}' is neither 'custom' nor 'system'.`);
  const fits = (field: FieldRecord) => types.length === 0 || types.includes(isCustom(field) ? 'custom' : 'system');
  return page(store, call, store.fields.all().filter(fits));
}

function trashed(store: JiraStore, call: RestCall): RestAnswer {
  requireAdministrator(store, call.actor);
  return page(store, call, store.fields.inTrash());
}

/** Those of a search that are named by `id` and hold the words of `query`, in the order asked for. */
function page(store: JiraStore, call: RestCall, fields: readonly FieldRecord[]): RestAnswer {
  const ids = listOf(call.query, 'id');
  const words = (call.query.get('query') ?? '').toLowerCase();
  const orderBy = call.query.get('orderBy') ?? '';
  const wanted = fields.filter(
    ({ id, name, description }) =>
      (ids.length === 0 || ids.includes(id)) && `${name}\n${description}`.toLowerCase().includes(words),
  );
  if (orderBy.endsWith('name'))
    wanted.sort((a, b) => a.name.localeCompare(b.name) * (orderBy.startsWith('-') ? -1 : 1));
  const expand = listOf(call.query, 'expand');
  const values = wanted.map((field) => found(store, field, expand));
  return ok(pageBean(call, store.baseUrl, values, window(call.query, PAGE, PAGE)));
}
