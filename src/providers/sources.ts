import { azureDevops } from './azure-devops/azure-devops';
import { bitbucket } from './bitbucket/bitbucket';
import { circleci } from './circleci/circleci';
import { github } from './github/github';
import { gitlab } from './gitlab/gitlab';
import { jenkins } from './jenkins/jenkins';
import { NAMES, type Source } from './names';
import { pipeline } from './pipeline/pipeline';
import type { Provider } from './provider';

/** Every sender that has a name is taken in; one without the other does not compile. */
const PROVIDERS: Readonly<Record<Source, Provider>> = {
  github,
  gitlab,
  bitbucket,
  'azure-devops': azureDevops,
  jenkins,
  circleci,
  pipeline,
};

/** A sender as a counter may name it: what a stranger wrote into the address never becomes part of a storage key. */
export function sourceName(asked: string | undefined): string {
  return asked === undefined ? 'none' : isSource(asked) ? asked : 'unknown';
}

export const providerOf = (source: string): Provider | undefined => (isSource(source) ? PROVIDERS[source] : undefined);

const isSource = (source: string): source is Source => Object.hasOwn(NAMES, source);
