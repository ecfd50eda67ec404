import { fieldSchema } from './field-schema';
import { fieldJson } from './field-values';
import { historyJson, issueTypeJson, projectJson, statusJson, userJson } from './json';
import { jiraInstant } from './instants';
import { linkJson } from './link-json';
import type { IssueRecord, IssueValues } from './issue-store';
import type { AttachmentRecord, CommentRecord } from './note-store';
import type { JiraStore } from './store';

/** What a call asks of an issue, as the `fields`, `expand` and `properties` parameters say it. */
export interface IssueView {
  /** Field ids, `*all`, `*navigable`, or `-id` to leave one out. */
  readonly fields: readonly string[];
  readonly expand: ReadonlySet<string>;
  readonly properties: readonly string[];
}

/** `GET /issue/{key}?expand=changelog` answers the newest entries only; all of them are at `/changelog`. */
export const EXPANDED_HISTORY_LIMIT = 100;

/** The issue as REST answers it. */
export function issueJson(store: JiraStore, issue: IssueRecord, view: IssueView): Readonly<Record<string, unknown>> {
  const fields = pickFields(allFields(store, issue, store.issues.values(issue.id)), view.fields);
  const bean: Record<string, unknown> = {
    expand: 'renderedFields,names,schema,operations,editmeta,changelog,versionedRepresentations',
    id: issue.id,
    self: `${store.baseUrl}/rest/api/3/issue/${issue.id}`,
    key: issue.key,
  };
  if (view.expand.has('names')) bean.names = namesOf(store, Object.keys(fields));
  if (view.expand.has('schema')) bean.schema = schemasOf(store, Object.keys(fields));
  if (view.expand.has('changelog')) bean.changelog = expandedHistory(store, issue);
  if (view.properties.length > 0) bean.properties = pickProperties(store, issue, view.properties);
  return { ...bean, fields };
}

function expandedHistory(store: JiraStore, issue: IssueRecord): unknown {
  const histories = store.histories.page(issue.id, 'newest-first', 0, EXPANDED_HISTORY_LIMIT);
  return {
    startAt: 0,
    maxResults: histories.length,
    total: store.histories.count(issue.id),
    histories: histories.map((entry) => historyJson(store, entry)),
  };
}

function pickProperties(store: JiraStore, issue: IssueRecord, wanted: readonly string[]): unknown {
  const all = [...store.notes.properties('issue', issue.id)];
  return Object.fromEntries(wanted.includes('*all') ? all : all.filter(([key]) => wanted.includes(key)));
}

/** Every field of an issue by id, with `values` for what is kept per issue: also of values that are not yet written. */
export function allFields(
  store: JiraStore,
  issue: IssueRecord,
  values: IssueValues,
): Readonly<Record<string, unknown>> {
  const kept = store.fields.all().flatMap((field) => {
    if (field.kind === 'system') return [];
    return [[field.id, fieldJson(store, field, values.get(field.id))] as const];
  });
  return { ...systemFields(store, issue), ...Object.fromEntries(kept) };
}

function systemFields(store: JiraStore, issue: IssueRecord): Readonly<Record<string, unknown>> {
  const type = store.projects.issueType(issue.issueTypeId);
  const project = store.projects.find(issue.projectId);
  const status = store.projects.status(issue.statusId);
  const comments = store.notes.comments(issue.id);
  const self = `${store.baseUrl}/rest/api/3/issue/${issue.id}`;
  return {
    issuetype: type === undefined ? null : issueTypeJson(store, type),
    project: project === undefined ? null : projectJson(store, project),
    status: status === undefined ? null : statusJson(store, status),
    statuscategorychangedate: jiraInstant(issue.statusChanged),
    creator: userJson(store, issue.creator),
    created: jiraInstant(issue.created),
    updated: jiraInstant(issue.updated),
    attachment: store.notes.attachments(issue.id).map((file) => attachmentJson(store, file)),
    comment: {
      comments: comments.map((comment) => commentJson(store, comment)),
      self: `${self}/comment`,
      maxResults: comments.length,
      total: comments.length,
      startAt: 0,
    },
    ...NOT_USED,
    issuelinks: store.links.of(issue.id).map((link) => linkJson(store, link, issue.id)),
    watches: {
      self: `${store.baseUrl}/rest/api/3/issue/${issue.key}/watchers`,
      watchCount: store.links.watchers(issue.id).length,
      isWatching: false,
    },
    votes: { self: `${store.baseUrl}/rest/api/3/issue/${issue.key}/votes`, votes: 0, hasVoted: false },
  };
}

/** Fields that every issue of a real site has and nothing on this one fills. */
const NOT_USED = {
  resolution: null,
  resolutiondate: null,
  duedate: null,
  environment: null,
  components: [],
  fixVersions: [],
  versions: [],
  subtasks: [],
} as const;

/** Left out of `*navigable`, as in Jira: long lists that no column shows. */
const NOT_NAVIGABLE = new Set(['attachment', 'comment']);

function pickFields(
  all: Readonly<Record<string, unknown>>,
  wanted: readonly string[],
): Readonly<Record<string, unknown>> {
  const without = new Set(wanted.filter((id) => id.startsWith('-')).map((id) => id.slice(1)));
  const named = new Set(wanted.filter((id) => !id.startsWith('-') && !id.startsWith('*')));
  const everything = wanted.includes('*all') || (named.size === 0 && !wanted.includes('*navigable'));
  const navigable = wanted.includes('*navigable');
  return Object.fromEntries(
    Object.entries(all).filter(
      ([id]) => !without.has(id) && (everything || named.has(id) || (navigable && !NOT_NAVIGABLE.has(id))),
    ),
  );
}

function namesOf(store: JiraStore, ids: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(ids.map((id) => [id, store.fields.find(id)?.name ?? id]));
}

function schemasOf(store: JiraStore, ids: readonly string[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    ids.flatMap((id) => {
      const field = store.fields.find(id);
      return field === undefined ? [] : [[id, fieldSchema(field.id, field.kind)] as const];
    }),
  );
}

export function commentJson(store: JiraStore, comment: CommentRecord): Readonly<Record<string, unknown>> {
  return {
    self: `${store.baseUrl}/rest/api/3/issue/${comment.issueId}/comment/${comment.id}`,
    id: comment.id,
    author: userJson(store, comment.author),
    body: comment.body,
    updateAuthor: userJson(store, comment.author),
    created: jiraInstant(comment.created),
    updated: jiraInstant(comment.updated),
    jsdPublic: true,
  };
}

/** An attachment of an issue; `GET /attachment/{id}` has the number as its id, this one text, as in recorded answers. */
export function attachmentJson(store: JiraStore, file: AttachmentRecord): Readonly<Record<string, unknown>> {
  return {
    self: `${store.baseUrl}/rest/api/3/attachment/${file.id}`,
    id: file.id,
    filename: file.fileName,
    author: userJson(store, file.author),
    created: jiraInstant(file.created),
    size: file.size,
    mimeType: file.mimeType,
    content: `${store.baseUrl}/rest/api/3/attachment/content/${file.id}`,
  };
}
