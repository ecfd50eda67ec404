import type { StatusRecord } from '../project-store';
import { Refusal } from '../refusal';
import { ok, type RestAnswer, type RestCall, type Route } from '../router';
import type { JiraStore } from '../store';
import { requireAdministrator } from './access';
import { listOf, pageOf, window } from './paging';

/** Statuses as workflows use them: by id, and by name. */
export function statusRoutes(store: JiraStore): readonly Route[] {
  return [
    { method: 'GET', path: '/rest/api/3/statuses', handle: (call) => byIds(store, call) },
    { method: 'GET', path: '/rest/api/3/statuses/search', handle: (call) => search(store, call) },
  ];
}

const statusBean = ({ id, name, description, category }: StatusRecord) => ({
  id,
  name,
  description,
  statusCategory: category,
  scope: { type: 'GLOBAL' },
});

function byIds(store: JiraStore, call: RestCall): RestAnswer {
  requireAdministrator(store, call.actor);
  const ids = call.query.getAll('id');
  if (ids.length === 0 || ids.length > 50) throw new Refusal(400, 'Provide between 1 and 50 status IDs.');
  return ok(
    store.projects
      .statuses()
      .filter(({ id }) => ids.includes(id))
      .map(statusBean),
  );
}

const PAGE = 200;

function search(store: JiraStore, call: RestCall): RestAnswer {
  requireAdministrator(store, call.actor);
  const { startAt, maxResults } = window(call.query, PAGE, PAGE);
  const wanted = (call.query.get('searchString') ?? '').toLowerCase();
  const categories = listOf(call.query, 'statusCategory');
  const found = store.projects
    .statuses()
    .filter(
      ({ name, category }) =>
        name.toLowerCase().includes(wanted) && (categories.length === 0 || categories.includes(category)),
    );
  const values = found.slice(startAt, startAt + maxResults).map(statusBean);
  return ok(pageOf(call, store.baseUrl, { values, total: found.length, startAt, maxResults }));
}
