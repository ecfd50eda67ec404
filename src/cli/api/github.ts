import * as z from '#zod';
import { commitIds, flag, optional, text } from '../../providers/optional';
import { addressOf, lineOf, personOf, present } from '../runner/values';
import { shaped, type FoundPullRequest, type FoundReview, type LastDeployment, type ProviderApi } from './api';
import { ApiProblem, nextLink, type ApiClient } from './client';

const id = z.lazy(() => z.int().check(z.minimum(0)));
const user = optional(() => z.object({ login: text }));
const branch = optional(() => z.object({ ref: text, sha: text }));
const pullRequest = z.lazy(() =>
  z.object({
    number: id,
    title: text,
    state: text,
    draft: flag,
    merged_at: text,
    updated_at: text,
    merge_commit_sha: text,
    html_url: text,
    user,
    head: branch,
    base: branch,
  }),
);
const review = z.lazy(() => z.object({ id, user, state: z.string(), commit_id: text, submitted_at: text }));
const deployments = z.lazy(() => z.array(z.object({ id, sha: z.string(), environment: text, created_at: text })));
const states = z.lazy(() => z.array(z.object({ state: text })));
const commit = z.lazy(() => z.object({ sha: z.string() }));

/** How many deployments that did not succeed are looked at before it is given up. */
const MAX_DEPLOYMENTS = 200;

/** docs.github.com, REST API: "Deployments", "Commits", "Pull requests", "Pull request reviews". */
export class GitHubApi implements ProviderApi {
  readonly name = "GitHub's API";
  private readonly path: string;

  constructor(
    private readonly client: ApiClient,
    readonly repository: string,
  ) {
    this.path = `repos/${repository.split('/').map(encodeURIComponent).join('/')}`;
  }

  /** One that was replaced by a later one is `inactive`, so any success among its states counts. */
  async lastDeployment(environment: string): Promise<LastDeployment | undefined> {
    const query = `environment=${encodeURIComponent(environment)}&per_page=100`;
    let looked = 0;
    for await (const { body } of this.client.pages(`${this.path}/deployments?${query}`, nextLink)) {
      for (const { id: number, sha, environment: where, created_at: at } of shaped(this.name, deployments, body)) {
        const [commit] = commitIds(sha);
        if (commit === undefined || (where ?? environment) !== environment) continue;
        looked += 1;
        if (looked > MAX_DEPLOYMENTS)
          throw new ApiProblem(`none of the last ${MAX_DEPLOYMENTS} deployments to ${environment} succeeded`);
        if (await this.succeeded(number))
          return { commit, says: `deployment ${number} to ${environment} of ${at ?? 'an unknown time'}` };
      }
    }
    return undefined;
  }

  private async succeeded(deployment: number): Promise<boolean> {
    for await (const { body } of this.client.pages(
      `${this.path}/deployments/${deployment}/statuses?per_page=100`,
      nextLink,
    ))
      if (shaped(this.name, states, body).some(({ state }) => state === 'success')) return true;
    return false;
  }

  async pullRequest(number: string): Promise<FoundPullRequest> {
    const { body } = await this.client.get(`${this.path}/pulls/${encodeURIComponent(number)}`);
    return factsOf(shaped(this.name, pullRequest, body));
  }

  async pullRequestsOf(commit: string): Promise<readonly FoundPullRequest[]> {
    return (await this.all(`${this.path}/commits/${commit}/pulls`, pullRequest)).map(factsOf);
  }

  async commitsOf(number: string): Promise<readonly string[]> {
    return commitIds(...(await this.all(`${this.path}/pulls/${number}/commits`, commit)).map(({ sha }) => sha));
  }

  async reviewsOf(number: string): Promise<readonly FoundReview[]> {
    return (await this.all(`${this.path}/pulls/${number}/reviews`, review)).flatMap(
      ({ id: number, user: by, state, commit_id: seen, submitted_at: at }) => {
        // A pending review is seen by its author alone.
        if (state === 'PENDING') return [];
        const reviewer = personOf({ login: by?.login ?? 'ghost' });
        const said = state.toLowerCase();
        return reviewer === undefined
          ? []
          : [{ review: String(number), reviewer, state: said, at: at ?? undefined, commits: commitIds(seen) }];
      },
    );
  }

  private async all<T extends z.ZodMiniType>(path: string, one: T): Promise<readonly z.infer<T>[]> {
    const found: z.infer<T>[] = [];
    for await (const { body } of this.client.pages(`${path}?per_page=100`, nextLink))
      found.push(...shaped(this.name, z.array(one), body));
    return found;
  }
}

function factsOf(pull: z.infer<typeof pullRequest>): FoundPullRequest {
  const merged = typeof pull.merged_at === 'string';
  return {
    facts: {
      id: String(pull.number),
      ...present({
        title: lineOf(pull.title, 1000),
        url: addressOf(pull.html_url),
        branch: lineOf(pull.head?.ref, 255),
        base: lineOf(pull.base?.ref, 255),
        author: personOf({ login: pull.user?.login }),
      }),
    },
    state: merged ? 'merged' : pull.draft === true && pull.state === 'open' ? 'draft' : lineOf(pull.state, 50),
    at: pull.updated_at ?? undefined,
    // Before the merge GitHub puts a throw-away test merge here, which is nobody's commit.
    commits: commitIds(pull.head?.sha, merged ? pull.merge_commit_sha : null),
  };
}
