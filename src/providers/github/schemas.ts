import * as z from '#zod';
import { flag, listOf, optional, text } from '../optional';

/**
 * What is relied on in GitHub's payloads, and nothing more (docs.github.com, "Webhook events and payloads"). Members
 * that GitHub leaves out or sends as null (ghosts, deleted forks, checks without a branch), and those that other
 * collectors of its events make something else of, are as if they were not there; a fact rests on its id and commit.
 */
const sha = z.string().check(z.regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/));
const number = z.int().check(z.minimum(0));

const maybeSha = optional(() => sha);
const maybeNumber = optional(() => number);

export const repository = optional(() => z.object({ full_name: text, html_url: text }));
export const user = optional(() => z.object({ login: text, name: text, email: text, type: text }));
/** A person as a commit names them; `username` is the GitHub account when GitHub knows one. */
const signature = optional(() => z.object({ name: text, email: text, username: text }));

export const envelope = z.object({ action: text, repository, sender: user });

export const commit = z.object({
  id: sha,
  message: text,
  timestamp: text,
  url: text,
  author: signature,
  committer: signature,
});

export const push = z.object({
  ref: z.string().check(z.minLength(1)),
  before: maybeSha,
  after: maybeSha,
  created: flag,
  deleted: flag,
  forced: flag,
  compare: text,
  commits: z.array(commit),
  head_commit: optional(() => commit),
  pusher: signature,
});

const branch = optional(() => z.object({ ref: text, sha: maybeSha }));

const pullRequest = z.object({
  number,
  title: text,
  state: text,
  draft: flag,
  merged: flag,
  merged_at: text,
  merge_commit_sha: maybeSha,
  updated_at: text,
  html_url: text,
  user,
  merged_by: user,
  head: branch,
  base: branch,
});
export type PullRequest = z.infer<typeof pullRequest>;

export const pullRequestEvent = z.object({ pull_request: pullRequest });

export const reviewEvent = z.object({
  pull_request: pullRequest,
  review: z.object({
    id: number,
    state: z.string(),
    commit_id: maybeSha,
    submitted_at: text,
    updated_at: text,
    html_url: text,
    user,
  }),
});

const namedPullRequests = listOf(() => z.object({ number: maybeNumber, head: branch }));

export const workflowRunEvent = z.object({
  workflow_run: z.object({
    id: number,
    name: text,
    display_title: text,
    event: text,
    status: text,
    conclusion: text,
    head_branch: text,
    head_sha: sha,
    head_commit: optional(() => z.object({ message: text })),
    path: text,
    run_number: maybeNumber,
    run_attempt: maybeNumber,
    updated_at: text,
    html_url: text,
    actor: user,
    triggering_actor: user,
    pull_requests: namedPullRequests,
  }),
});

export const checkRunEvent = z.object({
  check_run: z.object({
    id: number,
    name: text,
    status: text,
    conclusion: text,
    head_sha: sha,
    started_at: text,
    completed_at: text,
    html_url: text,
    app: optional(() => z.object({ slug: text, name: text })),
    check_suite: optional(() => z.object({ id: maybeNumber, head_branch: text })),
    pull_requests: namedPullRequests,
  }),
});

const deployment = z.object({
  id: number,
  sha,
  ref: text,
  task: text,
  environment: text,
  description: text,
  production_environment: flag,
  /** An object, or whatever string the caller of the API gave, often JSON. */
  payload: z.unknown(),
  created_at: text,
  url: text,
  creator: user,
});
export type Deployment = z.infer<typeof deployment>;

export const deploymentEvent = z.object({ deployment });

export const deploymentStatusEvent = z.object({
  deployment,
  deployment_status: z.object({
    id: number,
    state: z.string(),
    description: text,
    environment: text,
    created_at: text,
    updated_at: text,
    log_url: text,
    target_url: text,
    url: text,
    creator: user,
  }),
});
