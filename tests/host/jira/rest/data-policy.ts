import { Refusal } from '../refusal';
import { ok, type RestAnswer, type RestCall, type Route } from '../router';
import type { JiraStore } from '../store';
import { listOf } from './paging';

/** What an administrator's app access rules keep from the app that asks. */
export function dataPolicyRoutes(store: JiraStore): readonly Route[] {
  const path = '/rest/api/3/data-policy';
  return [
    {
      method: 'GET',
      path,
      handle: () => ok({ anyContentBlocked: store.appAccess.blocked().length > 0 }),
    },
    { method: 'GET', path: `${path}/project`, handle: (call) => ofProjects(store, call) },
  ];
}

function ofProjects(store: JiraStore, call: RestCall): RestAnswer {
  const ids = listOf(call.query, 'ids');
  if (ids.length === 0) throw new Refusal(400, "The query parameter 'ids' is required.");
  const known = ids.filter((id) => store.projects.find(id)?.id === id);
  const policies = known.map((id) => ({
    id: Number(id),
    dataPolicy: { anyContentBlocked: store.appAccess.blocks(id) },
  }));
  return ok({ projectDataPolicies: policies });
}
