import * as z from '#zod';
import { commitIds, flag, listOf, number as anyNumber, optional, text } from '../../providers/optional';
import { addressOf, lineOf, personOf, present, shortRef } from '../runner/values';
import { shaped, type FoundPullRequest, type FoundReview, type LastDeployment, type ProviderApi } from './api';
import type { Answer, ApiClient } from './client';
import { reviewName } from './named';

const number = z.lazy(() => z.int().check(z.minimum(0)));
const identity = optional(() => z.object({ displayName: text, uniqueName: text }));
const commitRef = optional(() => z.object({ commitId: text }));
const pullRequest = z.lazy(() =>
  z.object({
    pullRequestId: number,
    title: text,
    status: text,
    isDraft: flag,
    creationDate: text,
    closedDate: text,
    sourceRefName: text,
    targetRefName: text,
    createdBy: identity,
    lastMergeSourceCommit: commitRef,
    lastMergeCommit: commitRef,
    reviewers: listOf(() =>
      z.object({ id: z.string(), vote: z.number(), isContainer: flag, displayName: text, uniqueName: text }),
    ),
    repository: optional(() => z.object({ webUrl: text, remoteUrl: text })),
  }),
);
type PullRequest = z.infer<typeof pullRequest>;
const answered = z.lazy(() => z.object({ results: z.array(z.record(z.string(), z.array(pullRequest))) }));
const list = <T extends z.ZodMiniType>(value: T) => z.object({ value: z.array(value) });
const commit = z.lazy(() => z.object({ commitId: z.string() }));
const environments = z.lazy(() => z.object({ id: number, name: text }));
const records = z.lazy(() =>
  z.object({ result: text, finishTime: text, owner: optional(() => z.object({ id: anyNumber })) }),
);
const build = z.lazy(() => z.object({ sourceVersion: text, buildNumber: text }));

const VERSION = 'api-version=7.1';
const PREVIEW = 'api-version=7.1-preview.1';

/** learn.microsoft.com, REST reference, "IdentityRefWithVote". */
const VOTES: Readonly<Record<number, string>> = {
  10: 'approved',
  5: 'approved with suggestions',
  [-5]: 'waiting for author',
  [-10]: 'rejected',
};

/** learn.microsoft.com, Azure DevOps REST API: "Pull Request Query", "Pull Requests", "Environments", "Builds". */
export class AzureDevOpsApi implements ProviderApi {
  readonly name = "Azure DevOps' API";
  private readonly project: string;
  private readonly git: string;

  constructor(
    private readonly client: ApiClient,
    readonly repository: string,
    project: string,
    repositoryId: string,
  ) {
    this.project = `${encodeURIComponent(project)}/_apis`;
    this.git = `${this.project}/git/repositories/${encodeURIComponent(repositoryId)}`;
  }

  async lastDeployment(environment: string): Promise<LastDeployment | undefined> {
    const query = `name=${encodeURIComponent(environment)}&${PREVIEW}`;
    const found = await this.all(`${this.project}/distributedtask/environments?${query}`, environments);
    const where = found.find(({ name }) => name?.toLowerCase() === environment.toLowerCase());
    if (where === undefined) return undefined;
    const path = `${this.project}/distributedtask/environments/${where.id}/environmentdeploymentrecords?top=100&${PREVIEW}`;
    const succeeded = (await this.all(path, records)).filter(
      ({ result, owner }) => result === 'succeeded' && owner?.id,
    );
    const [last] = succeeded.sort((a, b) => Date.parse(b.finishTime ?? '') - Date.parse(a.finishTime ?? ''));
    if (last === undefined) return undefined;
    const { body } = await this.client.get(`${this.project}/build/builds/${last.owner?.id ?? ''}?${VERSION}`);
    const { sourceVersion, buildNumber } = shaped(this.name, build, body);
    const [id] = commitIds(sourceVersion);
    const says = `run ${buildNumber ?? ''} to ${environment} of ${last.finishTime ?? 'an unknown time'}`;
    return id === undefined ? undefined : { commit: id, says };
  }

  async pullRequest(id: string): Promise<FoundPullRequest> {
    return factsOf(await this.read(id));
  }

  async pullRequestsOf(id: string): Promise<readonly FoundPullRequest[]> {
    const queries = ['commit', 'lastMergeCommit'].map((type) => ({ type, items: [id] }));
    const { body } = await this.client.query(`${this.git}/pullrequestquery?${VERSION}`, { queries });
    const found = shaped(this.name, answered, body).results.flatMap((byCommit) => byCommit[id] ?? []);
    return [...new Map(found.map((pull) => [pull.pullRequestId, pull])).values()].map(factsOf);
  }

  async commitsOf(id: string): Promise<readonly string[]> {
    const path = `${this.git}/pullRequests/${encodeURIComponent(id)}/commits?$top=100&${VERSION}`;
    return commitIds(...(await this.all(path, commit)).map(({ commitId }) => commitId));
  }

  /** A vote stands for what the source branch holds; there is no time of it. */
  async reviewsOf(id: string): Promise<readonly FoundReview[]> {
    const pull = await this.read(id);
    return (pull.reviewers ?? []).flatMap((reviewer) => {
      if (reviewer === null || reviewer.isContainer === true || reviewer.vote === 0) return [];
      const who = personOf({ name: reviewer.displayName, email: reviewer.uniqueName });
      const state = VOTES[reviewer.vote] ?? `vote ${reviewer.vote}`;
      const commits = commitIds(pull.lastMergeSourceCommit?.commitId);
      return who === undefined
        ? []
        : [{ review: reviewName(id, reviewer.id), reviewer: who, state, at: undefined, commits }];
    });
  }

  private async read(id: string): Promise<PullRequest> {
    const { body } = await this.client.get(`${this.git}/pullrequests/${encodeURIComponent(id)}?${VERSION}`);
    return shaped(this.name, pullRequest, body);
  }

  private async all<T extends z.ZodMiniType>(path: string, value: T): Promise<readonly z.infer<T>[]> {
    const found: z.infer<T>[] = [];
    const following = ({ headers }: Answer) => {
      const token = headers.get('x-ms-continuationtoken');
      return token === null || token === '' ? undefined : `${path}&continuationToken=${encodeURIComponent(token)}`;
    };
    for await (const { body } of this.client.pages(path, following))
      found.push(...shaped(this.name, list(value), body).value);
    return found;
  }
}

function factsOf(pull: PullRequest): FoundPullRequest {
  const merged = pull.status === 'completed';
  const place = pull.repository?.webUrl ?? pull.repository?.remoteUrl;
  return {
    facts: {
      id: String(pull.pullRequestId),
      ...present({
        title: lineOf(pull.title, 1000),
        url:
          place === null || place === undefined ? undefined : addressOf(`${place}/pullrequest/${pull.pullRequestId}`),
        branch: shortRef(pull.sourceRefName ?? undefined),
        base: shortRef(pull.targetRefName ?? undefined),
        author: personOf({ name: pull.createdBy?.displayName, email: pull.createdBy?.uniqueName }),
      }),
    },
    state: merged ? 'merged' : pull.isDraft === true && pull.status === 'active' ? 'draft' : lineOf(pull.status, 50),
    at: pull.closedDate ?? pull.creationDate ?? undefined,
    // Azure DevOps writes a merge commit for every try; only that of a completed pull request is anybody's commit.
    commits: commitIds(pull.lastMergeSourceCommit?.commitId, merged ? pull.lastMergeCommit?.commitId : null),
  };
}
