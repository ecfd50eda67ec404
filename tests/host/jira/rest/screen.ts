import * as z from 'zod/mini';
import { Refusal } from '../refusal';
import { created, noContent, ok, type PathParams, type RestAnswer, type RestCall, type Route } from '../router';
import type { ScreenRecord } from '../screen-store';
import type { JiraStore } from '../store';
import type { WorkflowEngine } from '../workflow-port';
import { requireAdministrator } from './access';
import { bodyOf, notTooLong, ordered, ownName } from './body';
import { listOf, pageBean, window } from './paging';

/** Screens. */
export function screenRoutes(store: JiraStore, workflow: WorkflowEngine): readonly Route[] {
  const path = '/rest/api/3/screens';
  const of =
    (work: (screen: ScreenRecord, call: RestCall) => RestAnswer) =>
    (call: RestCall, params: PathParams): RestAnswer =>
      work(namedScreen(store, call, params), call);
  return [
    { method: 'GET', path, handle: (call) => list(store, call) },
    { method: 'POST', path, handle: (call) => create(store, call) },
    { method: 'PUT', path: `${path}/{screenId}`, handle: of((screen, call) => update(store, call, screen)) },
    {
      method: 'DELETE',
      path: `${path}/{screenId}`,
      handle: of((screen, call) => remove(store, workflow, call, screen)),
    },
    { method: 'GET', path: `${path}/{screenId}/availableFields`, handle: of((screen) => available(store, screen)) },
    {
      method: 'GET',
      path: '/rest/api/3/field/{fieldId}/screens',
      handle: (call, params) => withField(store, call, params),
    },
  ];
}

/** @throws Refusal 403, 404 */
export function namedScreen(store: JiraStore, call: RestCall, params: PathParams): ScreenRecord {
  requireAdministrator(store, call.actor);
  const screen = store.screens.find(params.get('screenId'));
  if (screen === undefined) throw new Refusal(404, `Screen with id ${params.get('screenId')} does not exist`);
  return screen;
}

const PAGE = 100;

const screenJson = ({ id, name, description }: ScreenRecord) => ({ id: Number(id), name, description });

function list(store: JiraStore, call: RestCall): RestAnswer {
  requireAdministrator(store, call.actor);
  const ids = listOf(call.query, 'id');
  const query = (call.query.get('queryString') ?? '').toLowerCase();
  const scopes = listOf(call.query, 'scope');
  const found = ordered(store.screens.all(), call).filter(
    ({ id, name }) =>
      (ids.length === 0 || ids.includes(id)) &&
      (scopes.length === 0 || scopes.includes('GLOBAL')) &&
      name.toLowerCase().includes(query),
  );
  return ok(pageBean(call, store.baseUrl, found.map(screenJson), window(call.query, PAGE, PAGE)));
}

const definition = z.object({ name: z.string(), description: z.optional(z.string()) });

function create(store: JiraStore, call: RestCall): RestAnswer {
  requireAdministrator(store, call.actor);
  const { name, description = '' } = bodyOf(definition, call);
  const made = store.transaction(() => {
    const own = ownName(name, 'screen', store.screens.all());
    const screen = store.screens.add(own, notTooLong(description, 'description'));
    store.audit.record(call, 'Screen created', 'screens', { id: screen.id, name: screen.name, type: 'SCREEN' });
    return screen;
  });
  return created(screenJson(made));
}

const change = z.object({ name: z.optional(z.string()), description: z.optional(z.string()) });

function update(store: JiraStore, call: RestCall, screen: ScreenRecord): RestAnswer {
  const { name, description } = bodyOf(change, call);
  const others = store.screens.all().filter(({ id }) => id !== screen.id);
  const next = {
    id: screen.id,
    name: name === undefined ? screen.name : ownName(name, 'screen', others),
    description: description === undefined ? screen.description : notTooLong(description, 'description'),
  };
  store.transaction(() => {
    store.screens.replace(next);
    const object = { id: screen.id, name: next.name, type: 'SCREEN' };
    store.audit.record(call, 'Screen updated', 'screens', object, [['Name', screen.name, next.name]]);
  });
  return ok(screenJson(next));
}

function remove(store: JiraStore, workflow: WorkflowEngine, call: RestCall, screen: ScreenRecord): RestAnswer {
  const scheme = store.screenSchemes.all().find(({ screens }) => Object.values(screens).includes(screen.id));
  if (scheme !== undefined)
    throw new Refusal(400, `The screen cannot be deleted: the screen scheme '${scheme.name}' uses it.`);
  const [user] = workflow.workflowsThrough(screen.id);
  if (user !== undefined) throw new Refusal(400, `The screen cannot be deleted: the workflow '${user}' uses it.`);
  store.transaction(() => {
    store.screens.remove(screen.id);
    store.audit.record(call, 'Screen deleted', 'screens', { id: screen.id, name: screen.name, type: 'SCREEN' });
  });
  return noContent;
}

/** Fields that no tab of the screen has. What Jira itself keeps, such as the status, is on no screen. */
function available(store: JiraStore, screen: ScreenRecord): RestAnswer {
  const there = store.screens.fields(screen.id);
  const free = store.fields.all().filter(({ id, kind }) => kind !== 'system' && !there.includes(id));
  return ok(free.map(({ id, name }) => ({ id, name })));
}

function withField(store: JiraStore, call: RestCall, params: PathParams): RestAnswer {
  requireAdministrator(store, call.actor);
  const expand = listOf(call.query, 'expand').includes('tab');
  const values = store.screens.tabsWith(params.get('fieldId')).flatMap((tab) => {
    const screen = store.screens.find(tab.screenId);
    const shown = expand ? { tab: { id: Number(tab.id), name: tab.name } } : {};
    return screen === undefined ? [] : [{ ...screenJson(screen), ...shown }];
  });
  return ok(pageBean(call, store.baseUrl, values, window(call.query, PAGE, PAGE)));
}
