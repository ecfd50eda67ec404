import { issueTypeJson, priorityJson, projectJson, statusJson, STATUS_CATEGORIES, userJson } from '../json';
import type { RoleActor, RoleRecord } from '../permission-store';
import type { ProjectRecord } from '../project-store';
import { Refusal } from '../refusal';
import { ok, type PathParams, type RestAnswer, type RestCall, type Route } from '../router';
import type { JiraStore } from '../store';
import type { WorkflowEngine } from '../workflow-port';
import { mayInProject, requireAdministrator, visibleProject, visibleProjects } from './access';
import { listOf, pageBean, window } from './paging';

/** Projects with their issue types, statuses and roles. */
export function projectRoutes(store: JiraStore, workflow: WorkflowEngine): readonly Route[] {
  const path = '/rest/api/3/project/{projectIdOrKey}';
  return [
    { method: 'GET', path: '/rest/api/3/project', handle: (call) => ok(all(store, call)) },
    { method: 'GET', path: '/rest/api/3/project/search', handle: (call) => search(store, call) },
    { method: 'GET', path, handle: (call, params) => ok(detailed(store, named(store, call, params))) },
    {
      method: 'GET',
      path: `${path}/statuses`,
      handle: (call, params) => statuses(store, workflow, named(store, call, params)),
    },
    { method: 'GET', path: `${path}/role`, handle: (call, params) => roles(store, administered(store, call, params)) },
    { method: 'GET', path: `${path}/role/{id}`, handle: (call, params) => role(store, call, params) },
    { method: 'GET', path: '/rest/api/3/role', handle: (call) => allRoles(store, call) },
  ];
}

const named = (store: JiraStore, call: RestCall, params: PathParams): ProjectRecord =>
  visibleProject(store, call.actor, params.get('projectIdOrKey'));

/** Roles are shown to those who administer the project; to others it is not there. */
function administered(store: JiraStore, call: RestCall, params: PathParams): ProjectRecord {
  const project = named(store, call, params);
  if (!mayInProject(store, call.actor, 'ADMINISTER_PROJECTS', project.id)) {
    throw new Refusal(404, `No project could be found with key '${params.get('projectIdOrKey')}'.`);
  }
  return project;
}

function all(store: JiraStore, call: RestCall): readonly unknown[] {
  return visibleProjects(store, call.actor).map((project) => listed(store, project));
}

/** `style` says company-managed: Jira's word for it is `classic`. */
function listed(store: JiraStore, project: ProjectRecord): Readonly<Record<string, unknown>> {
  return { ...projectJson(store, project), style: 'classic', isPrivate: false, properties: {} };
}

function detailed(store: JiraStore, project: ProjectRecord): unknown {
  return {
    ...listed(store, project),
    description: project.description,
    lead: userJson(store, project.lead),
    assigneeType: 'UNASSIGNED',
    issueTypes: store.projects.issueTypesOf(project.id).map((type) => issueTypeJson(store, type)),
    components: [],
    versions: [],
    roles: roleLinks(store, project),
  };
}

const PAGE = 50;

function search(store: JiraStore, call: RestCall): RestAnswer {
  const keys = listOf(call.query, 'keys');
  const ids = listOf(call.query, 'id');
  const query = (call.query.get('query') ?? '').toLowerCase();
  const found = visibleProjects(store, call.actor).filter(
    ({ id, key, name }) =>
      (keys.length === 0 || keys.includes(key)) &&
      (ids.length === 0 || ids.includes(id)) &&
      (key.toLowerCase().includes(query) || name.toLowerCase().includes(query)),
  );
  const values = found.map((project) => ({ ...listed(store, project), lead: userJson(store, project.lead) }));
  return ok(pageBean(call, store.baseUrl, values, window(call.query, PAGE, PAGE)));
}

function statuses(store: JiraStore, workflow: WorkflowEngine, project: ProjectRecord): RestAnswer {
  const types = store.projects.issueTypesOf(project.id);
  return ok(
    types.map((type) => ({
      self: `${store.baseUrl}/rest/api/3/issuetype/${type.id}`,
      id: type.id,
      name: type.name,
      subtask: false,
      statuses: workflow.statusIds(project.id, type.id).flatMap((id) => {
        const status = store.projects.status(id);
        return status === undefined ? [] : [statusJson(store, status)];
      }),
    })),
  );
}

function roleLinks(store: JiraStore, project: ProjectRecord): Readonly<Record<string, string>> {
  const link = ({ id }: RoleRecord) => `${store.baseUrl}/rest/api/3/project/${project.id}/role/${id}`;
  return Object.fromEntries(store.permissions.roles().map((one) => [one.name, link(one)]));
}

const roles = (store: JiraStore, project: ProjectRecord): RestAnswer => ok(roleLinks(store, project));

function role(store: JiraStore, call: RestCall, params: PathParams): RestAnswer {
  const project = administered(store, call, params);
  const found = store.permissions.roles().find(({ id }) => id === params.get('id'));
  if (found === undefined) throw new Refusal(404, `Can not find a role with the id ${params.get('id')}.`);
  const actors = store.permissions.actors(project.id, found.id).map((actor) => roleActor(store, actor));
  return ok({ ...roleJson(store, found, `/project/${project.id}`), actors });
}

function roleJson(store: JiraStore, { id, name, description }: RoleRecord, of = ''): Readonly<Record<string, unknown>> {
  return { self: `${store.baseUrl}/rest/api/3${of}/role/${id}`, id: Number(id), name, description };
}

function roleActor(store: JiraStore, { id, kind, holder }: RoleActor): unknown {
  if (kind === 'group') {
    const group = store.people.group({ name: holder });
    const actorGroup = { name: holder, displayName: holder, groupId: group?.groupId ?? '' };
    return { id: Number(id), displayName: holder, type: 'atlassian-group-role-actor', name: holder, actorGroup };
  }
  const displayName = store.people.byId(holder)?.displayName ?? holder;
  return { id: Number(id), displayName, type: 'atlassian-user-role-actor', actorUser: { accountId: holder } };
}

function allRoles(store: JiraStore, call: RestCall): RestAnswer {
  requireAdministrator(store, call.actor);
  return ok(store.permissions.roles().map((one) => roleJson(store, one)));
}

/** What the whole site has: issue types, priorities, statuses, and what it is. */
export function siteRoutes(store: JiraStore): readonly Route[] {
  return [
    { method: 'GET', path: '/rest/api/3/priority', handle: () => ok(priorities(store)) },
    {
      method: 'GET',
      path: '/rest/api/3/status',
      handle: () => ok(store.projects.statuses().map((status) => statusJson(store, status))),
    },
    { method: 'GET', path: '/rest/api/3/statuscategory', handle: () => ok(Object.values(STATUS_CATEGORIES)) },
    { method: 'GET', path: '/rest/api/3/serverInfo', handle: () => ok(serverInfo(store)) },
  ];
}

function priorities(store: JiraStore): readonly unknown[] {
  return store.projects.priorities().map(({ id, name, color, description }) => ({
    ...priorityJson(store, id),
    name,
    description,
    statusColor: color,
  }));
}

/** `baseUrl` is where this site answers. Build and version say that it is no Jira Cloud. */
function serverInfo(store: JiraStore): unknown {
  return {
    baseUrl: store.baseUrl,
    version: '1001.0.0-SNAPSHOT',
    versionNumbers: [1001, 0, 0],
    deploymentType: 'Cloud',
    buildNumber: 100000,
    serverTitle: 'Local Jira site',
  };
}
