import type * as z from '#zod';
import type { NamedItem } from '../../evidence/item';
import { named, type Places } from '../github/naming';
import { statement } from '../github/statement';
import { commitIds } from '../optional';
import { contextOf, isGroup, personOf, repositoryName, shortRef, type Delivered } from './person';
import type { PullRequest, pullRequestEvent } from './schemas';

/** Title and source branch name a change; the description and the target branch do not. */
const placesOf = (pull: PullRequest): Places => [
  ['title', pull.title],
  ['branch', shortRef(pull.sourceRefName)],
];

/** Azure DevOps writes a merge commit for every try; only that of a completed pull request is anybody's commit. */
const isMerged = (pull: PullRequest): boolean => pull.status === 'completed';

/**
 * The pull request, and the vote of each reviewer who is a person: there is no event of a review, every event states
 * how all votes stand. A vote not given is stated by later events only, where it may be one that was taken back.
 */
export function pullRequestItems(
  delivered: Delivered,
  { resource: pull }: z.infer<typeof pullRequestEvent>,
): readonly NamedItem[] {
  const votes = (pull.reviewers ?? []).filter((reviewer) => reviewer !== null && !isGroup(reviewer));
  return [
    pullRequestItem(delivered, pull),
    ...votes.flatMap((reviewer) =>
      reviewer === null || (reviewer.vote === 0 && delivered.action === 'created')
        ? []
        : [reviewItem(delivered, pull, reviewer)],
    ),
  ];
}

function pullRequestItem(delivered: Delivered, pull: PullRequest): NamedItem {
  const merged = isMerged(pull);
  const head = pull.lastMergeSourceCommit?.commitId;
  const merge = merged ? pull.lastMergeCommit?.commitId : null;
  const item = statement(contextOf(delivered, repositoryName(pull.repository)), {
    kind: 'pull-request',
    id: String(pull.pullRequestId),
    commits: commitIds(head, merge),
    title: pull.title ?? '',
    url: urlOf(pull),
    state: merged ? 'merged' : pull.isDraft === true && pull.status === 'active' ? 'draft' : pull.status,
    at: delivered.at,
    attributes: {
      branch: shortRef(pull.sourceRefName),
      base: shortRef(pull.targetRefName),
      head,
      merge,
      fork: repositoryName(pull.forkSource?.repository),
    },
    people: [
      ['author', personOf(pull.createdBy)],
      ['actor', personOf(pull.closedBy)],
    ],
  });
  return named(item, placesOf(pull));
}

/** learn.microsoft.com, REST reference "IdentityRefWithVote". Approved with suggestions is an approval. */
const VOTES: Readonly<Record<number, string>> = {
  10: 'approved',
  5: 'approved',
  0: 'no vote',
  [-5]: 'waiting for author',
  [-10]: 'rejected',
};

type Reviewer = NonNullable<NonNullable<PullRequest['reviewers']>[number]>;

/** A person has one vote on a pull request; Azure DevOps gives it no id, so it is named after both. */
function reviewItem(delivered: Delivered, pull: PullRequest, reviewer: Reviewer): NamedItem {
  const item = statement(contextOf(delivered, repositoryName(pull.repository)), {
    kind: 'review',
    id: `${pull.pullRequestId}/${reviewer.id}`,
    // The vote stands for what the source branch held when the event was sent.
    commits: commitIds(pull.lastMergeSourceCommit?.commitId),
    title: pull.title ?? '',
    url: urlOf(pull),
    state: VOTES[reviewer.vote] ?? `vote ${reviewer.vote}`,
    at: delivered.at,
    attributes: { pullRequest: pull.pullRequestId, branch: shortRef(pull.sourceRefName), vote: reviewer.vote },
    people: [
      ['reviewer', personOf(reviewer)],
      ['author', personOf(pull.createdBy)],
    ],
  });
  return named(item, placesOf(pull));
}

function urlOf(pull: PullRequest): string | null {
  const remote = pull.repository?.remoteUrl;
  const page = typeof remote === 'string' ? `${remote}/pullrequest/${pull.pullRequestId}` : null;
  return pull._links?.web?.href ?? page ?? pull.url ?? null;
}
