import type { Environment } from '../rim';
import type { Runner, RunnerKind } from './runner';
import { addressOf, hashOf, joined, lineOf, present, valueOf } from './values';

/** support.atlassian.com, "Variables and secrets" (Bitbucket Pipelines). Who triggered it is told as a UUID only, which names nobody. */
export const bitbucketPipelines: RunnerKind = { variable: 'BITBUCKET_BUILD_NUMBER', read };

function read(environment: Environment): Runner {
  const of = (name: string) => valueOf(environment, name);
  const origin = of('BITBUCKET_GIT_HTTP_ORIGIN');
  const id = of('BITBUCKET_BUILD_NUMBER') ?? '';
  const pull = lineOf(environment['BITBUCKET_PR_ID'], 100);
  return {
    system: 'Bitbucket Pipelines',
    run: present({
      id,
      url: addressOf(joined(origin, '/pipelines/results/', id)),
      attempt: lineOf(environment['BITBUCKET_STEP_RUN_NUMBER'], 50),
    }),
    ...present({
      repository: of('BITBUCKET_REPO_FULL_NAME'),
      commit: hashOf(environment['BITBUCKET_COMMIT']),
      branch: of('BITBUCKET_BRANCH'),
      environment: lineOf(environment['BITBUCKET_DEPLOYMENT_ENVIRONMENT'], 100),
      pullRequest:
        pull === undefined
          ? undefined
          : {
              id: pull,
              ...present({
                url: addressOf(joined(origin, '/pull-requests/', pull)),
                branch: of('BITBUCKET_BRANCH'),
                base: of('BITBUCKET_PR_DESTINATION_BRANCH'),
                head: hashOf(environment['BITBUCKET_COMMIT']),
                baseCommit: hashOf(environment['BITBUCKET_PR_DESTINATION_COMMIT']),
              }),
            },
    }),
    notes: [],
  };
}
