import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { ADMINISTRATORS } from '../../people';
import { isObject } from '../adf';
import { userJson } from '../json';
import type { GroupRecord } from '../people-store';
import { Refusal } from '../refusal';
import { created, ok, type RestAnswer, type RestCall, type Route } from '../router';
import type { JiraStore } from '../store';
import { requireAdministrator } from './access';
import { bodyOf, ownName } from './body';
import { count, listOf, pageBean, window } from './paging';
import { groupName } from './user';
import { highlighted } from './user-finding';

/** Groups: members, all groups, and changing who is in one. */
export function groupRoutes(store: JiraStore): readonly Route[] {
  return [
    { method: 'POST', path: '/rest/api/3/group', handle: (call) => create(store, call) },
    { method: 'DELETE', path: '/rest/api/3/group', handle: (call) => removeGroup(store, call) },
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
  if (!store.permissions.may(call.actor, 'USER_PICKER')) {
    throw new Refusal(403, 'You are not authorized to perform this operation.');
  }
  const names = listOf(call.query, 'groupName');
  const ids = listOf(call.query, 'groupId');
  const found = store.people
    .groups()
    .filter(({ name, groupId }) => names.length + ids.length === 0 || names.includes(name) || ids.includes(groupId));
  return ok(pageBean(call, store.baseUrl, found, window(call.query, PAGE, PAGE)));
}

const PICKER_PAGE = 20;

function picker(store: JiraStore, call: RestCall): RestAnswer {
  const query = call.query.get('query') ?? '';
  const [names, ids] = [listOf(call.query, 'exclude'), listOf(call.query, 'excludeId')];
  const found = store.people
    .groups()
    .filter(
      ({ name, groupId }) =>
        name.toLowerCase().includes(query.toLowerCase()) && !names.includes(name) && !ids.includes(groupId),
    );
  const shown = found.slice(0, count(call.query, 'maxResults', PICKER_PAGE));
  return ok({
    header: `Showing ${shown.length} of ${found.length} matching groups`,
    total: found.length,
    groups: shown.map(({ name, groupId }) => ({ name, groupId, html: highlighted(name, query), labels: [] })),
  });
}

const definition = z.object({ name: z.string() });

function create(store: JiraStore, call: RestCall): RestAnswer {
  requireSiteAdministrator(store, call);
  const name = ownName(bodyOf(definition, call).name, 'group', store.people.groups());
  const group = { name, groupId: randomUUID() };
  store.transaction(() => {
    store.people.addGroup(group);
    store.audit.record(call, 'Group created', 'group management', { id: group.groupId, name, type: 'GROUP' });
  });
  return created(withMembers(store, group));
}

function removeGroup(store: JiraStore, call: RestCall): RestAnswer {
  requireSiteAdministrator(store, call);
  const group = namedGroup(store, call);
  if (group.name === ADMINISTRATORS) throw new Refusal(400, 'The group of the administrators cannot be deleted.');
  store.transaction(() => {
    store.people.removeGroup(group);
    store.audit.record(call, 'Group deleted', 'group management', {
      id: group.groupId,
      name: group.name,
      type: 'GROUP',
    });
  });
  return { status: 200 };
}

function withMembers(store: JiraStore, group: GroupRecord): Readonly<Record<string, unknown>> {
  const users = store.people.members(group.groupId);
  const items = users.slice(0, PAGE).map((user) => userJson(store, user.accountId));
  const range = { 'max-results': PAGE, 'start-index': 0, 'end-index': Math.max(0, items.length - 1) };
  return { ...groupName(store, group), users: { size: users.length, items, ...range }, expand: 'users' };
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
  if (!store.transaction(() => changed(store, call, group, accountId, true))) {
    throw new Refusal(400, `Cannot add user. The user is already a member of '${group.name}'`);
  }
  return created(withMembers(store, group));
}

function remove(store: JiraStore, call: RestCall): RestAnswer {
  requireSiteAdministrator(store, call);
  const group = namedGroup(store, call);
  const accountId = knownUser(store, call.query.get('accountId'));
  if (!store.transaction(() => changed(store, call, group, accountId, false))) {
    throw new Refusal(400, `Cannot remove user from '${group.name}': they are not a member of this group`);
  }
  return { status: 200 };
}

/** Adds or removes a member, with its line in the audit log. False when there was nothing to change. */
function changed(store: JiraStore, call: RestCall, group: GroupRecord, accountId: string, added: boolean): boolean {
  const { people } = store;
  const done = added ? people.addMember(group.groupId, accountId) : people.removeMember(group.groupId, accountId);
  const object = { id: group.groupId, name: group.name, type: 'GROUP' };
  const said = added ? 'User added to group' : 'User removed from group';
  const change = added ? (['User', '', accountId] as const) : (['User', accountId, ''] as const);
  if (done) store.audit.record(call, said, 'group management', object, [change]);
  return done;
}
