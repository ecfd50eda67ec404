import * as z from '#zod';

/**
 * What is relied on in GitHub's payloads, and nothing more (docs.github.com, "Webhook events and payloads"). Members
 * that GitHub leaves out or sends as null (ghosts, deleted forks, checks without a branch) are nullish throughout.
 */
const text = z.nullish(z.string());
const sha = z.string().check(z.regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/));
const number = z.int().check(z.minimum(0));

export const repository = z.nullish(z.object({ full_name: text, html_url: text }));
export const user = z.nullish(z.object({ login: text, name: text, email: text, type: text }));
/** A person as a commit names them; `username` is the GitHub account when GitHub knows one. */
const signature = z.nullish(z.object({ name: text, email: text, username: text }));

export const envelope = z.object({ action: text, repository, sender: user });

export const commit = z.object({
  id: sha,
  message: z.string(),
  timestamp: text,
  url: text,
  author: signature,
  committer: signature,
});

export const push = z.object({
  ref: z.string().check(z.minLength(1)),
  before: z.nullish(sha),
  after: z.nullish(sha),
  created: z.nullish(z.boolean()),
  deleted: z.nullish(z.boolean()),
  forced: z.nullish(z.boolean()),
  compare: text,
  commits: z.array(commit),
  head_commit: z.nullish(commit),
  pusher: signature,
});

const branch = z.nullish(z.object({ ref: text, sha: z.nullish(sha) }));

const pullRequest = z.object({
  number,
  title: z.string(),
  state: text,
  draft: z.nullish(z.boolean()),
  merged: z.nullish(z.boolean()),
  merged_at: text,
  merge_commit_sha: z.nullish(sha),
  updated_at: text,
  html_url: text,
  user,
  merged_by: user,
  head: branch,
  base: branch,
});
export type PullRequest = z.infer<typeof pullRequest>;

export const pullRequestEvent = z.object({ number, pull_request: pullRequest });

export const reviewEvent = z.object({
  pull_request: pullRequest,
  review: z.object({
    id: number,
    state: z.string(),
    commit_id: z.nullish(sha),
    submitted_at: text,
    updated_at: text,
    html_url: text,
    user,
  }),
});

const namedPullRequests = z.nullish(z.array(z.nullish(z.object({ number: z.nullish(number), head: branch }))));

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
    head_commit: z.nullish(z.object({ message: text })),
    path: text,
    run_number: z.nullish(number),
    run_attempt: z.nullish(number),
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
    app: z.nullish(z.object({ slug: text, name: text })),
    check_suite: z.nullish(z.object({ id: z.nullish(number), head_branch: text })),
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
  production_environment: z.nullish(z.boolean()),
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
