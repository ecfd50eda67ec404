import { isObject } from '../adf';
import { userJson } from '../json';
import type { GroupRecord } from '../people-store';
import { Refusal } from '../refusal';
import { created, ok, type RestAnswer, type RestCall, type Route } from '../router';
import type { JiraStore } from '../store';
import { requireAdministrator } from './access';
import { listOf, pageBean, window } from './paging';
import { groupName } from './user';

/** Groups: members, all groups, and changing who is in one. */
export function groupRoutes(store: JiraStore): readonly Route[] {
  return [
    { method: 'GET', path: '/rest/api/3/group/member', handle: (call) => members(store, call) },
    { method: 'GET', path: '/rest/api/3/group/bulk', handle: (call) => bulk(store, call) },
    { method: 'GET', path: '/rest/api/3/groups/picker', handle: (call) => picker(store, call) },
    { method: 'POST', path: '/rest/api/3/group/user', handle: (call) => add(store, call) },
    { method: 'DELETE', path: '/rest/api/3/group/user', handle: (call) => remove(store, call) },
  ];
}

/** @throws Refusal 400 when no group is named, 404 when there is none of that name or id. */
function namedGroup(store: JiraStore, call: RestCall): GroupRecord {
  const name = call.query.get('groupname') ?? call.query.get('groupName');
  const groupId = call.query.get('groupId');
  if (name === null && groupId === null) throw new Refusal(400, "'groupname' or 'groupId' must be specified.");
  const group = groupId === null ? store.people.group({ name: name ?? '' }) : store.people.group({ groupId });
  if (group === undefined) throw new Refusal(404, `The group named '${name ?? groupId ?? ''}' does not exist`);
  return group;
}

const PAGE = 50;

function members(store: JiraStore, call: RestCall): RestAnswer {
  if (!store.permissions.may(call.actor, 'USER_PICKER')) {
    throw new Refusal(403, 'You are not authorized to perform this operation.');
  }
  const { groupId } = namedGroup(store, call);
  const withInactive = call.query.get('includeInactiveUsers') === 'true';
  const users = store.people.members(groupId).filter((user) => user.active || withInactive);
  const values = users.map((user) => userJson(store, user.accountId));
  return ok(pageBean(call, store.baseUrl, values, window(call.query, PAGE, PAGE)));
}

function bulk(store: JiraStore, call: RestCall): RestAnswer {
  requireAdministrator(store, call.actor);
  const names = listOf(call.query, 'groupName');
  const ids = listOf(call.query, 'groupId');
  const found = store.people
    .groups()
    .filter(({ name, groupId }) => names.length + ids.length === 0 || names.includes(name) || ids.includes(groupId));
  return ok(pageBean(call, store.baseUrl, found, window(call.query, PAGE, PAGE)));
}

function picker(store: JiraStore, call: RestCall): RestAnswer {
  const query = (call.query.get('query') ?? '').toLowerCase();
  const found = store.people.groups().filter(({ name }) => name.toLowerCase().includes(query));
  return ok({
    header: `Showing ${found.length} of ${found.length} matching groups`,
    total: found.length,
    groups: found.map(({ name, groupId }) => ({ name, groupId, html: name, labels: [] })),
  });
}

function knownUser(store: JiraStore, accountId: unknown): string {
  if (typeof accountId !== 'string' || accountId === '') throw new Refusal(400, "'accountId' is missing.");
  if (store.people.byId(accountId) === undefined) throw new Refusal(404, 'Cannot find the user to add or remove.');
  return accountId;
}

/** Membership is the site administrator's: the app, whatever its scopes, is refused as on Jira Cloud. */
function requireSiteAdministrator(store: JiraStore, call: RestCall): void {
  if (call.asApp) throw new Refusal(403, 'Apps cannot change the members of a group.');
  requireAdministrator(store, call.actor);
}

function add(store: JiraStore, call: RestCall): RestAnswer {
  requireSiteAdministrator(store, call);
  const group = namedGroup(store, call);
  const body = call.json();
  const accountId = knownUser(store, isObject(body) ? body.accountId : undefined);
  if (!store.transaction(() => store.people.addMember(group.groupId, accountId))) {
    throw new Refusal(400, `Cannot add user. The user is already a member of '${group.name}'`);
  }
  const users = store.people.members(group.groupId);
  const items = users.slice(0, PAGE).map((user) => userJson(store, user.accountId));
  return created({
    ...groupName(store, group),
    users: {
      size: users.length,
      items,
      'max-results': PAGE,
      'start-index': 0,
      'end-index': Math.max(0, items.length - 1),
    },
    expand: 'users',
  });
}

function remove(store: JiraStore, call: RestCall): RestAnswer {
  requireSiteAdministrator(store, call);
  const group = namedGroup(store, call);
  const accountId = knownUser(store, call.query.get('accountId'));
  if (!store.transaction(() => store.people.removeMember(group.groupId, accountId))) {
    throw new Refusal(400, `Cannot remove user from '${group.name}': they are not a member of this group`);
  }
  return { status: 200 };
}
