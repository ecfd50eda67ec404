import { userJson } from '../json';
import { Refusal } from '../refusal';
import { noContent, ok, type PathParams, type RestAnswer, type RestCall, type Route } from '../router';
import type { JiraStore } from '../store';
import { mayInProject, visibleIssue } from './access';

/** Who watches an issue. */
export function watcherRoutes(store: JiraStore): readonly Route[] {
  const path = '/rest/api/3/issue/{issueIdOrKey}/watchers';
  return [
    { method: 'GET', path, handle: (call, params) => list(store, call, params) },
    { method: 'POST', path, handle: (call, params) => add(store, call, params) },
    { method: 'DELETE', path, handle: (call, params) => remove(store, call, params) },
  ];
}

function list(store: JiraStore, call: RestCall, params: PathParams): RestAnswer {
  const issue = visibleIssue(store, call.actor, params.get('issueIdOrKey'));
  const watchers = store.links.watchers(issue.id);
  return ok({
    self: `${store.baseUrl}/rest/api/3/issue/${issue.key}/watchers`,
    isWatching: watchers.includes(call.accountId),
    watchCount: watchers.length,
    watchers: watchers.map((accountId) => userJson(store, accountId)),
  });
}

/** Others than oneself are the business of those who edit the issue: this site has no "Manage watcher list". */
function mayManage(store: JiraStore, call: RestCall, accountId: string, projectId: string): void {
  if (accountId !== call.accountId && !mayInProject(store, call.actor, 'EDIT_ISSUES', projectId))
    throw new Refusal(403, 'You do not have permission to manage the watcher list.');
}

function add(store: JiraStore, call: RestCall, params: PathParams): RestAnswer {
  const issue = visibleIssue(store, call.actor, params.get('issueIdOrKey'));
  const given = call.bytes.byteLength === 0 ? call.accountId : call.json();
  if (typeof given !== 'string') throw new Refusal(400, 'The account ID of a user has to be provided.');
  mayManage(store, call, given, issue.projectId);
  if (store.people.byId(given) === undefined) throw new Refusal(404, 'The user was not found.');
  if (!store.permissions.holds(given, 'BROWSE_PROJECTS', issue.projectId))
    throw new Refusal(404, 'The user does not have permission to view this issue.');
  store.transaction(() => {
    store.links.watch(issue.id, given);
  });
  return noContent;
}

function remove(store: JiraStore, call: RestCall, params: PathParams): RestAnswer {
  const issue = visibleIssue(store, call.actor, params.get('issueIdOrKey'));
  const accountId = call.query.get('accountId');
  if (accountId === null || accountId === '') throw new Refusal(400, 'The query parameter accountId is required.');
  mayManage(store, call, accountId, issue.projectId);
  store.transaction(() => {
    store.links.unwatch(issue.id, accountId);
  });
  return noContent;
}
