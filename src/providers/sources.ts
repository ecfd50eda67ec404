import { azureDevops } from './azure-devops/azure-devops';
import { bitbucket } from './bitbucket/bitbucket';
import { circleci } from './circleci/circleci';
import { github } from './github/github';
import { gitlab } from './gitlab/gitlab';
import { jenkins } from './jenkins/jenkins';
import { pipeline } from './pipeline/pipeline';
import type { Provider } from './provider';

/** Senders whose evidence is taken in. */
const PROVIDERS: readonly Provider[] = [github, gitlab, bitbucket, azureDevops, jenkins, circleci, pipeline];

/** Senders that the address of the intake may name: what a stranger names never reaches a storage key. */
export const SOURCES = ['github', 'gitlab', 'bitbucket', 'azure-devops', 'jenkins', 'circleci', 'pipeline'] as const;

/** A sender as a counter may name it: what a stranger wrote into the address never becomes part of a storage key. */
export function sourceName(asked: string | undefined): string {
  return SOURCES.find((source) => source === asked) ?? (asked === undefined ? 'none' : 'unknown');
}

export const providerOf = (source: string): Provider | undefined =>
  PROVIDERS.find((provider) => provider.source === source);
