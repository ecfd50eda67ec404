import * as z from '#zod';
import { commitIds, flag, listOf, optional, text } from '../../providers/optional';
import { addressOf, lineOf, personOf, present } from '../runner/values';
import { shaped, type FoundPullRequest, type FoundReview, type LastDeployment, type ProviderApi } from './api';
import type { Answer, ApiClient } from './client';
import { reviewName } from './named';

const number = z.lazy(() => z.int().check(z.minimum(0)));
const account = optional(() => z.object({ display_name: text, nickname: text, uuid: text, account_id: text }));
const side = optional(() =>
  z.object({ branch: optional(() => z.object({ name: text })), commit: optional(() => z.object({ hash: text })) }),
);
const pullRequest = z.lazy(() =>
  z.object({
    id: number,
    title: text,
    state: text,
    draft: flag,
    updated_on: text,
    author: account,
    source: side,
    destination: side,
    merge_commit: optional(() => z.object({ hash: text })),
    participants: listOf(() => z.object({ user: account, approved: flag, state: text, participated_on: text })),
    links: optional(() => z.object({ html: optional(() => z.object({ href: text })) })),
  }),
);
const page = <T extends z.ZodMiniType>(value: T) => z.object({ values: z.array(value), next: text });
const next = z.lazy(() => z.object({ next: text }));
const named = z.lazy(() => z.object({ uuid: z.string(), name: text }));
const commit = z.lazy(() => z.object({ hash: text }));
const deployment = z.lazy(() =>
  z.object({
    environment: optional(() => z.object({ uuid: text })),
    release: optional(() => z.object({ name: text, commit: optional(() => z.object({ hash: text })) })),
    state: optional(() => z.object({ completion_date: text, status: optional(() => z.object({ name: text })) })),
  }),
);

/** developer.atlassian.com, Bitbucket Cloud REST API: "Deployments", "Commits", "Pullrequests". */
export class BitbucketApi implements ProviderApi {
  readonly name = "Bitbucket's API";
  private readonly path: string;

  constructor(
    private readonly client: ApiClient,
    readonly repository: string,
  ) {
    this.path = `repositories/${repository.split('/').map(encodeURIComponent).join('/')}`;
  }

  /** The list of deployments promises no order, so all are read and the one that ended last is taken. */
  async lastDeployment(environment: string): Promise<LastDeployment | undefined> {
    const environments = await this.all(`${this.path}/environments?pagelen=100`, named);
    const where = environments.find(({ name }) => name?.toLowerCase() === environment.toLowerCase());
    if (where === undefined) return undefined;
    let last: (LastDeployment & { readonly at: string }) | undefined;
    for (const one of await this.all(`${this.path}/deployments/?pagelen=100`, deployment)) {
      const [id] = commitIds(one.release?.commit?.hash);
      const at = one.state?.completion_date ?? '';
      if (one.environment?.uuid !== where.uuid || one.state?.status?.name !== 'SUCCESSFUL' || id === undefined)
        continue;
      if (last === undefined || Date.parse(at) > Date.parse(last.at))
        last = { commit: id, at, says: `deployment ${one.release?.name ?? ''} to ${environment} of ${at}` };
    }
    return last;
  }

  async pullRequest(id: string): Promise<FoundPullRequest> {
    return factsOf(await this.read(id));
  }

  /** Needs the app "Pull Request Commit Links" of the workspace; without it the answer is 404. The list has no participants. */
  async pullRequestsOf(id: string): Promise<readonly FoundPullRequest[]> {
    const found = await this.all(`${this.path}/commit/${id}/pullrequests?pagelen=50`, z.object({ id: number }));
    return Promise.all(found.map((pull) => this.pullRequest(String(pull.id))));
  }

  async commitsOf(id: string): Promise<readonly string[]> {
    return commitIds(
      ...(await this.all(`${this.path}/pullrequests/${id}/commits?pagelen=100`, commit)).map(({ hash }) => hash),
    );
  }

  async reviewsOf(id: string): Promise<readonly FoundReview[]> {
    const pull = await this.read(id);
    return (pull.participants ?? []).flatMap((participant) => {
      if (participant === null) return [];
      const { user, approved, state, participated_on: at } = participant;
      const said = approved === true ? 'approved' : state;
      const reviewer = personOf({ name: user?.display_name, login: user?.nickname });
      if (said === null || said === undefined || reviewer === undefined) return [];
      const review = reviewName(id, user?.uuid ?? user?.account_id ?? reviewer.name);
      return [{ review, reviewer, state: said, at: at ?? undefined, commits: [] }];
    });
  }

  private async read(id: string) {
    const { body } = await this.client.get(`${this.path}/pullrequests/${encodeURIComponent(id)}`);
    return shaped(this.name, pullRequest, body);
  }

  private async all<T extends z.ZodMiniType>(path: string, value: T): Promise<readonly z.infer<T>[]> {
    const found: z.infer<T>[] = [];
    const following = ({ body }: Answer) => shaped(this.name, next, body).next ?? undefined;
    for await (const { body } of this.client.pages(path, following))
      found.push(...shaped(this.name, page(value), body).values);
    return found;
  }
}

function factsOf(pull: z.infer<typeof pullRequest>): FoundPullRequest {
  const state = pull.state?.toLowerCase();
  return {
    facts: {
      id: String(pull.id),
      ...present({
        title: lineOf(pull.title, 1000),
        url: addressOf(pull.links?.html?.href),
        branch: lineOf(pull.source?.branch?.name, 255),
        base: lineOf(pull.destination?.branch?.name, 255),
        author: personOf({ name: pull.author?.display_name, login: pull.author?.nickname }),
      }),
    },
    state: state === 'open' && pull.draft === true ? 'draft' : lineOf(state, 50),
    at: pull.updated_on ?? undefined,
    // Bitbucket abbreviates them mostly, and an abbreviated hash names no commit for certain.
    commits: commitIds(pull.source?.commit?.hash, pull.merge_commit?.hash),
  };
}
