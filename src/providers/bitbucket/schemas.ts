import * as z from '#zod';
import { flag, listOf, optional, text } from '../optional';

/**
 * What is relied on in Bitbucket Cloud's payloads, and nothing more (support.atlassian.com, "Event payloads"). A fact rests
 * on its id alone, a commit on its full hash; hashes of pull requests are abbreviated by Bitbucket itself.
 */
const id = z.lazy(() => z.int().check(z.minimum(0)));
const sha = z.lazy(() => z.string().check(z.regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/)));
const name = z.lazy(() => z.string().check(z.minLength(1)));

/** `account_id` is the Atlassian account, the same as in Jira. Teams and apps say so in `type`. */
export const account = optional(() =>
  z.object({ display_name: text, nickname: text, username: text, account_id: text, uuid: text, type: text }),
);
export type Account = z.infer<typeof account>;

const repository = optional(() => z.object({ full_name: text }));
const html = optional(() => z.object({ html: optional(() => z.object({ href: text })) }));

export const envelope = z.lazy(() => z.object({ actor: account, repository }));

/** `raw` is the author as git has it, `user` the account that Bitbucket knows for it; older payloads have the account only. */
const author = optional(() =>
  z.object({ raw: text, user: account, display_name: text, nickname: text, username: text, account_id: text }),
);

const commit = z.lazy(() => z.object({ hash: sha, message: text, date: text, author, links: html }));
export type Commit = z.infer<typeof commit>;

/** `type` is branch or tag, or named_branch or bookmark of a Mercurial repository. */
const ref = z.lazy(() =>
  z.nullish(z.object({ type: text, name, target: optional(() => z.object({ hash: text, date: text })), links: html })),
);
export type Ref = z.infer<typeof ref>;

export const push = z.lazy(() =>
  z.object({
    push: z.object({
      changes: z.array(
        z.object({
          new: ref,
          old: ref,
          created: flag,
          closed: flag,
          forced: flag,
          truncated: flag,
          commits: z.nullish(z.array(commit)),
        }),
      ),
    }),
  }),
);

const side = optional(() =>
  z.object({
    branch: optional(() => z.object({ name: text })),
    commit: optional(() => z.object({ hash: text })),
    repository,
  }),
);

const pullRequest = z.lazy(() =>
  z.object({
    id,
    title: text,
    state: text,
    draft: flag,
    author: account,
    closed_by: account,
    source: side,
    destination: side,
    merge_commit: optional(() => z.object({ hash: text })),
    participants: listOf(() => z.object({ user: account, approved: flag })),
    updated_on: text,
    links: html,
  }),
);
export type PullRequest = z.infer<typeof pullRequest>;

const said = z.lazy(() => z.object({ date: text, user: account }));

export const pullRequestEvent = z.lazy(() => z.object({ pullrequest: pullRequest }));
export const approvalEvent = z.lazy(() => z.object({ pullrequest: pullRequest, approval: said }));
export const changesRequestEvent = z.lazy(() => z.object({ pullrequest: pullRequest, changes_request: said }));
export const commentEvent = z.lazy(() =>
  z.object({
    pullrequest: pullRequest,
    comment: z.object({ id, created_on: text, updated_on: text, user: account, links: html }),
  }),
);

export const statusEvent = z.lazy(() =>
  z.object({
    commit_status: z.object({
      key: name,
      name: text,
      description: text,
      state: text,
      refname: text,
      url: text,
      created_on: text,
      updated_on: text,
      commit: optional(() => z.object({ hash: text, message: text })),
      links: optional(() => z.object({ commit: optional(() => z.object({ href: text })) })),
    }),
  }),
);
