import * as z from '#zod';
import { anything, flag, listOf, number, optional, text } from '../optional';

/**
 * What is relied on in GitLab's payloads, and nothing more (docs.gitlab.com, "Webhook events"). A fact rests on its id
 * alone, a commit on its full hash; payloads differ by version of GitLab, and a webhook's template may send less.
 */
const id = z.lazy(() => z.int().check(z.minimum(0)));
const sha = z.lazy(() => z.string().check(z.regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/)));
const ref = z.lazy(() => z.string().check(z.minLength(1)));

export const user = optional(() => z.object({ id: number, name: text, username: text, email: text }));
export type User = z.infer<typeof user>;

/** A person as a commit names them. */
const signature = optional(() => z.object({ name: text, email: text }));

const project = optional(() => z.object({ path_with_namespace: text, web_url: text }));
const repository = optional(() => z.object({ homepage: text }));

export const envelope = z.lazy(() => z.object({ user, project, repository, project_name: text }));
export type Envelope = z.infer<typeof envelope>;

export const push = z.lazy(() =>
  z.object({
    ref,
    before: text,
    after: text,
    user_name: text,
    user_username: text,
    user_email: text,
    total_commits_count: number,
    commits: z.nullish(z.array(z.object({ id: sha, message: text, timestamp: text, url: text, author: signature }))),
  }),
);

const people = listOf(() => z.object({ id: number, name: text, username: text, email: text }));

const mergeRequest = z.lazy(() =>
  z.object({
    iid: optional(() => id),
    url: text,
    title: text,
    state: text,
    action: text,
    draft: flag,
    work_in_progress: flag,
    author_id: number,
    source_branch: text,
    target_branch: text,
    source: project,
    target: project,
    last_commit: optional(() => z.object({ id: text })),
    merge_commit_sha: text,
    squash_commit_sha: text,
    updated_at: text,
  }),
);
export type MergeRequest = z.infer<typeof mergeRequest>;

export const mergeRequestEvent = z.lazy(() =>
  z.object({ user, object_attributes: mergeRequest, assignees: people, reviewers: people }),
);
export type MergeRequestEvent = z.infer<typeof mergeRequestEvent>;

export const note = z.lazy(() => z.object({ noteable_type: text, system: flag }));
export const noteEvent = z.lazy(() =>
  z.object({
    user,
    object_attributes: z.object({ id, url: text, created_at: text, updated_at: text }),
    merge_request: optional(() => mergeRequest),
  }),
);

export const pipelineEvent = z.lazy(() =>
  z.object({
    user,
    object_attributes: z.object({
      id,
      iid: number,
      name: text,
      ref: text,
      sha: text,
      source: text,
      status: text,
      created_at: text,
      finished_at: text,
      url: text,
      variables: anything,
    }),
    merge_request: optional(() => z.object({ title: text, source_branch: text, iid: number })),
    commit: optional(() => z.object({ message: text, author: signature })),
  }),
);

export const jobEvent = z.lazy(() =>
  z.object({
    user,
    build_id: id,
    build_name: text,
    build_stage: text,
    build_status: text,
    build_created_at: text,
    build_started_at: text,
    build_finished_at: text,
    pipeline_id: number,
    ref: text,
    sha: text,
    environment: optional(() => z.object({ name: text })),
    commit: optional(() => z.object({ message: text })),
  }),
);

export const deploymentEvent = z.lazy(() =>
  z.object({
    user,
    deployment_id: id,
    status: text,
    status_changed_at: text,
    deployable_url: text,
    environment: text,
    environment_tier: text,
    commit_url: text,
    commit_title: text,
    ref: text,
  }),
);

export const releaseEvent = z.lazy(() =>
  z.object({
    tag: ref,
    name: text,
    url: text,
    action: text,
    created_at: text,
    released_at: text,
    commit: optional(() => z.object({ id: text })),
  }),
);
