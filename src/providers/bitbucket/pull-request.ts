import type * as z from '#zod';
import type { NamedItem } from '../../evidence/item';
import { named, type Places } from '../github/naming';
import { statement, type Context } from '../github/statement';
import { commitIds } from '../optional';
import { personOf, typeOf } from './person';
import type {
  Account,
  approvalEvent,
  changesRequestEvent,
  commentEvent,
  PullRequest,
  pullRequestEvent,
} from './schemas';

/** Title and source branch name a change; the description and the destination do not. */
const placesOf = (pull: PullRequest): Places => [
  ['title', pull.title],
  ['branch', pull.source?.branch?.name],
];

/** What an event about the pull request as a whole leaves it in; the others say what the body says. */
const ENDS: Readonly<Record<string, string>> = { fulfilled: 'merged', rejected: 'declined' };

export function pullRequestItems(context: Context, event: z.infer<typeof pullRequestEvent>): readonly NamedItem[] {
  const pull = event.pullrequest;
  const state = ENDS[context.action ?? ''] ?? pull.state?.toLowerCase();
  const [head, merge] = [pull.source?.commit?.hash, state === 'merged' ? pull.merge_commit?.hash : null];
  const [from, to] = [pull.source?.repository?.full_name, pull.destination?.repository?.full_name];
  const item = statement(context, {
    kind: 'pull-request',
    id: String(pull.id),
    // Bitbucket abbreviates them, and an abbreviated hash names no commit for certain.
    commits: commitIds(head, merge),
    title: pull.title ?? '',
    url: pull.links?.html?.href,
    state: state === 'open' && pull.draft === true ? 'draft' : state,
    at: pull.updated_on,
    attributes: {
      branch: pull.source?.branch?.name,
      base: pull.destination?.branch?.name,
      head,
      merge,
      fork: from === to ? null : from,
    },
    people: [
      ['author', personOf(pull.author)],
      ['actor', state === 'merged' || state === 'declined' ? personOf(pull.closed_by) : null],
    ],
  });
  return [named(item, placesOf(pull))];
}

/** A person's approval of a pull request; the event says whether it was given or taken back, the body need not. */
export const approvalItems = (context: Context, event: z.infer<typeof approvalEvent>): readonly NamedItem[] => [
  verdictItem(context, event.pullrequest, event.approval, context.action),
];

export const changesRequestItems = (
  context: Context,
  event: z.infer<typeof changesRequestEvent>,
): readonly NamedItem[] => [
  verdictItem(
    context,
    event.pullrequest,
    event.changes_request,
    context.action === 'changes_request_created' ? 'changes_requested' : 'changes_request_removed',
  ),
];

/** Bitbucket gives a review no id: a person has one on a pull request, so it is named after both. */
function verdictItem(
  context: Context,
  pull: PullRequest,
  { user, date }: { readonly user?: Account; readonly date?: string | null | undefined },
  state: string | null,
): NamedItem {
  const reviewer = user?.uuid ?? user?.account_id ?? 'somebody';
  const item = statement(context, {
    kind: 'review',
    id: `${pull.id}/${reviewer}`,
    commits: commitIds(pull.source?.commit?.hash),
    title: pull.title ?? '',
    url: pull.links?.html?.href,
    state,
    at: date ?? pull.updated_on,
    attributes: reviewed(pull, user),
    people: [
      ['reviewer', personOf(user)],
      ['author', personOf(pull.author)],
    ],
  });
  return named(item, placesOf(pull));
}

export function commentItems(context: Context, event: z.infer<typeof commentEvent>): readonly NamedItem[] {
  const { pullrequest: pull, comment } = event;
  const item = statement(context, {
    kind: 'review',
    id: `${pull.id}/comment/${comment.id}`,
    commits: commitIds(pull.source?.commit?.hash),
    title: pull.title ?? '',
    url: comment.links?.html?.href ?? pull.links?.html?.href,
    state: context.action === 'comment_deleted' ? 'comment deleted' : 'commented',
    at: comment.updated_on ?? comment.created_on,
    attributes: reviewed(pull, comment.user),
    people: [
      ['reviewer', personOf(comment.user) ?? context.sender],
      ['author', personOf(pull.author)],
    ],
  });
  return [named(item, placesOf(pull))];
}

const reviewed = (pull: PullRequest, reviewer: Account) => ({
  pullRequest: pull.id,
  branch: pull.source?.branch?.name,
  head: pull.source?.commit?.hash,
  reviewerType: typeOf(reviewer),
});
