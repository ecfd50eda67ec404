import { userJson } from '../json';
import { Refusal } from '../refusal';
import { ok, type RestAnswer, type RestCall, type Route } from '../router';
import type { JiraStore } from '../store';
import { listOf, window } from './paging';

/** Users: oneself, one, search, everybody, and somebody's groups. */
export function userRoutes(store: JiraStore): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/rest/api/3/myself',
      handle: (call) => ok(detailed(store, call.accountId, listOf(call.query, 'expand'))),
    },
    { method: 'GET', path: '/rest/api/3/user', handle: (call) => one(store, call) },
    { method: 'GET', path: '/rest/api/3/user/search', handle: (call) => search(store, call) },
    { method: 'GET', path: '/rest/api/3/user/groups', handle: (call) => groups(store, call) },
    { method: 'GET', path: '/rest/api/3/users/search', handle: (call) => everybody(store, call) },
    { method: 'GET', path: '/rest/api/3/users', handle: (call) => everybody(store, call) },
  ];
}

/** A user by account id, for somebody who may browse users. @throws Refusal 400, 403 or 404 */
export function namedUser(store: JiraStore, call: RestCall): string {
  if (!store.permissions.may(call.actor, 'USER_PICKER')) {
    throw new Refusal(403, 'You are not authorized to perform this operation.');
  }
  const accountId = call.query.get('accountId');
  if (accountId === null || accountId === '') throw new Refusal(400, 'The query parameter accountId is required.');
  if (store.people.byId(accountId) === undefined && accountId !== call.accountId) {
    throw new Refusal(404, 'Specified user does not exist or you do not have required permissions');
  }
  return accountId;
}

function detailed(store: JiraStore, accountId: string, expand: readonly string[]): unknown {
  const names = store.people.groupsOf(accountId).map((group) => groupName(store, group));
  return {
    ...userJson(store, accountId),
    locale: 'en_US',
    groups: { size: names.length, items: expand.includes('groups') ? names : [] },
    applicationRoles: { size: 1, items: [] },
    expand: 'groups,applicationRoles',
  };
}

export function groupName(store: JiraStore, group: { readonly name: string; readonly groupId: string }) {
  const { name, groupId } = group;
  return { name, groupId, self: `${store.baseUrl}/rest/api/3/group?groupId=${encodeURIComponent(groupId)}` };
}

const one = (store: JiraStore, call: RestCall): RestAnswer =>
  ok(detailed(store, namedUser(store, call), listOf(call.query, 'expand')));

function groups(store: JiraStore, call: RestCall): RestAnswer {
  return ok(store.people.groupsOf(namedUser(store, call)).map((group) => groupName(store, group)));
}

const PAGE = 50;
const PAGE_LIMIT = 1000;

function search(store: JiraStore, call: RestCall): RestAnswer {
  const query = call.query.get('query');
  const accountId = call.query.get('accountId');
  if (query === null && accountId === null)
    throw new Refusal(400, "Provide one of 'query', 'accountId' or 'property'.");
  if (query !== null && accountId !== null) throw new Refusal(400, "Provide either 'query' or 'accountId', not both.");
  const { startAt, maxResults } = window(call.query, PAGE, PAGE_LIMIT);
  const found =
    accountId === null
      ? store.people.search(query ?? '')
      : store.people.all().filter((user) => user.accountId === accountId);
  const active = found.filter((user) => user.active).slice(startAt, startAt + maxResults);
  return ok(active.map((user) => userJson(store, user.accountId)));
}

function everybody(store: JiraStore, call: RestCall): RestAnswer {
  const { startAt, maxResults } = window(call.query, PAGE, PAGE_LIMIT);
  const users = store.people.all().slice(startAt, startAt + maxResults);
  return ok(users.map((user) => userJson(store, user.accountId)));
}
