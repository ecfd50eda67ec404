import type * as z from '#zod';
import type { EnvelopePerson, EnvelopePullRequest } from '../../providers/pipeline/envelope';
import { ApiProblem } from './client';

export interface LastDeployment {
  /** Full hash. */
  readonly commit: string;
  readonly says: string;
}

export interface FoundPullRequest {
  readonly facts: EnvelopePullRequest;
  readonly state: string | undefined;
  readonly at: string | undefined;
  /** Full hashes that the answer itself names: head, merge. */
  readonly commits: readonly string[];
}

export interface FoundReview {
  /** Stays the same and names nobody. */
  readonly review: string;
  readonly reviewer: EnvelopePerson;
  readonly state: string;
  readonly at: string | undefined;
  /** Full hashes that it was given for; empty when the provider does not say. */
  readonly commits: readonly string[];
}

/** What is asked of a provider. Every question may end in an `ApiProblem`. */
export interface ProviderApi {
  /** Name for people: "GitHub's API". */
  readonly name: string;
  /** `owner/name`, as evidence from the provider's own webhooks names it. */
  readonly repository: string;
  /** What was deployed last to an environment, successfully. */
  lastDeployment(environment: string): Promise<LastDeployment | undefined>;
  pullRequest(id: string): Promise<FoundPullRequest>;
  /** The pull requests that a commit is in or that merged it. */
  pullRequestsOf(commit: string): Promise<readonly FoundPullRequest[]>;
  /** Full hashes of a pull request's commits. */
  commitsOf(id: string): Promise<readonly string[]>;
  reviewsOf(id: string): Promise<readonly FoundReview[]>;
}

/** What an answer holds in the shape that is relied on. @throws ApiProblem */
export function shaped<T extends z.ZodMiniType>(name: string, schema: T, body: unknown): z.infer<T> {
  const read = schema.safeParse(body);
  if (!read.success) throw new ApiProblem(`${name} answered in a form that is not understood`);
  return read.data;
}
