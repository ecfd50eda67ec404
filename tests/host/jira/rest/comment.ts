import { isDocument, isObject } from '../adf';
import { addComment, changeComment, removeComment } from '../issue-changes';
import { commentJson } from '../issue-json';
import { Refusal } from '../refusal';
import type { CommentRecord } from '../note-store';
import { created, noContent, ok, type PathParams, type RestAnswer, type RestCall, type Route } from '../router';
import type { JiraStore } from '../store';
import { issueFor, mayInProject, visibleIssue } from './access';
import { originOf } from './issue';
import { window } from './paging';

/** Comments of an issue: list, one, add, edit, delete. */
export function commentRoutes(store: JiraStore): readonly Route[] {
  const path = '/rest/api/3/issue/{issueIdOrKey}/comment';
  return [
    { method: 'GET', path, handle: (call, params) => list(store, call, params) },
    { method: 'GET', path: `${path}/{id}`, handle: (call, params) => one(store, call, params) },
    { method: 'POST', path, handle: (call, params) => add(store, call, params) },
    { method: 'PUT', path: `${path}/{id}`, handle: (call, params) => edit(store, call, params) },
    { method: 'DELETE', path: `${path}/{id}`, handle: (call, params) => remove(store, call, params) },
  ];
}

const PAGE_LIMIT = 5000;
const PAGE = 100;

function list(store: JiraStore, call: RestCall, params: PathParams): RestAnswer {
  const issue = visibleIssue(store, call.actor, params.get('issueIdOrKey'));
  const { startAt, maxResults } = window(call.query, PAGE, PAGE_LIMIT);
  const order = call.query.get('orderBy') ?? 'created';
  if (!/^[+-]?created$/.test(order)) throw new Refusal(400, "Comments can only be ordered by 'created'.");
  const oldestFirst = store.notes.comments(issue.id);
  const all = order.startsWith('-') ? oldestFirst.toReversed() : oldestFirst;
  const comments = all.slice(startAt, startAt + maxResults).map((comment) => commentJson(store, comment));
  return ok({ startAt, maxResults, total: all.length, comments });
}

function found(store: JiraStore, call: RestCall, params: PathParams) {
  const issue = visibleIssue(store, call.actor, params.get('issueIdOrKey'));
  const comment = store.notes.comments(issue.id).find(({ id }) => id === params.get('id'));
  if (comment === undefined) throw new Refusal(404, `Can not find a comment for the id: ${params.get('id')}.`);
  return { issue, comment };
}

function one(store: JiraStore, call: RestCall, params: PathParams): RestAnswer {
  return ok(commentJson(store, found(store, call, params).comment));
}

/** @throws Refusal 400, as the document has it of edits and deletions, without the permission for one's own or for all. */
function mayChange(
  store: JiraStore,
  call: RestCall,
  projectId: string,
  { author }: CommentRecord,
  did: 'EDIT' | 'DELETE',
): void {
  const own = author === call.accountId && mayInProject(store, call.actor, `${did}_OWN_COMMENTS`, projectId);
  if (!own && !mayInProject(store, call.actor, `${did}_ALL_COMMENTS`, projectId))
    throw new Refusal(400, `You do not have the permission to ${did.toLowerCase()} this comment.`);
}

function edit(store: JiraStore, call: RestCall, params: PathParams): RestAnswer {
  const { issue, comment } = found(store, call, params);
  mayChange(store, call, issue.projectId, comment, 'EDIT');
  const given = call.json();
  const body = isObject(given) ? given.body : undefined;
  if (!isDocument(body)) throw new Refusal(400, { errors: { comment: 'Comment body is not valid!' } });
  changeComment(store, issue, comment, body);
  return one(store, call, params);
}

function remove(store: JiraStore, call: RestCall, params: PathParams): RestAnswer {
  const { issue, comment } = found(store, call, params);
  mayChange(store, call, issue.projectId, comment, 'DELETE');
  removeComment(store, originOf(call), issue, comment);
  return noContent;
}

function add(store: JiraStore, call: RestCall, params: PathParams): RestAnswer {
  const sentence = 'You do not have the permission to comment on this issue.';
  const issue = issueFor(store, call.actor, params.get('issueIdOrKey'), 'ADD_COMMENTS', sentence);
  const given = call.json();
  const body = isObject(given) ? given.body : undefined;
  if (!isDocument(body)) throw new Refusal(400, { errors: { comment: 'Comment body is not valid!' } });
  return created(commentJson(store, addComment(store, originOf(call), issue, body)));
}
