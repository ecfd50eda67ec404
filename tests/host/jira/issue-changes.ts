import {
  emitAttachment,
  emitCommentDeleted,
  emitCommented,
  emitCreated,
  emitDeleted,
  emitUpdated,
  deletedPayload,
  type EventOrigin,
} from './events';
import type { HistoryRecord } from './history-store';
import type { IssueChange, IssueRecord, IssueValues } from './issue-store';
import type { AttachmentRecord, CommentRecord } from './note-store';
import { Refusal, ISSUE_NOT_FOUND } from './refusal';
import type { JiraStore } from './store';

/**
 * What can happen to an issue. Each function is one database transaction with everything in it: the values, exactly one
 * changelog entry, the product event. Permissions, screens and workflow rules were checked by the caller.
 */

/** A new issue. Creation itself is no changelog entry, as in Jira; `reporter` is the author unless `values` has another. */
export function createIssue(
  store: JiraStore,
  origin: EventOrigin,
  issue: {
    readonly projectId: string;
    readonly issueTypeId: string;
    readonly statusId: string;
    readonly values: IssueValues;
  },
): IssueRecord {
  return store.transaction(() => {
    const values = new Map<string, unknown>([
      ['reporter', origin.author],
      ['priority', DEFAULT_PRIORITY],
      ...issue.values,
    ]);
    const created = store.issues.insert({ ...issue, creator: origin.author, values });
    emitCreated(store, origin, created);
    return created;
  });
}

/** Medium. */
const DEFAULT_PRIORITY = '3';

/**
 * Changes values and status together: one changelog entry by `origin.author`, one updated event. Undefined, and no event,
 * when nothing differs from the issue as it is.
 */
export function changeIssue(
  store: JiraStore,
  origin: EventOrigin & { readonly silent?: boolean },
  change: Omit<IssueChange, 'author'>,
): HistoryRecord | undefined {
  return store.transaction(() => {
    const entry = store.issues.update(store, { ...change, author: origin.author });
    const issue = store.issues.find(change.issueId);
    if (entry !== undefined && issue !== undefined && origin.silent !== true) emitUpdated(store, origin, issue, entry);
    return entry;
  });
}

/** The issue with everything that hangs on it, for good. Only its own event is sent: deletion does not cascade in events. */
export function deleteIssue(store: JiraStore, origin: EventOrigin, issueId: string): void {
  store.transaction(() => {
    const issue = store.issues.find(issueId);
    if (issue === undefined) throw new Refusal(404, ISSUE_NOT_FOUND);
    const payload = deletedPayload(store, issue);
    store.issues.remove(issue.id);
    emitDeleted(store, origin, payload);
  });
}

/** A comment is no changelog entry, but makes the issue as recent as itself. */
export function addComment(store: JiraStore, origin: EventOrigin, issue: IssueRecord, body: unknown): CommentRecord {
  return store.transaction(() => {
    const comment = store.notes.addComment(issue.id, origin.author, body);
    store.issues.touch(issue.id);
    emitCommented(store, origin, issue, comment);
    return comment;
  });
}

/** An edit makes the issue as recent as itself; there is no event of it (the Forge events reference names none). */
export function changeComment(store: JiraStore, issue: IssueRecord, comment: CommentRecord, body: unknown): void {
  store.transaction(() => {
    store.notes.changeComment(comment.id, body);
    store.issues.touch(issue.id);
  });
}

export function removeComment(store: JiraStore, origin: EventOrigin, issue: IssueRecord, comment: CommentRecord): void {
  store.transaction(() => {
    store.notes.removeComment(comment.id);
    store.issues.touch(issue.id);
    emitCommentDeleted(store, origin, issue, comment);
  });
}

/** Each file is a changelog item "Attachment" of one entry. */
export function addAttachments(
  store: JiraStore,
  origin: EventOrigin,
  issue: IssueRecord,
  files: readonly { readonly fileName: string; readonly mimeType: string; readonly content: Uint8Array }[],
): readonly AttachmentRecord[] {
  return store.transaction(() => {
    const added = files.map((file) => store.notes.addAttachment({ ...file, issueId: issue.id, author: origin.author }));
    changeIssue(store, origin, { issueId: issue.id, items: added.map((file) => attachmentItem(null, file)) });
    for (const file of added) emitAttachment(store, origin, 'created', file);
    return added;
  });
}

export function removeAttachment(store: JiraStore, origin: EventOrigin, file: AttachmentRecord): void {
  store.transaction(() => {
    store.notes.removeAttachment(file.id);
    changeIssue(store, origin, { issueId: file.issueId, items: [attachmentItem(file, null)] });
    emitAttachment(store, origin, 'deleted', file);
  });
}

const attachmentItem = (before: AttachmentRecord | null, after: AttachmentRecord | null) => ({
  field: 'Attachment',
  fieldtype: 'jira' as const,
  fieldId: 'attachment',
  from: before?.id ?? null,
  fromString: before?.fileName ?? null,
  to: after?.id ?? null,
  toString: after?.fileName ?? null,
});
