import type { Environment } from '../rim';
import type { Runner, RunnerKind } from './runner';
import { addressOf, hashOf, lineOf, personOf, present, valueOf } from './values';

/** jenkins.io, "Using environment variables"; with the Git, Branch API and Build User Vars plugins, those of theirs. */
export const jenkins: RunnerKind = { variable: 'BUILD_TAG', read };

function read(environment: Environment): Runner {
  const of = (name: string) => valueOf(environment, name);
  return {
    system: 'Jenkins',
    run: present({
      id: of('BUILD_TAG') ?? '',
      name: of('JOB_NAME'),
      url: addressOf(environment['BUILD_URL']),
      attempt: lineOf(environment['BUILD_NUMBER'], 50),
    }),
    ...present({
      repository: repositoryOf(environment['GIT_URL']),
      actor: personOf({ name: of('BUILD_USER'), login: of('BUILD_USER_ID'), email: of('BUILD_USER_EMAIL') }),
      commit: hashOf(environment['GIT_COMMIT']),
      branch: of('CHANGE_BRANCH') ?? of('BRANCH_NAME') ?? lineOf(of('GIT_BRANCH')?.replace(/^origin\//, '')),
      pullRequest: pullRequestOf(environment),
      previous: hashOf(environment['GIT_PREVIOUS_SUCCESSFUL_COMMIT']),
    }),
    notes: [],
  };
}

function pullRequestOf(environment: Environment): Runner['pullRequest'] {
  const of = (name: string) => valueOf(environment, name);
  const id = lineOf(environment['CHANGE_ID'], 100);
  if (id === undefined) return undefined;
  return {
    id,
    ...present({
      title: lineOf(environment['CHANGE_TITLE'], 1000),
      url: addressOf(environment['CHANGE_URL']),
      branch: of('CHANGE_BRANCH'),
      base: of('CHANGE_TARGET'),
      author: personOf({
        name: of('CHANGE_AUTHOR_DISPLAY_NAME'),
        login: of('CHANGE_AUTHOR'),
        email: of('CHANGE_AUTHOR_EMAIL'),
      }),
    }),
  };
}

/** `owner/name` of a remote's address, which may be one of HTTP or of SSH. */
export function repositoryOf(remote: string | undefined): string | undefined {
  const path = /^(?:[a-z+]+:\/\/[^/]+\/|[^/@\s]+@[^:\s]+:)(.+?)(?:\.git)?\/?$/i.exec(remote?.trim() ?? '')?.[1];
  return lineOf(path, 255);
}
