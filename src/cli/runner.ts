/** A run of a pipeline as its runner's environment names it. */
export interface RunnerRun {
  readonly id: string;
  readonly name?: string;
  readonly url?: string;
  readonly attempt?: string;
}

export interface Runner {
  readonly run: RunnerRun;
  readonly repository: string | undefined;
  readonly actor: string | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Each runner's documented variables; the first whose `id` is set is the one we run on. */
interface Variables {
  readonly id: string;
  readonly name?: string;
  readonly url?: (of: Environment) => string | undefined;
  readonly attempt?: string;
  readonly repository?: string;
  readonly actor?: string;
}

const joined = (...parts: readonly (string | undefined)[]): string | undefined =>
  parts.includes(undefined) ? undefined : parts.join('');

const RUNNERS: readonly Variables[] = [
  {
    // docs.github.com, "Variables reference", default environment variables
    id: 'GITHUB_RUN_ID',
    name: 'GITHUB_WORKFLOW',
    url: (of) => joined(of['GITHUB_SERVER_URL'], '/', of['GITHUB_REPOSITORY'], '/actions/runs/', of['GITHUB_RUN_ID']),
    attempt: 'GITHUB_RUN_ATTEMPT',
    repository: 'GITHUB_REPOSITORY',
    actor: 'GITHUB_TRIGGERING_ACTOR',
  },
  {
    // docs.gitlab.com, "Predefined CI/CD variables reference"
    id: 'CI_PIPELINE_ID',
    name: 'CI_PIPELINE_NAME',
    url: (of) => of['CI_PIPELINE_URL'],
    repository: 'CI_PROJECT_PATH',
    actor: 'GITLAB_USER_LOGIN',
  },
  {
    // learn.microsoft.com, "Use predefined variables" (Azure Pipelines)
    id: 'BUILD_BUILDID',
    name: 'BUILD_DEFINITIONNAME',
    url: (of) =>
      joined(
        of['SYSTEM_COLLECTIONURI'],
        encodeURIComponent(of['SYSTEM_TEAMPROJECT'] ?? ''),
        '/_build/results?buildId=',
        of['BUILD_BUILDID'],
      ),
    attempt: 'SYSTEM_JOBATTEMPT',
    repository: 'BUILD_REPOSITORY_NAME',
    actor: 'BUILD_REQUESTEDFOR',
  },
  {
    // support.atlassian.com, "Variables and secrets" (Bitbucket Pipelines)
    id: 'BITBUCKET_BUILD_NUMBER',
    url: (of) => joined(of['BITBUCKET_GIT_HTTP_ORIGIN'], '/pipelines/results/', of['BITBUCKET_BUILD_NUMBER']),
    repository: 'BITBUCKET_REPO_FULL_NAME',
  },
  {
    // circleci.com/docs, "Project values and variables"
    id: 'CIRCLE_WORKFLOW_ID',
    name: 'CIRCLE_JOB',
    url: (of) => of['CIRCLE_BUILD_URL'],
    repository: 'CIRCLE_PROJECT_REPONAME',
    actor: 'CIRCLE_USERNAME',
  },
  {
    // jenkins.io, "Using environment variables"
    id: 'BUILD_TAG',
    name: 'JOB_NAME',
    url: (of) => of['BUILD_URL'],
    attempt: 'BUILD_NUMBER',
  },
];

/** The run that this process is part of; undefined outside every runner that is known. */
export function runnerOf(environment: Environment): Runner | undefined {
  const known = RUNNERS.find(({ id }) => valueOf(environment, id) !== undefined);
  const id = known === undefined ? undefined : valueOf(environment, known.id);
  if (known === undefined || id === undefined) return undefined;
  const [name, attempt, repository, actor] = [known.name, known.attempt, known.repository, known.actor].map((one) =>
    one === undefined ? undefined : valueOf(environment, one),
  );
  const url = known.url?.(environment);
  return {
    run: {
      id,
      ...(name === undefined ? {} : { name }),
      ...(url === undefined || !/^https?:\/\/\S+$/.test(url) ? {} : { url }),
      ...(attempt === undefined ? {} : { attempt }),
    },
    repository,
    actor,
  };
}

/** One line of at most 200 characters, as the envelope takes it. */
function valueOf(environment: Environment, name: string): string | undefined {
  const value = environment[name]
    ?.replaceAll(/\p{Control}+/gu, ' ')
    .trim()
    .slice(0, 200);
  return value === undefined || value === '' ? undefined : value;
}
