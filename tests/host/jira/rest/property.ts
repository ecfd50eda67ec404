import { Refusal } from '../refusal';
import { noContent, ok, type PathParams, type RestAnswer, type RestCall, type Route } from '../router';
import type { JiraStore } from '../store';
import { issueFor, mayInProject, visibleIssue, visibleProject } from './access';

/** Entity properties of issues and projects: anybody who may edit the one or administer the other can write them. */
export function propertyRoutes(store: JiraStore): readonly Route[] {
  return [...routesOf(store, issueOwner(store)), ...routesOf(store, projectOwner(store))];
}

interface Owner {
  readonly kind: 'issue' | 'project';
  readonly path: string;
  readonly self: (id: string) => string;
  /** The owner's id, for somebody who may read its properties, or write them. */
  readonly find: (call: RestCall, params: PathParams, to: 'read' | 'write') => string;
}

function issueOwner(store: JiraStore): Owner {
  return {
    kind: 'issue',
    path: '/rest/api/3/issue/{issueIdOrKey}/properties',
    self: (id) => `${store.baseUrl}/rest/api/3/issue/${id}/properties`,
    find: (call, params, to) => {
      const idOrKey = params.get('issueIdOrKey');
      if (to === 'read') return visibleIssue(store, call.actor, idOrKey).id;
      return issueFor(store, call.actor, idOrKey, 'EDIT_ISSUES', 'You do not have permission to edit this issue.').id;
    },
  };
}

function projectOwner(store: JiraStore): Owner {
  return {
    kind: 'project',
    path: '/rest/api/3/project/{projectIdOrKey}/properties',
    self: (id) => `${store.baseUrl}/rest/api/3/project/${id}/properties`,
    find: (call, params, to) => {
      const { id } = visibleProject(store, call.actor, params.get('projectIdOrKey'));
      if (to === 'write' && !mayInProject(store, call.actor, 'ADMINISTER_PROJECTS', id)) {
        throw new Refusal(403, 'You do not have permission to administer this project.');
      }
      return id;
    },
  };
}

function routesOf(store: JiraStore, owner: Owner): readonly Route[] {
  const one = `${owner.path}/{propertyKey}`;
  return [
    { method: 'GET', path: owner.path, handle: (call, params) => keys(store, owner, owner.find(call, params, 'read')) },
    {
      method: 'GET',
      path: one,
      handle: (call, params) => read(store, owner, owner.find(call, params, 'read'), params),
    },
    { method: 'PUT', path: one, handle: (call, params) => write(store, owner, call, params) },
    {
      method: 'DELETE',
      path: one,
      handle: (call, params) => remove(store, owner, owner.find(call, params, 'write'), params),
    },
  ];
}

function keys(store: JiraStore, owner: Owner, id: string): RestAnswer {
  const names = [...store.notes.properties(owner.kind, id).keys()];
  return ok({ keys: names.map((key) => ({ key, self: `${owner.self(id)}/${encodeURIComponent(key)}` })) });
}

function read(store: JiraStore, owner: Owner, id: string, params: PathParams): RestAnswer {
  const key = params.get('propertyKey');
  const all = store.notes.properties(owner.kind, id);
  if (!all.has(key)) throw notFound(key);
  return ok({ key, value: all.get(key) });
}

const notFound = (key: string) => new Refusal(404, `The property with key '${key}' does not exist`);

/** A key of at most 255 characters, and 32,768 characters of JSON: the OpenAPI document's limits. */
const LIMITS = { key: 255, value: 32_768 } as const;

function write(store: JiraStore, owner: Owner, call: RestCall, params: PathParams): RestAnswer {
  const id = owner.find(call, params, 'write');
  const key = params.get('propertyKey');
  const value = call.json();
  if (key.length > LIMITS.key) throw new Refusal(400, `The property key is longer than ${LIMITS.key} characters.`);
  if (JSON.stringify(value).length > LIMITS.value) {
    throw new Refusal(400, `The property value is longer than ${LIMITS.value} characters.`);
  }
  const isNew = store.transaction(() => store.notes.setProperty(owner.kind, id, key, value));
  return { status: isNew ? 201 : 200 };
}

function remove(store: JiraStore, owner: Owner, id: string, params: PathParams): RestAnswer {
  const key = params.get('propertyKey');
  if (!store.transaction(() => store.notes.removeProperty(owner.kind, id, key))) throw notFound(key);
  return noContent;
}
