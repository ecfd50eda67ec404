import type { EnvelopePerson } from '../../providers/pipeline/envelope';
import type { Environment } from '../rim';
import { atlantis } from './atlantis';
import { azurePipelines } from './azure-pipelines';
import { bitbucketPipelines } from './bitbucket-pipelines';
import { circleci } from './circleci';
import { githubActions } from './github-actions';
import { gitlabCi } from './gitlab-ci';
import { jenkins } from './jenkins';

/** A run of a pipeline as its runner's environment names it. */
export interface RunnerRun {
  readonly id: string;
  readonly name?: string;
  readonly url?: string;
  readonly attempt?: string;
}

/** A pull request that a run is about, as the runner names it. */
export interface RunnerPullRequest {
  readonly id: string;
  readonly title?: string;
  readonly url?: string;
  readonly branch?: string;
  readonly base?: string;
  /** Full hash of the newest commit of its branch, not of a merge made for testing. */
  readonly head?: string;
  /** Full hash of what it is to be merged into. */
  readonly baseCommit?: string;
  readonly author?: EnvelopePerson;
}

/** Everything a runner says of itself. What it does not say is absent. */
export interface Runner {
  readonly system: string;
  readonly run: RunnerRun;
  readonly repository?: string;
  readonly actor?: EnvelopePerson;
  /** Full hash of what is built. */
  readonly commit?: string;
  readonly branch?: string;
  readonly environment?: string;
  readonly pullRequest?: RunnerPullRequest;
  /** Full hash of what the branch held before the push that started the run. */
  readonly before?: string;
  /** Full hash of what the last successful run of this job built. */
  readonly previous?: string;
  /** What a person who reads the evidence has to know: a forced push, an event that cannot be read. */
  readonly notes: readonly string[];
}

export interface RunnerKind {
  /** The variable by which the runner is known. */
  readonly variable: string;
  readonly read: (environment: Environment) => Runner | undefined;
}

/** Atlantis runs inside whatever started it, so it is asked first; Jenkins' variable is the least particular. */
const KINDS: readonly RunnerKind[] = [
  atlantis,
  githubActions,
  gitlabCi,
  azurePipelines,
  bitbucketPipelines,
  circleci,
  jenkins,
];

/** The run that this process is part of; undefined outside every runner that is known. */
export const runnerOf = (environment: Environment): Runner | undefined =>
  KINDS.find(({ variable }) => (environment[variable] ?? '').trim() !== '')?.read(environment);
