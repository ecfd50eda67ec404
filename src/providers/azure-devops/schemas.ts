import * as z from '#zod';
import { anything, flag, listOf, number, optional, text } from '../optional';

/**
 * What is relied on in Azure DevOps' payloads, and nothing more (learn.microsoft.com, "Service hook events"). A fact
 * rests on its id alone, a commit on its full hash; payloads differ by version of the event and of the server, and a
 * subscription may be told to send less.
 */
const id = z.lazy(() => z.int().check(z.minimum(0)));
const sha = z.lazy(() => z.string().check(z.regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/)));

/** A person of Azure DevOps; `uniqueName` is the sign-in name, most often an e-mail address. */
export const identity = optional(() => z.object({ displayName: text, uniqueName: text, isContainer: flag }));
export type Identity = z.infer<typeof identity>;

/** A person as a commit names them. */
const signature = optional(() => z.object({ name: text, email: text, date: text }));

const web = optional(() => z.object({ web: optional(() => z.object({ href: text })) }));
const project = optional(() => z.object({ name: text }));
export const repository = optional(() => z.object({ name: text, remoteUrl: text, project }));

export const envelope = z.lazy(() => z.object({ createdDate: text }));

export const push = z.lazy(() =>
  z.object({
    resource: z.object({
      commits: z.nullish(
        z.array(
          z.object({
            commitId: sha,
            author: signature,
            committer: signature,
            comment: z.nullish(z.string()),
            url: text,
          }),
        ),
      ),
      refUpdates: z.array(z.object({ name: z.string().check(z.minLength(1)), oldObjectId: text, newObjectId: text })),
      repository,
      pushedBy: identity,
      date: text,
    }),
  }),
);

const commit = optional(() => z.object({ commitId: text }));

const reviewer = z.lazy(() =>
  z.object({
    id: z.string().check(z.minLength(1)),
    vote: z.int(),
    displayName: text,
    uniqueName: text,
    isContainer: flag,
  }),
);

const pullRequest = z.lazy(() =>
  z.object({
    pullRequestId: id,
    title: text,
    status: text,
    isDraft: flag,
    createdBy: identity,
    closedBy: identity,
    sourceRefName: text,
    targetRefName: text,
    lastMergeSourceCommit: commit,
    lastMergeCommit: commit,
    reviewers: listOf(() => reviewer),
    repository,
    forkSource: optional(() => z.object({ repository })),
    url: text,
    _links: web,
  }),
);
export type PullRequest = z.infer<typeof pullRequest>;

export const pullRequestEvent = z.lazy(() => z.object({ resource: pullRequest }));

export const buildEvent = z.lazy(() =>
  z.object({
    resource: z.object({
      id,
      buildNumber: text,
      status: text,
      result: text,
      reason: text,
      finishTime: text,
      sourceBranch: text,
      sourceVersion: text,
      /** `LG:refs/heads/main:<hash>`, of the builds before pipelines in YAML. */
      sourceGetVersion: text,
      definition: optional(() => z.object({ name: text })),
      project,
      repository: optional(() => z.object({ name: text })),
      requestedFor: identity,
      requestedBy: identity,
      lastChangedBy: identity,
      requests: listOf(() => z.object({ requestedFor: identity })),
      triggerInfo: optional(() =>
        z.object({
          'ci.sourceBranch': text,
          'ci.sourceSha': text,
          'ci.message': text,
          'pr.sourceBranch': text,
          'pr.sourceSha': text,
          'pr.title': text,
        }),
      ),
      /** A JSON text of what the run was started with. */
      parameters: anything,
      templateParameters: anything,
      tags: anything,
      url: text,
      _links: web,
    }),
  }),
);
export type Build = z.infer<typeof buildEvent>['resource'];

const run = z.lazy(() =>
  z.object({
    id,
    name: text,
    state: text,
    result: text,
    finishedDate: text,
    templateParameters: anything,
    variables: anything,
    resources: optional(() =>
      z.object({
        repositories: optional(() => z.object({ self: optional(() => z.object({ refName: text, version: text })) })),
      }),
    ),
    url: text,
    _links: web,
  }),
);
export type Run = z.infer<typeof run>;

const pipeline = optional(() => z.object({ name: text }));
const changes = listOf(() =>
  z.object({ change: optional(() => z.object({ author: signature, committer: signature, message: text })) }),
);

/** The part of a run whose state changed. */
const part = z.lazy(() =>
  z.object({
    name: z.string().check(z.minLength(1)),
    displayName: text,
    state: text,
    result: text,
    finishTime: text,
    _links: web,
  }),
);
export type Part = z.infer<typeof part>;

export const runEvent = z.lazy(() => z.object({ resource: z.object({ run, pipeline, repositories: changes }) }));
export const stageEvent = z.lazy(() =>
  z.object({ resource: z.object({ run, stage: part, pipeline, repositories: changes }) }),
);
export const jobEvent = z.lazy(() =>
  z.object({ resource: z.object({ run, stage: optional(() => part), job: part, pipeline, repositories: changes }) }),
);

const named = optional(() => z.object({ id: text, name: text }));
const release = optional(() =>
  z.object({
    id: number,
    name: text,
    description: text,
    reason: text,
    createdBy: identity,
    variables: anything,
    tags: anything,
    artifacts: listOf(() =>
      z.object({
        definitionReference: optional(() => z.object({ branch: named, branches: named, sourceVersion: named })),
      }),
    ),
    releaseDefinition: optional(() => z.object({ name: text })),
    url: text,
    _links: web,
  }),
);

export const deploymentEvent = z.lazy(() =>
  z.object({
    resource: z.object({
      environment: z.object({
        id,
        name: text,
        status: text,
        modifiedOn: text,
        triggerReason: text,
        release,
        releaseDefinition: optional(() => z.object({ name: text })),
        releaseCreatedBy: identity,
        owner: identity,
      }),
      deployment: optional(() =>
        z.object({ id: number, attempt: number, requestedBy: identity, requestedFor: identity, release }),
      ),
      release,
      project,
      comment: text,
    }),
  }),
);
export type DeploymentResource = z.infer<typeof deploymentEvent>['resource'];
