import * as z from 'zod/mini';
import type { StatusRecord } from '../project-store';
import { Refusal } from '../refusal';
import { noContent, ok, type RestAnswer, type RestCall, type Route } from '../router';
import type { JiraStore } from '../store';
import type { WorkflowEngine } from '../workflow-port';
import { requireAdministrator } from './access';
import { bodyOf } from './body';
import { listOf, pageOf, window } from './paging';

/** Statuses as workflows use them. All of this site's are global. */
export function statusRoutes(store: JiraStore, workflow: WorkflowEngine): readonly Route[] {
  const path = '/rest/api/3/statuses';
  const of = (work: (store: JiraStore, call: RestCall) => RestAnswer) => (call: RestCall) => {
    requireAdministrator(store, call.actor);
    return work(store, call);
  };
  return [
    { method: 'GET', path, handle: of(byIds) },
    { method: 'POST', path, handle: of(create) },
    { method: 'PUT', path, handle: of(update) },
    { method: 'DELETE', path, handle: of((_, call) => remove(store, workflow, call)) },
    { method: 'GET', path: `${path}/byNames`, handle: of(byNames) },
    { method: 'GET', path: `${path}/search`, handle: of(search) },
  ];
}

const statusBean = ({ id, name, description, category }: StatusRecord) => ({
  id,
  name,
  description,
  statusCategory: category,
  scope: { type: 'GLOBAL' },
});

const MOST = 50;

function someOf(call: RestCall, parameter: 'id' | 'name'): readonly string[] {
  const given = call.query.getAll(parameter);
  if (given.length === 0 || given.length > MOST)
    throw new Refusal(400, `Provide between 1 and ${MOST} status ${parameter === 'id' ? 'IDs' : 'names'}.`);
  return given;
}

function byIds(store: JiraStore, call: RestCall): RestAnswer {
  const ids = someOf(call, 'id');
  const found = store.projects.statuses().filter(({ id }) => ids.includes(id));
  return ok(found.map(statusBean));
}

function byNames(store: JiraStore, call: RestCall): RestAnswer {
  const names = someOf(call, 'name').map((name) => name.toLowerCase());
  const found = store.projects.statuses().filter(({ name }) => names.includes(name.toLowerCase()));
  return ok(found.map(statusBean));
}

const category = z.enum(['TODO', 'IN_PROGRESS', 'DONE']);
const creation = z.object({
  scope: z.object({ type: z.enum(['GLOBAL', 'PROJECT']) }),
  statuses: z.array(z.object({ name: z.string(), statusCategory: category, description: z.optional(z.string()) })),
});
const change = z.object({
  statuses: z.array(
    z.object({ id: z.string(), name: z.string(), statusCategory: category, description: z.optional(z.string()) }),
  ),
});

/** All or none. */
function create(store: JiraStore, call: RestCall): RestAnswer {
  const { scope, statuses } = bodyOf(creation, call);
  if (scope.type !== 'GLOBAL')
    throw new Refusal(400, 'This site has company-managed projects only: the scope is GLOBAL.');
  counted(statuses);
  checkNames(
    statuses.map(({ name }) => ({ name })),
    store.projects.statuses(),
  );
  const made = store.transaction(() =>
    statuses.map(({ name, statusCategory, description = '' }) => {
      const status = store.projects.createStatus(name.trim(), statusCategory, description);
      store.audit.record(call, 'Status created', 'workflows', { id: status.id, name: status.name, type: 'STATUS' });
      return status;
    }),
  );
  return ok(made.map(statusBean));
}

function counted(statuses: readonly unknown[]): void {
  if (statuses.length === 0 || statuses.length > MOST)
    throw new Refusal(400, `Provide between 1 and ${MOST} statuses.`);
}

const LONGEST_NAME = 255;

/** @throws Refusal 400 for a name that is empty, too long, given twice or another status's. */
function checkNames(
  given: readonly { readonly name: string; readonly id?: string }[],
  others: readonly StatusRecord[],
): void {
  const folded = given.map(({ name }) => name.trim().toLowerCase());
  for (const [at, { name, id }] of given.entries()) {
    if (name.trim() === '' || name.length > LONGEST_NAME)
      throw new Refusal(400, `A status's name has 1 to ${LONGEST_NAME} characters.`);
    const taken = others.some((other) => other.id !== id && other.name.toLowerCase() === folded[at]);
    if (taken || folded.indexOf(folded[at] ?? '') !== at)
      throw new Refusal(400, `The status name '${name}' is used already. You must use a unique status name.`);
  }
}

function update(store: JiraStore, call: RestCall): RestAnswer {
  const { statuses } = bodyOf(change, call);
  counted(statuses);
  const before = statuses.map(({ id }) => {
    const status = store.projects.status(id);
    if (status === undefined) throw new Refusal(400, `The status with ID '${id}' was not found.`);
    return status;
  });
  const untouched = store.projects.statuses().filter(({ id }) => !statuses.some((status) => status.id === id));
  checkNames(statuses, untouched);
  store.transaction(() => {
    for (const [at, { id, name, statusCategory, description }] of statuses.entries()) {
      const known = before[at];
      const next = {
        id,
        name: name.trim(),
        category: statusCategory,
        description: description ?? known?.description ?? '',
      };
      store.projects.updateStatus(next);
      const object = { id, name: next.name, type: 'STATUS' };
      store.audit.record(call, 'Status updated', 'workflows', object, [['Name', known?.name ?? '', next.name]]);
    }
  });
  return noContent;
}

/** Not one that a workflow has. */
function remove(store: JiraStore, workflow: WorkflowEngine, call: RestCall): RestAnswer {
  const statuses = someOf(call, 'id').map((id) => {
    const status = store.projects.status(id);
    if (status === undefined) throw new Refusal(400, `The status with ID '${id}' was not found.`);
    const [user] = workflow.workflowsWith(id);
    if (user !== undefined)
      throw new Refusal(400, `The status '${status.name}' cannot be deleted: the workflow '${user}' uses it.`);
    return status;
  });
  store.transaction(() => {
    for (const { id, name } of statuses) {
      store.projects.removeStatus(id);
      store.audit.record(call, 'Status deleted', 'workflows', { id, name, type: 'STATUS' });
    }
  });
  return noContent;
}

const PAGE = 200;

function search(store: JiraStore, call: RestCall): RestAnswer {
  const { startAt, maxResults } = window(call.query, PAGE, PAGE);
  const wanted = (call.query.get('searchString') ?? '').toLowerCase();
  const categories = listOf(call.query, 'statusCategory');
  const found = store.projects
    .statuses()
    .filter(
      (status) =>
        status.name.toLowerCase().includes(wanted) && (categories.length === 0 || categories.includes(status.category)),
    );
  const values = found.slice(startAt, startAt + maxResults).map(statusBean);
  return ok(pageOf(call, store.baseUrl, { values, total: found.length, startAt, maxResults }));
}
