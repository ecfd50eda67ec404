import type { Environment } from '../rim';
import type { Runner, RunnerKind } from './runner';
import { addressOf, hashOf, joined, lineOf, personOf, present, valueOf } from './values';

/** docs.gitlab.com, "Predefined CI/CD variables reference". */
export const gitlabCi: RunnerKind = { variable: 'CI_PIPELINE_ID', read };

function read(environment: Environment): Runner {
  const of = (name: string) => valueOf(environment, name);
  return {
    system: 'GitLab CI',
    run: present({
      id: of('CI_PIPELINE_ID') ?? '',
      name: of('CI_PIPELINE_NAME'),
      url: addressOf(of('CI_PIPELINE_URL')),
    }),
    ...present({
      repository: of('CI_PROJECT_PATH'),
      actor: personOf({
        name: of('GITLAB_USER_NAME'),
        login: of('GITLAB_USER_LOGIN'),
        email: of('GITLAB_USER_EMAIL'),
      }),
      commit: hashOf(environment['CI_MERGE_REQUEST_SOURCE_BRANCH_SHA']) ?? hashOf(environment['CI_COMMIT_SHA']),
      branch: of('CI_MERGE_REQUEST_SOURCE_BRANCH_NAME') ?? of('CI_COMMIT_REF_NAME'),
      environment: lineOf(environment['CI_ENVIRONMENT_NAME'], 100),
      pullRequest: mergeRequestOf(environment),
      before: hashOf(environment['CI_COMMIT_BEFORE_SHA']),
    }),
    notes: [],
  };
}

function mergeRequestOf(environment: Environment): Runner['pullRequest'] {
  const of = (name: string) => valueOf(environment, name);
  const id = lineOf(environment['CI_MERGE_REQUEST_IID'], 100);
  if (id === undefined) return undefined;
  return {
    id,
    ...present({
      title: lineOf(environment['CI_MERGE_REQUEST_TITLE'], 1000),
      url: addressOf(joined(of('CI_MERGE_REQUEST_PROJECT_URL'), '/-/merge_requests/', id)),
      branch: of('CI_MERGE_REQUEST_SOURCE_BRANCH_NAME'),
      base: of('CI_MERGE_REQUEST_TARGET_BRANCH_NAME'),
      // Only pipelines of merged results name it; in the others the commit that is built is it.
      head: hashOf(environment['CI_MERGE_REQUEST_SOURCE_BRANCH_SHA']) ?? hashOf(environment['CI_COMMIT_SHA']),
      baseCommit: hashOf(environment['CI_MERGE_REQUEST_DIFF_BASE_SHA']),
    }),
  };
}
