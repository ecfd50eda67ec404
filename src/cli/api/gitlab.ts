import * as z from '#zod';
import { commitIds, flag, optional, text } from '../../providers/optional';
import { addressOf, lineOf, personOf, present } from '../runner/values';
import { shaped, type FoundPullRequest, type FoundReview, type LastDeployment, type ProviderApi } from './api';
import { nextLink, type ApiClient } from './client';
import { reviewName } from './named';

const number = z.lazy(() => z.int().check(z.minimum(0)));
const user = optional(() => z.object({ id: number, name: text, username: text }));
const mergeRequest = z.lazy(() =>
  z.object({
    iid: number,
    title: text,
    state: text,
    draft: flag,
    updated_at: text,
    web_url: text,
    source_branch: text,
    target_branch: text,
    sha: text,
    merge_commit_sha: text,
    squash_commit_sha: text,
    author: user,
  }),
);
const approvals = z.lazy(() => z.object({ approved_by: z.array(z.object({ user, approved_at: text })) }));
const deployments = z.lazy(() => z.array(z.object({ iid: number, sha: z.string(), updated_at: text })));
const commit = z.lazy(() => z.object({ id: z.string() }));

/** docs.gitlab.com, REST API: "Deployments", "Commits", "Merge requests", "Merge request approvals". */
export class GitLabApi implements ProviderApi {
  readonly name = "GitLab's API";
  private readonly path: string;

  /** @param project its number, or its path. */
  constructor(
    private readonly client: ApiClient,
    readonly repository: string,
    project: string,
  ) {
    this.path = `projects/${encodeURIComponent(project)}`;
  }

  async lastDeployment(environment: string): Promise<LastDeployment | undefined> {
    const query = `environment=${encodeURIComponent(environment)}&status=success&order_by=id&sort=desc&per_page=1`;
    const { body } = await this.client.get(`${this.path}/deployments?${query}`);
    const [last] = shaped(this.name, deployments, body);
    const [commit] = commitIds(last?.sha);
    return last === undefined || commit === undefined
      ? undefined
      : { commit, says: `deployment ${last.iid} to ${environment} of ${last.updated_at ?? 'an unknown time'}` };
  }

  async pullRequest(iid: string): Promise<FoundPullRequest> {
    const { body } = await this.client.get(`${this.path}/merge_requests/${encodeURIComponent(iid)}`);
    return factsOf(shaped(this.name, mergeRequest, body));
  }

  async pullRequestsOf(commit: string): Promise<readonly FoundPullRequest[]> {
    const path = `${this.path}/repository/commits/${commit}/merge_requests`;
    return (await this.all(path, mergeRequest)).map(factsOf);
  }

  async commitsOf(iid: string): Promise<readonly string[]> {
    return commitIds(...(await this.all(`${this.path}/merge_requests/${iid}/commits`, commit)).map(({ id }) => id));
  }

  /** An approval is of the merge request as it stands: GitLab names no commit. */
  async reviewsOf(iid: string): Promise<readonly FoundReview[]> {
    const { body } = await this.client.get(`${this.path}/merge_requests/${iid}/approvals`);
    return shaped(this.name, approvals, body).approved_by.flatMap(({ user: by, approved_at: at }) => {
      const reviewer = personOf({ name: by?.name, login: by?.username });
      if (by === null || by === undefined || reviewer === undefined) return [];
      const review = reviewName(iid, String(by.id));
      return [{ review, reviewer, state: 'approved', at: at ?? undefined, commits: [] }];
    });
  }

  private async all<T extends z.ZodMiniType>(path: string, one: T): Promise<readonly z.infer<T>[]> {
    const found: z.infer<T>[] = [];
    for await (const { body } of this.client.pages(`${path}?per_page=100`, nextLink))
      found.push(...shaped(this.name, z.array(one), body));
    return found;
  }
}

function factsOf(request: z.infer<typeof mergeRequest>): FoundPullRequest {
  const state = request.state === 'opened' ? (request.draft === true ? 'draft' : 'open') : request.state;
  return {
    facts: {
      id: String(request.iid),
      ...present({
        title: lineOf(request.title, 1000),
        url: addressOf(request.web_url),
        branch: lineOf(request.source_branch, 255),
        base: lineOf(request.target_branch, 255),
        author: personOf({ name: request.author?.name, login: request.author?.username }),
      }),
    },
    state: lineOf(state, 50),
    at: request.updated_at ?? undefined,
    commits: commitIds(request.sha, request.merge_commit_sha, request.squash_commit_sha),
  };
}
