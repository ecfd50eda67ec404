import { userJson } from '../json';
import type { UserRecord } from '../people-store';
import { Refusal } from '../refusal';
import { ok, type RestAnswer, type RestCall, type Route } from '../router';
import type { JiraStore } from '../store';
import { visibleIssue, visibleProject } from './access';
import { count, listOf, pageBean, window } from './paging';

/** Finding people for pickers. */
export function userFindingRoutes(store: JiraStore): readonly Route[] {
  return [
    { method: 'GET', path: '/rest/api/3/user/picker', handle: (call) => picker(store, call) },
    { method: 'GET', path: '/rest/api/3/user/assignable/search', handle: (call) => assignable(store, call) },
    { method: 'GET', path: '/rest/api/3/user/bulk', handle: (call) => bulk(store, call) },
  ];
}

const PAGE = 50;
const MOST = 1000;

/** Somebody who may not browse users finds nobody, as in Jira. */
function picker(store: JiraStore, call: RestCall): RestAnswer {
  const query = call.query.get('query');
  if (query === null) throw new Refusal(400, "The query parameter 'query' is required.");
  const [names, ids] = [listOf(call.query, 'exclude'), listOf(call.query, 'excludeAccountIds')];
  if (names.length > 0 && ids.length > 0)
    throw new Refusal(400, "Provide either 'exclude' or 'excludeAccountIds', not both.");
  const may = store.permissions.may(call.actor, 'USER_PICKER');
  const found = (may ? store.people.search(query) : []).filter(
    ({ active, accountId }) => active && !names.includes(accountId) && !ids.includes(accountId),
  );
  const shown = found.slice(0, Math.min(count(call.query, 'maxResults', PAGE), MOST));
  return ok({
    users: shown.map((user) => picked(store, user, query, call.query.get('showAvatar') === 'true')),
    total: found.length,
    header: `Showing ${shown.length} of ${found.length} matching users`,
  });
}

function picked(store: JiraStore, user: UserRecord, query: string, withAvatar: boolean): unknown {
  const { accountId, accountType, displayName } = user;
  const base = { accountId, accountType, displayName, html: highlighted(displayName, query) };
  const avatarUrl = `${store.baseUrl}/secure/useravatar?owner=${encodeURIComponent(accountId)}`;
  return withAvatar ? { ...base, avatarUrl } : base;
}

/** The words that were found, in `<strong>`; the rest of the name is escaped. */
export function highlighted(name: string, query: string): string {
  const at = query === '' ? -1 : name.toLowerCase().indexOf(query.toLowerCase());
  if (at < 0) return escaped(name);
  const end = at + query.length;
  return `${escaped(name.slice(0, at))}<strong>${escaped(name.slice(at, end))}</strong>${escaped(name.slice(end))}`;
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function assignable(store: JiraStore, call: RestCall): RestAnswer {
  const issue = call.query.get('issueKey') ?? call.query.get('issueId');
  const project = call.query.get('project');
  if (issue === null && project === null) throw new Refusal(400, "Provide 'issueKey', 'issueId' or 'project'.");
  const projectId =
    issue === null
      ? visibleProject(store, call.actor, project ?? '').id
      : visibleIssue(store, call.actor, issue).projectId;
  const wanted = call.query.get('accountId');
  const { startAt, maxResults } = window(call.query, PAGE, MOST);
  const found = store.people
    .search(call.query.get('query') ?? '')
    .filter(
      ({ accountId }) =>
        (wanted === null || wanted === accountId) && store.permissions.holds(accountId, 'ASSIGNABLE_USER', projectId),
    );
  return ok(found.slice(startAt, startAt + maxResults).map(({ accountId }) => userJson(store, accountId)));
}

const BULK_PAGE = 10;
const BULK_MOST = 200;

function bulk(store: JiraStore, call: RestCall): RestAnswer {
  const ids = call.query.getAll('accountId');
  if (ids.length === 0) throw new Refusal(400, 'The query parameter accountId is required.');
  const found = [...new Set(ids)].filter((id) => store.people.byId(id) !== undefined);
  const values = found.map((id) => userJson(store, id));
  return ok(pageBean(call, store.baseUrl, values, window(call.query, BULK_PAGE, BULK_MOST)));
}
