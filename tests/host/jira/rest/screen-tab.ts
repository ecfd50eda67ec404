import * as z from 'zod/mini';
import { Refusal } from '../refusal';
import { noContent, ok, type PathParams, type RestAnswer, type RestCall, type Route } from '../router';
import type { TabRecord } from '../screen-store';
import { DEFAULT_SCREEN } from '../site-data';
import type { JiraStore } from '../store';
import { requireAdministrator } from './access';
import { bodyOf, ownName } from './body';
import { namedScreen } from './screen';

/** The tabs of screens, and the fields on them. */
export function screenTabRoutes(store: JiraStore): readonly Route[] {
  const screens = '/rest/api/3/screens';
  const tabs = `${screens}/{screenId}/tabs`;
  const fields = `${tabs}/{tabId}/fields`;
  const ofTab =
    (work: (store: JiraStore, tab: TabRecord, call: RestCall, params: PathParams) => RestAnswer) =>
    (call: RestCall, params: PathParams): RestAnswer =>
      work(store, namedTab(store, call, params), call, params);
  return [
    { method: 'GET', path: tabs, handle: (call, params) => list(store, call, params) },
    { method: 'POST', path: tabs, handle: (call, params) => create(store, call, params) },
    { method: 'PUT', path: `${tabs}/{tabId}`, handle: ofTab(rename) },
    { method: 'DELETE', path: `${tabs}/{tabId}`, handle: ofTab(remove) },
    { method: 'GET', path: fields, handle: ofTab(listFields) },
    { method: 'POST', path: fields, handle: ofTab(addField) },
    { method: 'DELETE', path: `${fields}/{id}`, handle: ofTab(removeField) },
    { method: 'POST', path: `${fields}/{id}/move`, handle: ofTab(moveField) },
    {
      method: 'POST',
      path: `${screens}/addToDefault/{fieldId}`,
      handle: (call, params) => addToDefault(store, call, params),
    },
  ];
}

function namedTab(store: JiraStore, call: RestCall, params: PathParams): TabRecord {
  const screen = namedScreen(store, call, params);
  const tab = store.screens.tabs(screen.id).find(({ id }) => id === params.get('tabId'));
  if (tab === undefined) throw new Refusal(404, 'The screen tab was not found.');
  return tab;
}

const tabJson = ({ id, name }: Pick<TabRecord, 'id' | 'name'>) => ({ id: Number(id), name });

function list(store: JiraStore, call: RestCall, params: PathParams): RestAnswer {
  return ok(store.screens.tabs(namedScreen(store, call, params).id).map(tabJson));
}

const definition = z.object({ name: z.string() });

function create(store: JiraStore, call: RestCall, params: PathParams): RestAnswer {
  const screen = namedScreen(store, call, params);
  const name = ownName(bodyOf(definition, call).name, 'tab', store.screens.tabs(screen.id));
  return ok(tabJson(store.transaction(() => store.screens.addTab(screen.id, name))));
}

function rename(store: JiraStore, tab: TabRecord, call: RestCall): RestAnswer {
  const others = store.screens.tabs(tab.screenId).filter(({ id }) => id !== tab.id);
  const name = ownName(bodyOf(definition, call).name, 'tab', others);
  store.transaction(() => {
    store.screens.renameTab(tab.id, name);
  });
  return ok(tabJson({ ...tab, name }));
}

function remove(store: JiraStore, tab: TabRecord): RestAnswer {
  store.transaction(() => {
    store.screens.removeTab(tab.id);
  });
  return noContent;
}

/** Fields in the trash are on no screen. */
function listFields(store: JiraStore, tab: TabRecord): RestAnswer {
  const fields = store.screens.tabFields(tab.id).flatMap((id) => store.fields.find(id) ?? []);
  return ok(fields.map(({ id, name }) => ({ id, name })));
}

const added = z.object({ fieldId: z.string() });

function addField(store: JiraStore, tab: TabRecord, call: RestCall): RestAnswer {
  const { fieldId } = bodyOf(added, call);
  const field = store.fields.find(fieldId);
  if (field?.id !== fieldId || field.kind === 'system')
    throw new Refusal(404, `The field with ID '${fieldId}' was not found.`);
  if (store.screens.fields(tab.screenId).includes(field.id))
    throw new Refusal(400, { errors: { fieldId: `The field with id ${field.id} already exists on the screen.` } });
  store.transaction(() => {
    store.screens.addField(tab, field.id);
  });
  return ok({ id: field.id, name: field.name });
}

function onTab(store: JiraStore, tab: TabRecord, params: PathParams): string {
  const id = params.get('id');
  if (!store.screens.tabFields(tab.id).includes(id))
    throw new Refusal(404, `The field with ID '${id}' is not on the screen tab.`);
  return id;
}

function removeField(store: JiraStore, tab: TabRecord, call: RestCall, params: PathParams): RestAnswer {
  const id = onTab(store, tab, params);
  store.transaction(() => {
    store.screens.removeField(tab.id, id);
    const screen = store.screens.find(tab.screenId);
    const object = { id: tab.screenId, name: screen?.name ?? '', type: 'SCREEN' };
    store.audit.record(call, 'Field removed from screen', 'screens', object, [['Field', id, '']]);
  });
  return noContent;
}

const target = z.object({
  after: z.optional(z.string()),
  position: z.optional(z.enum(['Earlier', 'Later', 'First', 'Last'])),
});

/** `after` is the address of a field on the same tab; it comes before `position`. */
function moveField(store: JiraStore, tab: TabRecord, call: RestCall, params: PathParams): RestAnswer {
  const id = onTab(store, tab, params);
  const { after, position } = bodyOf(target, call);
  const all = store.screens.tabFields(tab.id);
  const rest = all.filter((each) => each !== id);
  const at = placeOf(all, rest, id, after?.split('/').at(-1), position);
  if (at === undefined) throw new Refusal(404, "The field can't be moved to the requested position.");
  store.transaction(() => {
    store.screens.order(tab.id, [...rest.slice(0, at), id, ...rest.slice(at)]);
  });
  return noContent;
}

function placeOf(
  all: readonly string[],
  rest: readonly string[],
  id: string,
  after: string | undefined,
  position: z.infer<typeof target>['position'],
): number | undefined {
  if (after !== undefined) return rest.includes(after) ? rest.indexOf(after) + 1 : undefined;
  if (position === undefined) return undefined;
  const now = all.indexOf(id);
  const wanted = { First: 0, Last: rest.length, Earlier: now - 1, Later: now + 1 }[position];
  return wanted < 0 || wanted > rest.length ? undefined : wanted;
}

/** The document has 404 also for a field that is there already. */
function addToDefault(store: JiraStore, call: RestCall, params: PathParams): RestAnswer {
  requireAdministrator(store, call.actor);
  const screen = store.screens.named(DEFAULT_SCREEN);
  const field = store.fields.find(params.get('fieldId'));
  const tab = screen && store.screens.tabs(screen.id)[0];
  if (tab === undefined || field === undefined || field.kind === 'system')
    throw new Refusal(404, `The field with ID '${params.get('fieldId')}' was not found.`);
  if (store.screens.fields(tab.screenId).includes(field.id))
    throw new Refusal(404, `The field with ID '${field.id}' is on the default screen already.`);
  store.transaction(() => {
    store.screens.addField(tab, field.id);
  });
  return ok({});
}
