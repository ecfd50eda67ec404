import type { Actor } from '../../contract';
import type { IssueRecord } from '../issue-store';
import type { ProjectPermission } from '../permission-keys';
import type { ProjectRecord } from '../project-store';
import { ISSUE_NOT_FOUND, Refusal } from '../refusal';
import type { JiraStore } from '../store';

/**
 * The issue, for somebody who may browse it. Not there and not visible are the same answer.
 * @throws Refusal 404
 */
export function visibleIssue(store: JiraStore, actor: Actor, idOrKey: string): IssueRecord {
  const issue = store.issues.find(idOrKey);
  if (issue === undefined || !mayInProject(store, actor, 'BROWSE_PROJECTS', issue.projectId)) {
    throw new Refusal(404, ISSUE_NOT_FOUND);
  }
  return issue;
}

/** @throws Refusal 404 as `visibleIssue`, 403 without the permission. */
export function issueFor(
  store: JiraStore,
  actor: Actor,
  idOrKey: string,
  permission: ProjectPermission,
  sentence: string,
): IssueRecord {
  const issue = visibleIssue(store, actor, idOrKey);
  if (!mayInProject(store, actor, permission, issue.projectId)) throw new Refusal(403, sentence);
  return issue;
}

/** @throws Refusal 404 when there is no such project, or none for this caller. */
export function visibleProject(store: JiraStore, actor: Actor, idOrKey: string): ProjectRecord {
  const project = store.projects.find(idOrKey);
  if (project === undefined || !mayInProject(store, actor, 'BROWSE_PROJECTS', project.id)) {
    throw new Refusal(404, `No project could be found with key '${idOrKey}'.`);
  }
  return project;
}

export function visibleProjects(store: JiraStore, actor: Actor): readonly ProjectRecord[] {
  return store.projects.all().filter(({ id }) => mayInProject(store, actor, 'BROWSE_PROJECTS', id));
}

export function mayInProject(
  store: JiraStore,
  actor: Actor,
  permission: ProjectPermission,
  projectId: string,
): boolean {
  return store.permissions.may(actor, permission, { id: projectId });
}

/** @throws Refusal 403 for everybody but administrators and the app within its scopes. */
export function requireAdministrator(store: JiraStore, actor: Actor): void {
  if (!store.permissions.may(actor, 'ADMINISTER'))
    throw new Refusal(403, 'Only Jira administrators can perform this operation.');
}
