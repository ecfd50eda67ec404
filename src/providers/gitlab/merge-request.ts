import type * as z from '#zod';
import type { NamedItem } from '../../evidence/item';
import { named, type Places } from '../github/naming';
import { statement, type Context } from '../github/statement';
import { commitIds } from '../optional';
import { personOf, timeOf, typeOf } from './person';
import type { MergeRequest, MergeRequestEvent, noteEvent, User } from './schemas';

/** Title and source branch name a change; the description and the target branch do not. */
const placesOf = (request: MergeRequest): Places => [
  ['title', request.title],
  ['branch', request.source_branch],
];

/** The number that people use; its address ends in it. */
const numberOf = ({ iid, url }: MergeRequest): string | undefined =>
  iid === null || iid === undefined
    ? /\/merge_requests\/(\d{1,18})(?:#|$)/.exec(url?.slice(-200) ?? '')?.[1]
    : String(iid);

/** `approval` and `unapproval` are those of one person, `approved` and `unapproved` such that settle the request. */
const APPROVALS: Readonly<Record<string, string>> = {
  approved: 'approved',
  approval: 'approved',
  unapproved: 'unapproved',
  unapproval: 'unapproved',
};

/** A merge request, or the approval of it that a person gave or took back. Undefined when it has no number. */
export function mergeRequestItems(context: Context, event: MergeRequestEvent): readonly NamedItem[] | undefined {
  const { object_attributes: request } = event;
  const number = numberOf(request);
  if (number === undefined) return undefined;
  const approval = APPROVALS[request.action ?? ''];
  return [
    approval === undefined ? requestItem(context, event, number) : approvalItem(context, event, number, approval),
  ];
}

function requestItem(context: Context, event: MergeRequestEvent, number: string): NamedItem {
  const { object_attributes: request } = event;
  const merged = request.state === 'merged' || request.action === 'merge';
  const head = request.last_commit?.id;
  const merge = merged ? request.merge_commit_sha : null;
  const squash = merged ? request.squash_commit_sha : null;
  const [from, to] = [request.source?.path_with_namespace, request.target?.path_with_namespace];
  const isDraft = request.draft === true || request.work_in_progress === true;
  const state = request.state === 'opened' ? (isDraft ? 'draft' : 'open') : request.state;
  const item = statement(context, {
    kind: 'pull-request',
    id: number,
    commits: commitIds(head, merge, squash),
    title: request.title ?? '',
    url: request.url,
    state: merged ? 'merged' : state,
    at: timeOf(request.updated_at),
    attributes: {
      branch: request.source_branch,
      base: request.target_branch,
      head,
      merge,
      fork: from === to ? null : from,
    },
    people: [
      ['author', authorOf(event)],
      ['actor', merged ? personOf(event.user) : null],
    ],
  });
  return named(item, placesOf(request));
}

/** A person has one approval of a request; GitLab gives it no id, so it is named after both. */
function approvalItem(context: Context, event: MergeRequestEvent, number: string, state: string): NamedItem {
  const { object_attributes: request, user } = event;
  const item = statement(context, {
    kind: 'review',
    id: `${number}/${user?.id ?? 'somebody'}`,
    // The approval stands for what the source branch held when it was given or taken back.
    commits: commitIds(request.last_commit?.id),
    title: request.title ?? '',
    url: request.url,
    state,
    at: timeOf(request.updated_at),
    attributes: {
      pullRequest: number,
      branch: request.source_branch,
      reviewerType: typeOf(user),
      byAuthor: byAuthor(request, user),
    },
    people: [
      ['reviewer', personOf(user)],
      ['author', authorOf(event)],
    ],
  });
  return named(item, placesOf(request));
}

export function noteItems(context: Context, event: z.infer<typeof noteEvent>): readonly NamedItem[] | undefined {
  const { object_attributes: note, merge_request: request, user } = event;
  const number = request === null || request === undefined ? undefined : numberOf(request);
  if (request === null || request === undefined || number === undefined) return undefined;
  const item = statement(context, {
    kind: 'review',
    id: `${number}/note/${note.id}`,
    commits: commitIds(request.last_commit?.id),
    title: request.title ?? '',
    url: note.url,
    state: 'commented',
    at: timeOf(note.updated_at ?? note.created_at),
    attributes: {
      pullRequest: number,
      branch: request.source_branch,
      reviewerType: typeOf(user),
      byAuthor: byAuthor(request, user),
    },
    people: [['reviewer', personOf(user)]],
  });
  return [named(item, placesOf(request))];
}

/** GitLab names the author by number only; who it is, is told where one of the people of the event has that number. */
function authorOf({ object_attributes: request, user, assignees, reviewers }: MergeRequestEvent) {
  const { author_id: author } = request;
  if (typeof author !== 'number') return null;
  return personOf([user, ...(assignees ?? []), ...(reviewers ?? [])].find((one) => one?.id === author));
}

/** Whether the reviewer wrote the request, by the numbers of their accounts; null when GitLab does not say. */
const byAuthor = ({ author_id: author }: MergeRequest, user: User): string | null =>
  typeof author === 'number' && typeof user?.id === 'number' ? (author === user.id ? 'yes' : 'no') : null;
