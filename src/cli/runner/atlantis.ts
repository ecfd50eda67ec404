import type { Environment } from '../rim';
import type { Runner, RunnerKind } from './runner';
import { addressOf, hashOf, joined, lineOf, personOf, present, valueOf } from './values';

/** runatlantis.io, "Custom Workflows", `run` steps. A run of Atlantis has no number: a pull request, a project and a commit name it. */
export const atlantis: RunnerKind = { variable: 'ATLANTIS_TERRAFORM_VERSION', read };

function read(environment: Environment): Runner | undefined {
  const of = (name: string) => valueOf(environment, name);
  const pull = lineOf(environment['PULL_NUM'], 100);
  const commit = hashOf(environment['HEAD_COMMIT']);
  if (pull === undefined) return undefined;
  const place = of('PROJECT_NAME') ?? joined(of('REPO_REL_DIR') ?? '.', '/', of('WORKSPACE') ?? 'default');
  return {
    system: 'Atlantis',
    run: present({
      id: lineOf(`atlantis-${pull}-${commit?.slice(0, 12) ?? 'head'}-${place ?? ''}`) ?? '',
      name: 'Atlantis',
      url: addressOf(environment['PULL_URL']),
    }),
    ...present({
      repository: joined(of('BASE_REPO_OWNER'), '/', of('BASE_REPO_NAME')),
      actor: personOf({ login: of('USER_NAME') }),
      commit,
      branch: of('HEAD_BRANCH_NAME'),
      pullRequest: {
        id: pull,
        ...present({
          url: addressOf(environment['PULL_URL']),
          branch: of('HEAD_BRANCH_NAME'),
          base: of('BASE_BRANCH_NAME'),
          head: commit,
          author: personOf({ login: of('PULL_AUTHOR') }),
        }),
      },
    }),
    notes: [],
  };
}
