import type { Environment } from '../rim';
import type { Runner, RunnerKind } from './runner';
import { addressOf, hashOf, joined, lineOf, personOf, present, valueOf } from './values';

/** circleci.com/docs, "Project values and variables". */
export const circleci: RunnerKind = { variable: 'CIRCLE_WORKFLOW_ID', read };

function read(environment: Environment): Runner {
  const of = (name: string) => valueOf(environment, name);
  const url = addressOf(environment['CIRCLE_PULL_REQUEST']);
  const pull = lineOf(/\/(?:pull|merge_requests|pull-requests)\/(\d{1,18})\/?$/.exec(url ?? '')?.[1]);
  return {
    system: 'CircleCI',
    run: present({
      id: of('CIRCLE_WORKFLOW_ID') ?? '',
      name: of('CIRCLE_JOB'),
      url: addressOf(environment['CIRCLE_BUILD_URL']),
    }),
    ...present({
      repository: joined(of('CIRCLE_PROJECT_USERNAME'), '/', of('CIRCLE_PROJECT_REPONAME')),
      actor: personOf({ login: of('CIRCLE_USERNAME') }),
      commit: hashOf(environment['CIRCLE_SHA1']),
      branch: of('CIRCLE_BRANCH'),
      pullRequest:
        pull === undefined
          ? undefined
          : {
              id: pull,
              ...present({ url, branch: of('CIRCLE_BRANCH'), head: hashOf(environment['CIRCLE_SHA1']) }),
            },
    }),
    notes: [],
  };
}
