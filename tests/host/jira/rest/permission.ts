import type { Actor } from '../../contract';
import { isObject } from '../adf';
import {
  GLOBAL_PERMISSIONS,
  isGlobalPermission,
  isProjectPermission,
  PROJECT_PERMISSIONS,
  type ProjectPermission,
} from '../permission-keys';
import { Refusal } from '../refusal';
import { ok, type RestAnswer, type RestCall, type Route } from '../router';
import type { JiraStore } from '../store';
import { visibleIssue, visibleProject } from './access';
import { listOf } from './paging';

/** What a person may do: the caller (`mypermissions`), or anybody for those who may ask (`permissions/check`). */
export function permissionRoutes(store: JiraStore): readonly Route[] {
  return [
    { method: 'GET', path: '/rest/api/3/mypermissions', handle: (call) => mine(store, call) },
    { method: 'POST', path: '/rest/api/3/permissions/check', handle: (call) => check(store, call) },
  ];
}

function mine(store: JiraStore, call: RestCall): RestAnswer {
  const keys = listOf(call.query, 'permissions');
  if (keys.length === 0) {
    throw new Refusal(
      400,
      "The 'permissions' query parameter is required. Provide a comma-separated list of permission keys.",
    );
  }
  const unknown = keys.filter((key) => !isGlobalPermission(key) && !isProjectPermission(key));
  if (unknown.length > 0)
    throw new Refusal(400, { errors: Object.fromEntries(unknown.map((key) => [key, 'Unrecognized permission'])) });
  const projectId = projectAsked(store, call);
  return ok({
    permissions: Object.fromEntries(keys.map((key) => [key, permissionJson(store, call.actor, key, projectId)])),
  });
}

/** The project that the question is about; without one, a project permission is held when it is held in any project. */
function projectAsked(store: JiraStore, call: RestCall): string | undefined {
  const issue = call.query.get('issueKey') ?? call.query.get('issueId');
  if (issue !== null) return visibleIssue(store, call.actor, issue).projectId;
  const project = call.query.get('projectKey') ?? call.query.get('projectId');
  return project === null ? undefined : visibleProject(store, call.actor, project).id;
}

function permissionJson(store: JiraStore, actor: Actor, key: string, projectId: string | undefined): unknown {
  if (isGlobalPermission(key)) {
    const { id, name, description } = GLOBAL_PERMISSIONS[key];
    return { id, key, name, type: 'GLOBAL', description, havePermission: store.permissions.may(actor, key) };
  }
  if (!isProjectPermission(key)) throw new RangeError(`No permission ${key}`);
  const projects = projectId === undefined ? store.projects.all().map((project) => project.id) : [projectId];
  const havePermission = projects.some((id) => store.permissions.may(actor, key, { id }));
  return { ...PROJECT_PERMISSIONS[key], key, type: 'PROJECT', havePermission };
}

/** Answers, of what was asked, what the person holds. Projects and issues that do not exist are left out. */
function check(store: JiraStore, call: RestCall): RestAnswer {
  const body = call.json();
  const given = isObject(body) ? body : {};
  const actor = personAsked(store, call, given.accountId);
  const global = strings(given.globalPermissions ?? []);
  const unknown = global.filter((key) => !isGlobalPermission(key));
  if (unknown.length > 0)
    throw new Refusal(400, { errors: Object.fromEntries(unknown.map((key) => [key, 'Unrecognized permission'])) });
  return ok({
    globalPermissions: global.filter(isGlobalPermission).filter((key) => store.permissions.may(actor, key)),
    projectPermissions: list(given.projectPermissions ?? []).flatMap((each) => projectGrants(store, actor, each)),
  });
}

function personAsked(store: JiraStore, call: RestCall, accountId: unknown): Actor {
  if (accountId === undefined || accountId === null || accountId === call.accountId) return call.actor;
  if (!store.permissions.may(call.actor, 'ADMINISTER')) {
    throw new Refusal(403, 'Only Jira administrators can perform this operation.');
  }
  if (typeof accountId !== 'string' || store.people.byId(accountId) === undefined) {
    throw new Refusal(400, { errors: { accountId: 'The user does not exist.' } });
  }
  return { kind: 'user', accountId };
}

function projectGrants(store: JiraStore, actor: Actor, asked: unknown): readonly unknown[] {
  const given = isObject(asked) ? asked : {};
  const keys = strings(given.permissions ?? []);
  const unknown = keys.filter((key) => !isProjectPermission(key));
  if (unknown.length > 0)
    throw new Refusal(400, { errors: Object.fromEntries(unknown.map((key) => [key, 'Unrecognized permission'])) });
  if (keys.length === 0) throw new Refusal(400, 'At least one project permission must be provided.');
  const issues = numbers(given.issues ?? []);
  const projects = numbers(given.projects ?? []);
  return keys.filter(isProjectPermission).map((permission) => ({
    permission,
    issues: issues.filter((id) => inIssue(store, actor, permission, id)),
    projects: projects.filter(
      (id) =>
        store.projects.find(String(id)) !== undefined && store.permissions.may(actor, permission, { id: String(id) }),
    ),
  }));
}

function inIssue(store: JiraStore, actor: Actor, permission: ProjectPermission, id: number): boolean {
  const issue = store.issues.find(String(id));
  return issue !== undefined && store.permissions.may(actor, permission, { id: issue.projectId });
}

function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new Refusal(400, 'A list is expected.');
  return value;
}

function strings(value: unknown): readonly string[] {
  return list(value).map(String);
}

function numbers(value: unknown): readonly number[] {
  const all = list(value).map(Number);
  if (!all.every(Number.isInteger)) throw new Refusal(400, 'Issues and projects are given by their numeric ids.');
  return all;
}
