import * as z from 'zod/mini';
import { changeIssue } from '../issue-changes';
import type { RemoteLinkRecord } from '../link-store';
import { Refusal } from '../refusal';
import { noContent, ok, type PathParams, type RestAnswer, type RestCall, type Route } from '../router';
import type { JiraStore } from '../store';
import { issueFor, visibleIssue } from './access';
import { bodyOf } from './body';
import { originOf } from './issue';

/** Links from an issue to pages outside, as the document has them: list, one, add, delete. */
export function remoteLinkRoutes(store: JiraStore): readonly Route[] {
  const path = '/rest/api/3/issue/{issueIdOrKey}/remotelink';
  return [
    { method: 'GET', path, handle: (call, params) => list(store, call, params) },
    { method: 'POST', path, handle: (call, params) => add(store, call, params) },
    {
      method: 'GET',
      path: `${path}/{linkId}`,
      handle: (call, params) => ok(remoteLinkJson(store, found(store, call, params))),
    },
    { method: 'DELETE', path: `${path}/{linkId}`, handle: (call, params) => remove(store, call, params) },
  ];
}

const SENTENCE = 'You do not have permission to link issues in this project.';

const definition = z.object({
  globalId: z.optional(z.string().check(z.maxLength(255))),
  relationship: z.optional(z.string()),
  application: z.optional(z.object({ name: z.optional(z.string()), type: z.optional(z.string()) })),
  object: z.object({ title: z.string(), url: z.string() }),
});

function list(store: JiraStore, call: RestCall, params: PathParams): RestAnswer {
  const issue = visibleIssue(store, call.actor, params.get('issueIdOrKey'));
  return ok(store.links.remoteOf(issue.id).map((link) => remoteLinkJson(store, link)));
}

function add(store: JiraStore, call: RestCall, params: PathParams): RestAnswer {
  const issue = issueFor(store, call.actor, params.get('issueIdOrKey'), 'LINK_ISSUES', SENTENCE);
  const { globalId = null, relationship = null, application, object } = bodyOf(definition, call);
  return store.transaction(() => {
    const link = store.links.addRemote({
      issueId: issue.id,
      globalId,
      relationship,
      application: application?.name ?? null,
      title: object.title,
      url: object.url,
    });
    tell(store, call, link, true);
    return { status: 201, json: { id: Number(link.id), self: selfOf(store, link) } };
  });
}

function found(store: JiraStore, call: RestCall, params: PathParams): RemoteLinkRecord {
  const issue = visibleIssue(store, call.actor, params.get('issueIdOrKey'));
  const link = store.links.remoteOf(issue.id).find(({ id }) => id === params.get('linkId'));
  if (link === undefined) throw new Refusal(404, `No remote link with id '${params.get('linkId')}' exists.`);
  return link;
}

function remove(store: JiraStore, call: RestCall, params: PathParams): RestAnswer {
  issueFor(store, call.actor, params.get('issueIdOrKey'), 'LINK_ISSUES', SENTENCE);
  const link = found(store, call, params);
  store.transaction(() => {
    store.links.removeRemote(link.id);
    tell(store, call, link, false);
  });
  return noContent;
}

/** The issue's changelog says that it is linked to a page, or no longer is. */
function tell(store: JiraStore, call: RestCall, link: RemoteLinkRecord, made: boolean): void {
  const there = { id: link.id, words: `This issue links to "${link.title}"` };
  const [from, to] = made ? [undefined, there] : [there, undefined];
  const item = {
    field: 'RemoteIssueLink',
    fieldtype: 'jira' as const,
    fieldId: 'RemoteIssueLink',
    from: from?.id ?? null,
    fromString: from?.words ?? null,
    to: to?.id ?? null,
    toString: to?.words ?? null,
  };
  changeIssue(store, originOf(call), { issueId: link.issueId, items: [item] });
}

const selfOf = (store: JiraStore, { issueId, id }: RemoteLinkRecord): string =>
  `${store.baseUrl}/rest/api/3/issue/${store.issues.find(issueId)?.key ?? issueId}/remotelink/${id}`;

const remoteLinkJson = (store: JiraStore, link: RemoteLinkRecord) => ({
  id: Number(link.id),
  self: selfOf(store, link),
  ...(link.globalId === null ? {} : { globalId: link.globalId }),
  application: link.application === null ? {} : { name: link.application },
  ...(link.relationship === null ? {} : { relationship: link.relationship }),
  object: { url: link.url, title: link.title, icon: {}, status: { icon: {} } },
});
