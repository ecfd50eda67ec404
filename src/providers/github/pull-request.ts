import type * as z from '#zod';
import type { NamedItem } from '../../evidence/item';
import { named, type Places } from './naming';
import type { PullRequest, pullRequestEvent, reviewEvent } from './schemas';
import { statement, type Context } from './statement';

/** Title and head branch name a change; the description and the base branch do not. */
const placesOf = (pull: PullRequest): Places => [
  ['title', pull.title],
  ['branch', pull.head?.ref],
];

/** Every action of a pull request is a statement about it; the state says merged, open, draft or closed. */
export function pullRequestItems(context: Context, event: z.infer<typeof pullRequestEvent>): readonly NamedItem[] {
  const pull = event.pull_request;
  const merged = pull.merged === true || typeof pull.merged_at === 'string';
  // Before the merge GitHub puts a throw-away test merge here, which is nobody's commit.
  const merge = merged ? pull.merge_commit_sha : null;
  const item = statement(context, {
    kind: 'pull-request',
    id: String(pull.number),
    commits: [pull.head?.sha, merge].filter((sha) => typeof sha === 'string'),
    title: pull.title ?? '',
    url: pull.html_url,
    state: merged ? 'merged' : pull.draft === true && pull.state === 'open' ? 'draft' : pull.state,
    at: pull.updated_at,
    attributes: { branch: pull.head?.ref, base: pull.base?.ref, head: pull.head?.sha, merge },
    people: [
      ['author', pull.user],
      ['actor', merged ? pull.merged_by : null],
    ],
  });
  return [named(item, placesOf(pull))];
}

export function reviewItems(context: Context, event: z.infer<typeof reviewEvent>): readonly NamedItem[] {
  const { review, pull_request: pull } = event;
  const item = statement(context, {
    kind: 'review',
    id: String(review.id),
    commits: [review.commit_id].filter((sha) => typeof sha === 'string'),
    title: pull.title ?? '',
    url: review.html_url,
    state: review.state,
    at: review.updated_at ?? review.submitted_at,
    attributes: {
      pullRequest: pull.number,
      branch: pull.head?.ref,
      // An app's review is no person's review.
      reviewerType: review.user?.type,
    },
    people: [
      ['reviewer', review.user],
      ['author', pull.user],
    ],
  });
  return [named(item, placesOf(pull))];
}
