import type { Environment } from '../rim';
import type { Runner, RunnerKind } from './runner';
import { addressOf, hashOf, joined, lineOf, personOf, present, shortRef, valueOf } from './values';

/** learn.microsoft.com, "Use predefined variables" (Azure Pipelines). */
export const azurePipelines: RunnerKind = { variable: 'BUILD_BUILDID', read };

function read(environment: Environment): Runner {
  const of = (name: string) => valueOf(environment, name);
  const project = joined(of('SYSTEM_COLLECTIONURI'), encodeURIComponent(of('SYSTEM_TEAMPROJECT') ?? ''));
  const id = of('BUILD_BUILDID') ?? '';
  return {
    system: 'Azure Pipelines',
    run: present({
      id,
      name: of('BUILD_DEFINITIONNAME'),
      url: addressOf(joined(project, '/_build/results?buildId=', id)),
      attempt: lineOf(environment['SYSTEM_JOBATTEMPT'], 50),
    }),
    ...present({
      repository: of('BUILD_REPOSITORY_NAME'),
      actor: personOf({ name: of('BUILD_REQUESTEDFOR'), email: of('BUILD_REQUESTEDFOREMAIL') }),
      // Of a pull request Azure DevOps builds a merge that nobody made.
      commit: hashOf(environment['SYSTEM_PULLREQUEST_SOURCECOMMITID']) ?? hashOf(environment['BUILD_SOURCEVERSION']),
      branch: shortRef(of('SYSTEM_PULLREQUEST_SOURCEBRANCH') ?? of('BUILD_SOURCEBRANCH')),
      environment: lineOf(environment['ENVIRONMENT_NAME'], 100),
      pullRequest: pullRequestOf(environment),
    }),
    notes: [],
  };
}

function pullRequestOf(environment: Environment): Runner['pullRequest'] {
  const of = (name: string) => valueOf(environment, name);
  // A pull request of GitHub that Azure Pipelines builds has a number of GitHub's besides.
  const id = of('SYSTEM_PULLREQUEST_PULLREQUESTNUMBER') ?? of('SYSTEM_PULLREQUEST_PULLREQUESTID');
  if (id === undefined) return undefined;
  return {
    id: id.slice(0, 100),
    ...present({
      url: addressOf(joined(of('BUILD_REPOSITORY_URI'), '/pullrequest/', id)),
      branch: shortRef(of('SYSTEM_PULLREQUEST_SOURCEBRANCH')),
      base: shortRef(of('SYSTEM_PULLREQUEST_TARGETBRANCH')),
      head: hashOf(environment['SYSTEM_PULLREQUEST_SOURCECOMMITID']),
    }),
  };
}
