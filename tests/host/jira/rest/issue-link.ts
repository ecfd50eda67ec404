import * as z from 'zod/mini';
import { isDocument } from '../adf';
import { addComment, changeIssue } from '../issue-changes';
import { linkJson, linkTypeJson } from '../link-json';
import type { LinkRecord, LinkTypeRecord } from '../link-store';
import { Refusal } from '../refusal';
import { created, noContent, ok, type PathParams, type RestAnswer, type RestCall, type Route } from '../router';
import type { JiraStore } from '../store';
import { mayInProject, requireAdministrator, visibleIssue } from './access';
import { bodyOf, ownName } from './body';
import { originOf } from './issue';

/** Links between issues, and the types of links. */
export function issueLinkRoutes(store: JiraStore): readonly Route[] {
  const types = '/rest/api/3/issueLinkType';
  const path = '/rest/api/3/issueLink';
  return [
    {
      method: 'GET',
      path: types,
      handle: () => ok({ issueLinkTypes: store.links.types().map((type) => linkTypeJson(store, type)) }),
    },
    { method: 'POST', path: types, handle: (call) => createType(store, call) },
    { method: 'POST', path, handle: (call) => create(store, call) },
    { method: 'GET', path: `${path}/{linkId}`, handle: (call, params) => read(store, call, params) },
    { method: 'DELETE', path: `${path}/{linkId}`, handle: (call, params) => remove(store, call, params) },
  ];
}

const typeDefinition = z.object({ name: z.string(), inward: z.string(), outward: z.string() });

function createType(store: JiraStore, call: RestCall): RestAnswer {
  requireAdministrator(store, call.actor);
  const { name, inward, outward } = bodyOf(typeDefinition, call);
  const own = ownName(name, 'issue link type', store.links.types(), { taken: 404 });
  return created(
    linkTypeJson(
      store,
      store.transaction(() => store.links.addType({ name: own, inward, outward })),
    ),
  );
}

const named = z.object({ id: z.optional(z.string()), key: z.optional(z.string()) });
const definition = z.object({
  type: z.object({ id: z.optional(z.string()), name: z.optional(z.string()) }),
  inwardIssue: named,
  outwardIssue: named,
  comment: z.optional(z.object({ body: z.unknown() })),
});

/** A link that is there already is answered as one that was made. */
function create(store: JiraStore, call: RestCall): RestAnswer {
  const { type: wanted, inwardIssue, outwardIssue, comment } = bodyOf(definition, call);
  const type = store.links.types().find(({ id, name }) => id === wanted.id || name === wanted.name);
  if (type === undefined)
    throw new Refusal(404, `No issue link type with name '${wanted.name ?? wanted.id ?? ''}' found.`);
  const inward = visibleIssue(store, call.actor, inwardIssue.id ?? inwardIssue.key ?? '');
  const outward = visibleIssue(store, call.actor, outwardIssue.id ?? outwardIssue.key ?? '');
  if (!mayInProject(store, call.actor, 'LINK_ISSUES', inward.projectId))
    throw new Refusal(404, 'You do not have permission to link issues in this project.');
  if (inward.id === outward.id) throw new Refusal(400, 'You cannot link an issue to itself.');
  if (comment !== undefined && !isDocument(comment.body))
    throw new Refusal(400, { errors: { comment: 'Comment body is not valid!' } });
  store.transaction(() => {
    const link = store.links.add({ typeId: type.id, inward: inward.id, outward: outward.id });
    if (link !== undefined) tell(store, call, type, link, true);
    if (comment !== undefined) addComment(store, originOf(call), outward, comment.body);
  });
  return { status: 201 };
}

/** Both issues say in their changelogs that they are linked, or no longer are. */
function tell(store: JiraStore, call: RestCall, type: LinkTypeRecord, link: LinkRecord, made: boolean): void {
  const side = (issueId: string, otherId: string, words: string): void => {
    const key = store.issues.find(otherId)?.key ?? otherId;
    const there = { id: key, words: `This issue ${words} ${key}` };
    const [from, to] = made ? [undefined, there] : [there, undefined];
    const item = {
      field: 'Link',
      fieldtype: 'jira' as const,
      fieldId: 'issuelinks',
      from: from?.id ?? null,
      fromString: from?.words ?? null,
      to: to?.id ?? null,
      toString: to?.words ?? null,
    };
    if (store.issues.find(issueId) !== undefined) changeIssue(store, originOf(call), { issueId, items: [item] });
  };
  side(link.inward, link.outward, type.outward);
  side(link.outward, link.inward, type.inward);
}

/** For somebody who sees both issues. */
function visibleLink(store: JiraStore, call: RestCall, params: PathParams): LinkRecord {
  const link = store.links.find(params.get('linkId'));
  if (link === undefined) throw new Refusal(404, `No issue link with id '${params.get('linkId')}' exists.`);
  visibleIssue(store, call.actor, link.inward);
  visibleIssue(store, call.actor, link.outward);
  return link;
}

function read(store: JiraStore, call: RestCall, params: PathParams): RestAnswer {
  return ok(linkJson(store, visibleLink(store, call, params)));
}

function remove(store: JiraStore, call: RestCall, params: PathParams): RestAnswer {
  const link = visibleLink(store, call, params);
  const projectId = store.issues.find(link.inward)?.projectId ?? '';
  if (!mayInProject(store, call.actor, 'LINK_ISSUES', projectId))
    throw new Refusal(404, 'You do not have permission to link issues in this project.');
  const type = store.links.types().find(({ id }) => id === link.typeId);
  store.transaction(() => {
    store.links.remove(link.id);
    if (type !== undefined) tell(store, call, type, link, false);
  });
  return noContent;
}
