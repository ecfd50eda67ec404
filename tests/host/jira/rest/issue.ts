import { isDocument, isObject } from '../adf';
import { commentOf, readFieldInputs } from '../field-inputs';
import { notOnScreen } from '../field-values';
import type { FieldRecord } from '../field-store';
import { addComment, changeIssue, createIssue, deleteIssue } from '../issue-changes';
import { issueJson } from '../issue-json';
import type { IssueRecord } from '../issue-store';
import type { ProjectRecord } from '../project-store';
import { Refusal } from '../refusal';
import { created, noContent, ok, type PathParams, type RestAnswer, type RestCall, type Route } from '../router';
import type { JiraStore } from '../store';
import type { WorkflowEngine } from '../workflow-port';
import { issueFor, mayInProject, visibleIssue } from './access';
import { listOf } from './paging';

/** Issues: create, read, edit, delete. */
export function issueRoutes(store: JiraStore, workflow: WorkflowEngine): readonly Route[] {
  const path = '/rest/api/3/issue/{issueIdOrKey}';
  return [
    { method: 'POST', path: '/rest/api/3/issue', handle: (call) => create(store, workflow, call) },
    { method: 'GET', path, handle: (call, params) => read(store, workflow, call, params) },
    { method: 'PUT', path, handle: (call, params) => edit(store, call, params) },
    { method: 'DELETE', path, handle: (call, params) => remove(store, call, params) },
  ];
}

function create(store: JiraStore, workflow: WorkflowEngine, call: RestCall): RestAnswer {
  const body = call.json();
  const { project: projectGiven, issuetype, ...fields } = fieldsOf(body);
  const project = readProject(store, call, projectGiven);
  const type = readIssueType(store, project, issuetype);
  const place = { projectId: project.id, issueTypeId: type };
  const settings = { ...(isObject(body) ? body : {}), fields };
  const values = readFieldInputs(store, settings, {
    place,
    screen: store.screenSchemes.fields(place, 'create'),
    before: new Map(),
    barred: (field) => barredField(store, call, project.id, field),
  });
  if (!values.has('summary'))
    throw new Refusal(400, { errors: { summary: 'You must specify a summary of the issue.' } });
  const properties = readProperties(body);
  const statusId = workflow.initialStatusId(project.id, type);
  const issue = store.transaction(() => {
    const made = createIssue(store, originOf(call), { projectId: project.id, issueTypeId: type, statusId, values });
    for (const [key, value] of properties) store.notes.setProperty('issue', made.id, key, value);
    return made;
  });
  return created({ id: issue.id, key: issue.key, self: `${store.baseUrl}/rest/api/3/issue/${issue.id}` });
}

/** Who acts, for the changelog and the event. */
export const originOf = (call: RestCall) => ({ author: call.accountId, selfGenerated: call.asApp });

function fieldsOf(body: unknown): Readonly<Record<string, unknown>> {
  return isObject(body) && isObject(body.fields) ? body.fields : {};
}

function readProject(store: JiraStore, call: RestCall, given: unknown): ProjectRecord {
  if (given === undefined) throw new Refusal(400, { errors: { project: 'Specify a valid project ID or key' } });
  const wanted = isObject(given) ? (given.id ?? given.key) : undefined;
  const project =
    typeof wanted === 'string' || typeof wanted === 'number' ? store.projects.find(String(wanted)) : undefined;
  if (project === undefined || !mayInProject(store, call.actor, 'BROWSE_PROJECTS', project.id)) {
    throw new Refusal(400, { errors: { project: 'valid project is required' } });
  }
  if (!mayInProject(store, call.actor, 'CREATE_ISSUES', project.id)) {
    throw new Refusal(403, { errors: { project: 'You do not have permission to create issues in this project.' } });
  }
  return project;
}

function readIssueType(store: JiraStore, project: ProjectRecord, given: unknown): string {
  const wanted = isObject(given) ? given : {};
  const types = store.projects.issueTypesOf(project.id);
  const found = types.find(
    ({ id, name }) => id === String(wanted.id) || (wanted.id === undefined && name === wanted.name),
  );
  if (found === undefined) throw new Refusal(400, { errors: { issuetype: 'Specify a valid issue type' } });
  return found.id;
}

