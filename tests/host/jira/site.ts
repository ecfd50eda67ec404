import type { ForgeForJira, JiraSite, SiteParts } from '../contract';
import { createSite, type SiteKind } from './create-site';
import { askGraph } from './graph';
import { appFieldRoutes } from './rest/app-field';
import { approvalRoutes } from './rest/approval';
import { attachmentRoutes } from './rest/attachment';
import { auditingRoutes } from './rest/auditing';
import { changelogRoutes } from './rest/changelog';
import { commentRoutes } from './rest/comment';
import { contextRoutes } from './rest/context';
import { contextMappingRoutes } from './rest/context-mapping';
import { dataPolicyRoutes } from './rest/data-policy';
import { fieldRoutes } from './rest/field';
import { fieldWritingRoutes } from './rest/field-writing';
import { groupRoutes } from './rest/group';
import { issueRoutes } from './rest/issue';
import { issueLinkRoutes } from './rest/issue-link';
import { issueTypeRoutes } from './rest/issue-type';
import { issueTypeSchemeRoutes } from './rest/issue-type-scheme';
import { notifyRoutes } from './rest/notify';
import { optionRoutes } from './rest/option';
import { panelPinRoutes } from './rest/panel-pin';
import { permissionRoutes } from './rest/permission';
import { projectRoutes, siteRoutes } from './rest/project';
import { propertyRoutes } from './rest/property';
import { remoteLinkRoutes } from './rest/remote-link';
import { screenRoutes } from './rest/screen';
import { screenMetaRoutes } from './rest/screen-meta';
import { screenSchemeRoutes } from './rest/screen-scheme';
import { screenTabRoutes } from './rest/screen-tab';
import { searchRoutes } from './rest/search';
import { statusRoutes } from './rest/status';
import { typeScreenMappingRoutes } from './rest/type-screen-mapping';
import { typeScreenSchemeRoutes } from './rest/type-screen-scheme';
import { userRoutes } from './rest/user';
import { userFindingRoutes } from './rest/user-finding';
import { watcherRoutes } from './rest/watcher';
import { Router } from './router';
import { openStore, type JiraStore } from './store';
import type { WorkflowEngine } from './workflow-port';

export interface JiraOptions {
  /** Where the site answers, without a slash at the end. */
  readonly baseUrl: string;
  /** What to make of a site that is new; an existing one only gains what it lacks. */
  readonly kind: SiteKind;
  /** Opens the workflow engine over the store. */
  readonly workflow: (store: JiraStore) => WorkflowEngine;
}

export interface OpenJira extends JiraSite {
  readonly store: JiraStore;
  /** Method and path of everything that is implemented. */
  readonly routes: readonly string[];
}

/** Jira of the local site: opens its tables, makes what is missing, and answers. */
export function openJira(parts: SiteParts, forge: ForgeForJira, options: JiraOptions): OpenJira {
  const store = openStore(parts, forge, options.baseUrl);
  const workflow = options.workflow(store);
  store.transaction(() => {
    const kind = keptKind(store) ?? options.kind;
    createSite(store, kind);
    workflow.createFor(kind);
  });
  const router = new Router([
    ...issueRoutes(store, workflow),
    ...screenMetaRoutes(store),
    ...changelogRoutes(store),
    ...commentRoutes(store),
    ...attachmentRoutes(store),
    ...propertyRoutes(store),
    ...searchRoutes(store),
    ...userRoutes(store),
    ...groupRoutes(store),
    ...permissionRoutes(store),
    ...fieldRoutes(store),
    ...fieldWritingRoutes(store, workflow),
    ...contextRoutes(store),
    ...contextMappingRoutes(store),
    ...optionRoutes(store),
    ...screenRoutes(store, workflow),
    ...screenTabRoutes(store),
    ...screenSchemeRoutes(store),
    ...typeScreenSchemeRoutes(store),
    ...typeScreenMappingRoutes(store),
    ...issueLinkRoutes(store),
    ...remoteLinkRoutes(store),
    ...approvalRoutes(store),
    ...watcherRoutes(store),
    ...notifyRoutes(store),
    ...auditingRoutes(store),
    ...panelPinRoutes(store, workflow),
    ...dataPolicyRoutes(store),
    ...userFindingRoutes(store),
    ...issueTypeRoutes(store),
    ...issueTypeSchemeRoutes(store),
    ...projectRoutes(store, workflow),
    ...statusRoutes(store, workflow),
    ...siteRoutes(store),
    ...appFieldRoutes(store),
    ...workflow.routes,
  ]);
  return {
    store,
    routes: router.routes.map(({ method, path }) => `${method} ${path}`),
    handle: (call) => router.handle(call),
    automation: (move) => workflow.automation(move),
    accountIdOf: (userName) => store.people.byUserName(userName)?.accountId,
    people: () =>
      store.people.all().map(({ userName, accountId, displayName, is }) => ({ userName, accountId, displayName, is })),
    isAdmin: (accountId) => store.permissions.holdsGlobal(accountId, 'ADMINISTER'),
    mayBrowseIssue: (accountId, keyOrId) => {
      const issue = store.issues.find(keyOrId);
      return issue !== undefined && store.permissions.holds(accountId, 'BROWSE_PROJECTS', issue.projectId);
    },
    mayBrowseProject: (accountId, key) => {
      const project = store.projects.find(key);
      return project !== undefined && store.permissions.holds(accountId, 'BROWSE_PROJECTS', project.id);
    },
    showsPanel: (projectKey, moduleKey) => store.appAccess.pinned(store.projects.find(projectKey)?.id ?? '', moduleKey),
    locate: (keyOrId) => locate(store, keyOrId),
    askGraph: (accountId, scopes, body) => askGraph(store, accountId, scopes, body),
  };
}

/** What an existing site was made as: its start options act on a new data folder only. */
function keptKind(store: JiraStore): SiteKind | undefined {
  if (store.projects.find('NEW') !== undefined) return 'bare';
  return store.projects.find('CHG') === undefined ? undefined : 'empty';
}

function locate(store: JiraStore, keyOrId: string): ReturnType<JiraSite['locate']> {
  const issue = store.issues.find(keyOrId);
  const project = issue === undefined ? undefined : store.projects.find(issue.projectId);
  if (issue === undefined || project === undefined) return undefined;
  const issueType = store.projects.issueType(issue.issueTypeId)?.name ?? '';
  return { id: issue.id, key: issue.key, projectId: project.id, projectKey: project.key, issueType };
}
