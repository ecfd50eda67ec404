import * as z from 'zod/mini';
import { Refusal } from '../refusal';
import { created, noContent, ok, type PathParams, type RestAnswer, type RestCall, type Route } from '../router';
import type { ScreenSchemeRecord, ScreenTypes } from '../screen-scheme-store';
import type { JiraStore } from '../store';
import { requireAdministrator } from './access';
import { bodyOf, notTooLong, ordered, ownName } from './body';
import { listOf, pageBean, window } from './paging';

/** Screen schemes: which screen an operation goes through. */
export function screenSchemeRoutes(store: JiraStore): readonly Route[] {
  const path = '/rest/api/3/screenscheme';
  const one = `${path}/{screenSchemeId}`;
  return [
    { method: 'GET', path, handle: (call) => list(store, call) },
    { method: 'POST', path, handle: (call) => create(store, call) },
    { method: 'PUT', path: one, handle: (call, params) => update(store, call, named(store, call, params)) },
    { method: 'DELETE', path: one, handle: (call, params) => remove(store, named(store, call, params)) },
  ];
}

function named(store: JiraStore, call: RestCall, params: PathParams): ScreenSchemeRecord {
  requireAdministrator(store, call.actor);
  const scheme = store.screenSchemes.find(params.get('screenSchemeId'));
  if (scheme === undefined) throw new Refusal(404, 'The screen scheme was not found.');
  return scheme;
}

const PAGE = 25;
const MOST = 100;

function list(store: JiraStore, call: RestCall): RestAnswer {
  requireAdministrator(store, call.actor);
  const ids = listOf(call.query, 'id');
  const query = (call.query.get('queryString') ?? '').toLowerCase();
  const users = listOf(call.query, 'expand').includes('issueTypeScreenSchemes');
  const found = ordered(store.screenSchemes.all(), call)
    .filter(({ id, name }) => (ids.length === 0 || ids.includes(id)) && name.toLowerCase().includes(query))
    .map((scheme) => ({
      id: Number(scheme.id),
      name: scheme.name,
      description: scheme.description,
      screens: Object.fromEntries(Object.entries(scheme.screens).map(([type, id]) => [type, Number(id)])),
      ...(users ? { issueTypeScreenSchemes: usersOf(store, call, scheme.id) } : {}),
    }));
  return ok(pageBean(call, store.baseUrl, found, window(call.query, PAGE, MOST)));
}

function usersOf(store: JiraStore, call: RestCall, id: string): unknown {
  const users = store.screenSchemes.allForTypes().filter(({ mappings }) => Object.values(mappings).includes(id));
  const values = users.map((user) => ({ id: user.id, name: user.name, description: user.description }));
  return pageBean(call, store.baseUrl, values, { startAt: 0, maxResults: MOST });
}

const optionalId = z.optional(z.int());
const definition = z.object({
  name: z.string(),
  description: z.optional(z.string()),
  screens: z.object({ default: z.int(), create: optionalId, edit: optionalId, view: optionalId }),
});

function create(store: JiraStore, call: RestCall): RestAnswer {
  requireAdministrator(store, call.actor);
  const { name, description = '', screens } = bodyOf(definition, call);
  const given = Object.entries(screens).flatMap(([type, id]) => [[type, String(id)] as const]);
  const made = store.transaction(() =>
    store.screenSchemes.create({
      name: ownName(name, 'screen scheme', store.screenSchemes.all()),
      description: notTooLong(description, 'description'),
      screens: knownScreens(store, { default: String(screens.default), ...Object.fromEntries(given) }),
    }),
  );
  return created({ id: Number(made.id) });
}

/** @throws Refusal 404 for a screen that is not there. */
function knownScreens(store: JiraStore, screens: ScreenTypes): ScreenTypes {
  const missing = Object.values(screens).find((id) => store.screens.find(id) === undefined);
  if (missing !== undefined) throw new Refusal(404, `The screen with ID '${missing}' was not found.`);
  return screens;
}

const changedId = z.nullish(z.union([z.string(), z.int()]));
const change = z.object({
  name: z.optional(z.string()),
  description: z.optional(z.string()),
  screens: z.optional(z.object({ default: changedId, create: changedId, edit: changedId, view: changedId })),
});

/** A screen that is null is taken away; the default one cannot be. */
function update(store: JiraStore, call: RestCall, scheme: ScreenSchemeRecord): RestAnswer {
  const { name, description, screens = {} } = bodyOf(change, call);
  if (screens.default === null) throw new Refusal(400, 'A screen scheme has a default screen.');
  const others = store.screenSchemes.all().filter(({ id }) => id !== scheme.id);
  const merged: Readonly<Record<string, string | number | null | undefined>> = {
    ...scheme.screens,
    ...defined(screens),
  };
  const kept = Object.entries(merged).flatMap(([type, id]) =>
    id === null || id === undefined ? [] : [[type, String(id)] as const],
  );
  const next = {
    id: scheme.id,
    name: name === undefined ? scheme.name : ownName(name, 'screen scheme', others),
    description: description === undefined ? scheme.description : notTooLong(description, 'description'),
    screens: knownScreens(store, { default: scheme.screens.default, ...Object.fromEntries(kept) }),
  };
  store.transaction(() => {
    store.screenSchemes.replace(next);
  });
  return noContent;
}

const defined = (given: Readonly<Record<string, string | number | null | undefined>>) =>
  Object.fromEntries(Object.entries(given).filter(([, id]) => id !== undefined));

function remove(store: JiraStore, scheme: ScreenSchemeRecord): RestAnswer {
  const user = store.screenSchemes.allForTypes().find(({ mappings }) => Object.values(mappings).includes(scheme.id));
  if (user !== undefined)
    throw new Refusal(400, `The screen scheme is used in the issue type screen scheme '${user.name}'.`);
  store.transaction(() => {
    store.screenSchemes.remove(scheme.id);
  });
  return noContent;
}
