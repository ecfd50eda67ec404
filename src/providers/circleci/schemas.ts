import * as z from '#zod';
import { anything, number, optional, text } from '../optional';

/**
 * What is relied on in CircleCI's payloads, and nothing more (circleci.com/docs, "Outbound webhooks reference").
 * `pipeline.vcs` is there for projects of the GitHub OAuth app and Bitbucket, `pipeline.trigger_parameters` for GitLab,
 * the GitHub App and custom webhooks. A fact rests on its id alone.
 */
const id = z.lazy(() => z.string().check(z.minLength(1)));

const signature = optional(() => z.object({ name: text, email: text }));

const vcs = optional(() =>
  z.object({
    origin_repository_url: text,
    target_repository_url: text,
    revision: text,
    branch: text,
    tag: text,
    commit: optional(() => z.object({ subject: text, body: text, author: signature, committer: signature })),
  }),
);

/** The members that the parameters of the different code hosts share, each under the names that it has. */
const trigger = z.lazy(() =>
  z.object({
    branch: text,
    tag: text,
    ref: text,
    commit_sha: text,
    checkout_sha: text,
    commit_title: text,
    commit_message: text,
    commit_author_name: text,
    commit_author_email: text,
    user_name: text,
    user_username: text,
    user_email: text,
    web_url: text,
    repo_url: text,
  }),
);
export type Trigger = z.infer<typeof trigger>;

const pipeline = optional(() =>
  z.object({
    number,
    trigger: optional(() => z.object({ type: text })),
    vcs,
    trigger_parameters: optional(() =>
      z.object({
        git: optional(() => trigger),
        gitlab: optional(() => trigger),
        github_app: optional(() => trigger),
        webhook: optional(() => z.object({ body: anything })),
      }),
    ),
    parameters: anything,
  }),
);
export type Pipeline = z.infer<typeof pipeline>;

const shared = () => ({
  happened_at: text,
  project: optional(() => z.object({ name: text, slug: text })),
  organization: optional(() => z.object({ name: text })),
  pipeline,
});

export const workflowCompleted = z.lazy(() =>
  z.object({
    ...shared(),
    workflow: z.object({ id, name: text, status: text, stopped_at: text, url: text }),
  }),
);

export const jobCompleted = z.lazy(() =>
  z.object({
    ...shared(),
    workflow: optional(() => z.object({ id: text, name: text, url: text })),
    job: z.object({ id, name: text, status: text, stopped_at: text, number }),
  }),
);