/** Reporter and assignee have permissions of their own; Jira answers as if the field were not there. */
export function barredField(
  store: JiraStore,
  call: RestCall,
  projectId: string,
  field: FieldRecord,
): string | undefined {
  const permission =
    field.id === 'reporter' ? 'MODIFY_REPORTER' : field.id === 'assignee' ? 'ASSIGN_ISSUES' : undefined;
  return permission === undefined || mayInProject(store, call.actor, permission, projectId)
    ? undefined
    : notOnScreen(field.id);
}

function readProperties(body: unknown): readonly (readonly [string, unknown])[] {
  const given = isObject(body) ? (body.properties ?? []) : [];
  if (!Array.isArray(given)) throw new Refusal(400, "'properties' is a list of {key, value}.");
  return given.map((each: unknown) => {
    if (!isObject(each) || typeof each.key !== 'string')
      throw new Refusal(400, "Each of 'properties' has a key and a value.");
    return [each.key, each.value ?? null] as const;
  });
}

function read(store: JiraStore, workflow: WorkflowEngine, call: RestCall, params: PathParams): RestAnswer {
  const issue = visibleIssue(store, call.actor, params.get('issueIdOrKey'));
  const expand = new Set(listOf(call.query, 'expand'));
  const fields = call.query.has('fields') ? listOf(call.query, 'fields') : ['*all'];
  const bean = issueJson(store, issue, { fields, expand, properties: listOf(call.query, 'properties') });
  const transitions = expand.has('transitions') ? workflow.transitionsJson?.(issue.id, call.accountId) : undefined;
  return ok(transitions === undefined ? bean : { ...bean, transitions });
}

function edit(store: JiraStore, call: RestCall, params: PathParams): RestAnswer {
  const issue = issueFor(
    store,
    call.actor,
    params.get('issueIdOrKey'),
    'EDIT_ISSUES',
    'You do not have permission to edit this issue.',
  );
  const body = call.json();
  if (!isObject(body)) throw new Refusal(400, 'The request body is missing.');
  store.transaction(() => {
    const before = store.issues.values(issue.id);
    const values = readFieldInputs(store, body, {
      place: issue,
      screen: store.screenSchemes.fields(issue, 'edit'),
      before,
      barred: (field) => barredField(store, call, issue.projectId, field),
    });
    const properties = readProperties(body);
    changeIssue(store, originOf(call), { issueId: issue.id, values });
    for (const [key, value] of properties) store.notes.setProperty('issue', issue.id, key, value);
    commentOnTheWay(store, call, issue, body);
  });
  if (call.query.get('returnIssue') !== 'true') return noContent;
  const expand = new Set(listOf(call.query, 'expand'));
  return ok(issueJson(store, visibleIssue(store, call.actor, issue.id), { fields: ['*all'], expand, properties: [] }));
}

/** @throws Refusal when the comment is no document, or the caller may not comment. */
export function commentOnTheWay(store: JiraStore, call: RestCall, issue: IssueRecord, body: unknown): void {
  const comment = commentOf(body);
  if (comment === undefined) return;
  if (!isDocument(comment)) throw new Refusal(400, { errors: { comment: 'Comment body is not valid!' } });
  if (!mayInProject(store, call.actor, 'ADD_COMMENTS', issue.projectId)) {
    throw new Refusal(400, { errors: { comment: 'You do not have the permission to comment on this issue.' } });
  }
  addComment(store, originOf(call), issue, comment);
}

function remove(store: JiraStore, call: RestCall, params: PathParams): RestAnswer {
  const sentence = 'You do not have permission to delete issues in this project.';
  const issue = issueFor(store, call.actor, params.get('issueIdOrKey'), 'DELETE_ISSUES', sentence);
  deleteIssue(store, originOf(call), issue.id);
  return noContent;
}
