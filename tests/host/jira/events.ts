import { account, issueTypeJson, projectJson, statusJson, userJson } from './json';
import { jiraInstant } from './instants';
import type { ChangeItem, HistoryRecord } from './history-store';
import type { IssueRecord } from './issue-store';
import type { AttachmentRecord, CommentRecord } from './note-store';
import type { JiraStore } from './store';

/**
 * Jira's product events as an app receives them. Every event is handed to the platform inside the transaction that made
 * it true. Shapes: the Forge events reference for Jira
 * (https://developer.atlassian.com/platform/forge/events-reference/jira/); what it leaves open follows recorded webhooks.
 */
export interface EventOrigin {
  /** The account that acted; absent in what a real site sends now and then, always there on this one. */
  readonly author: string;
  /** Made by the app under its own account. */
  readonly selfGenerated: boolean;
}

function emit(
  store: JiraStore,
  eventType: string,
  { author, selfGenerated }: EventOrigin,
  payload: Readonly<Record<string, unknown>>,
): void {
  const timestamp = String(store.clock.now().getTime());
  store.forge.emit(eventType, { eventType, selfGenerated, timestamp, atlassianId: author, ...payload });
}

/** The few fields of an issue that an event carries. */
function eventIssue(store: JiraStore, issue: IssueRecord): Readonly<Record<string, unknown>> {
  const values = store.issues.values(issue.id);
  const person = (fieldId: string) => {
    const accountId = values.get(fieldId);
    return typeof accountId === 'string' ? userJson(store, accountId) : null;
  };
  const type = store.projects.issueType(issue.issueTypeId);
  const project = store.projects.find(issue.projectId);
  const status = store.projects.status(issue.statusId);
  return {
    id: issue.id,
    key: issue.key,
    fields: {
      summary: values.get('summary') ?? '',
      issuetype: type === undefined ? null : issueTypeJson(store, type),
      project: project === undefined ? null : projectJson(store, project),
      status: status === undefined ? null : statusJson(store, status),
      creator: userJson(store, issue.creator),
      reporter: person('reporter'),
      assignee: person('assignee'),
      created: jiraInstant(issue.created),
      updated: jiraInstant(issue.updated),
    },
  };
}

export function emitCreated(store: JiraStore, origin: EventOrigin, issue: IssueRecord): void {
  emit(store, 'avi:jira:created:issue', origin, {
    issue: eventIssue(store, issue),
    associatedUsers: associatedUsers(store, [origin.author, store.issues.values(issue.id).get('assignee')]),
  });
}

/** The event of one changelog entry; another one beside it when the assignee changed. */
export function emitUpdated(store: JiraStore, origin: EventOrigin, issue: IssueRecord, entry: HistoryRecord): void {
  const people = entry.items.flatMap(({ tmpFromAccountId, tmpToAccountId }) => [tmpFromAccountId, tmpToAccountId]);
  const moved = entry.items.find(({ fieldId }) => fieldId === 'status');
  const payload = {
    issue: eventIssue(store, issue),
    changelog: { id: entry.id, items: entry.items },
    associatedUsers: associatedUsers(store, [origin.author, ...people]),
    ...(moved === undefined ? {} : { associatedStatuses: associatedStatuses(store, moved) }),
  };
  const assigned = entry.items.some(({ fieldId }) => fieldId === 'assignee');
  const jiraEventTypeName = moved !== undefined ? 'issue_generic' : assigned ? 'issue_assigned' : 'issue_updated';
  emit(store, 'avi:jira:updated:issue', origin, { jiraEventTypeName, ...payload });
  if (assigned) emit(store, 'avi:jira:assigned:issue', origin, payload);
}

/** `issue` is what was known of it before it went. */
export function deletedPayload(store: JiraStore, issue: IssueRecord): Readonly<Record<string, unknown>> {
  return { issue: eventIssue(store, issue) };
}

export function emitDeleted(store: JiraStore, origin: EventOrigin, payload: Readonly<Record<string, unknown>>): void {
  emit(store, 'avi:jira:deleted:issue', origin, payload);
}

export function emitCommented(store: JiraStore, origin: EventOrigin, issue: IssueRecord, comment: CommentRecord): void {
  emitComment(store, 'avi:jira:commented:issue', origin, issue, comment);
}

export function emitCommentDeleted(
  store: JiraStore,
  origin: EventOrigin,
  issue: IssueRecord,
  comment: CommentRecord,
): void {
  emitComment(store, 'avi:jira:deleted:comment', origin, issue, comment);
}

function emitComment(
  store: JiraStore,
  eventType: string,
  origin: EventOrigin,
  issue: IssueRecord,
  comment: CommentRecord,
): void {
  emit(store, eventType, origin, {
    issue: eventIssue(store, issue),
    comment: {
      id: comment.id,
      author: userJson(store, comment.author),
      body: comment.body,
      created: jiraInstant(comment.created),
      updated: jiraInstant(comment.updated),
    },
    associatedUsers: associatedUsers(store, [comment.author]),
  });
}

export function emitAttachment(
  store: JiraStore,
  origin: EventOrigin,
  did: 'created' | 'deleted',
  file: AttachmentRecord,
): void {
  emit(store, `avi:jira:${did}:attachment`, origin, {
    attachment: {
      id: file.id,
      issueId: file.issueId,
      fileName: file.fileName,
      createDate: jiraInstant(file.created),
      size: String(file.size),
      mimeType: file.mimeType,
      author: userJson(store, file.author),
    },
  });
}

function associatedUsers(store: JiraStore, accountIds: readonly unknown[]): readonly { readonly accountId: string }[] {
  const known = accountIds.filter((id): id is string => typeof id === 'string' && account(store, id) !== undefined);
  return [...new Set(known)].map((accountId) => ({ accountId }));
}

function associatedStatuses(store: JiraStore, { from, to }: ChangeItem): readonly unknown[] {
  const statuses = [from, to].map((id) => (id === null ? undefined : store.projects.status(id)));
  return statuses.flatMap((status) => (status === undefined ? [] : [statusJson(store, status)]));
}
