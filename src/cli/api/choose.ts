import type { Environment, Rim } from '../rim';
import { repositoryOf } from '../runner/jenkins';
import type { Runner } from '../runner/runner';
import { filled } from '../told';
import type { ProviderApi } from './api';
import { AzureDevOpsApi } from './azure-devops';
import { BitbucketApi } from './bitbucket';
import { ApiClient } from './client';
import { GitHubApi } from './github';
import { GitLabApi } from './gitlab';

export const PROVIDERS = ['github', 'gitlab', 'bitbucket', 'azure-devops'] as const;
export type ProviderName = (typeof PROVIDERS)[number];

export interface ApiWanted {
  /** As named by an option; `none` asks nobody. */
  readonly provider: ProviderName | 'none' | undefined;
  readonly url: string | undefined;
  readonly tokenEnv: string | undefined;
  readonly waitSeconds: number;
  readonly runner: Runner | undefined;
  /** Address of the repository's remote `origin`, if it has one. */
  readonly remote: string | undefined;
  readonly rim: Rim;
}

export type ApiChoice =
  | { readonly outcome: 'api'; readonly api: ProviderApi }
  /** Nobody can be asked, and that was to be expected. */
  | { readonly outcome: 'none'; readonly why: string }
  /** Somebody could be asked, were it not for this. */
  | { readonly outcome: 'missing'; readonly why: string };

interface Access {
  readonly name: string;
  readonly tokens: readonly string[];
  readonly base: (environment: Environment) => string | undefined;
  readonly headers: (token: string, variable: string) => Readonly<Record<string, string>>;
  readonly hint: string;
}

const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });

const ACCESS: Readonly<Record<ProviderName, Access>> = {
  github: {
    name: "GitHub's API",
    tokens: ['GITHUB_TOKEN', 'GH_TOKEN'],
    base: (of) => filled(of['GITHUB_API_URL']) ?? 'https://api.github.com',
    headers: (token) => ({ ...bearer(token), 'X-GitHub-Api-Version': '2022-11-28' }),
    hint: 'the job needs permissions contents, pull-requests and deployments: read',
  },
  gitlab: {
    name: "GitLab's API",
    tokens: ['GITLAB_TOKEN', 'CI_JOB_TOKEN'],
    base: (of) => filled(of['CI_API_V4_URL']) ?? 'https://gitlab.com/api/v4',
    headers: (token, variable) => ({ [variable === 'CI_JOB_TOKEN' ? 'JOB-TOKEN' : 'PRIVATE-TOKEN']: token }),
    hint: 'a job token may not read this; put a project access token with read_api into GITLAB_TOKEN',
  },
  bitbucket: {
    name: "Bitbucket's API",
    tokens: ['BITBUCKET_ACCESS_TOKEN'],
    base: () => 'https://api.bitbucket.org/2.0',
    headers: bearer,
    hint: 'the repository access token needs to read repositories, pull requests and pipelines, and the workspace the app "Pull Request Commit Links"',
  },
  'azure-devops': {
    name: "Azure DevOps' API",
    tokens: ['SYSTEM_ACCESSTOKEN'],
    base: (of) => filled(of['SYSTEM_COLLECTIONURI']),
    headers: bearer,
    hint: 'the build service needs to read code and environments',
  },
};

const BY_SYSTEM: Readonly<Record<string, ProviderName>> = {
  'GitHub Actions': 'github',
  'GitLab CI': 'gitlab',
  'Bitbucket Pipelines': 'bitbucket',
  'Azure Pipelines': 'azure-devops',
};
const BY_HOST: readonly (readonly [RegExp, ProviderName])[] = [
  [/[@/]github\.com[:/]/i, 'github'],
  [/[@/]gitlab\.com[:/]/i, 'gitlab'],
  [/[@/]bitbucket\.org[:/]/i, 'bitbucket'],
];

/** Whose API is asked, where and with which token: as options say, as the runner is, or as the remote's host is called. */
export function chooseApi(wanted: ApiWanted): ApiChoice {
  const { runner, remote, rim } = wanted;
  if (wanted.provider === 'none') return { outcome: 'none', why: '--api none' };
  const ofRunner = runner === undefined ? undefined : BY_SYSTEM[runner.system];
  const isExpected = wanted.provider !== undefined || ofRunner !== undefined;
  const provider = wanted.provider ?? providerOf(rim.environment, ofRunner, remote);
  if (provider === undefined)
    return { outcome: 'none', why: 'neither the runner nor the remote says whose API could be asked' };
  const access = ACCESS[provider];
  const found = tokenOf(rim.environment, wanted.tokenEnv === undefined ? access.tokens : [wanted.tokenEnv]);
  if (found === undefined) {
    const why = `no token in ${wanted.tokenEnv ?? access.tokens.join(' or ')}; say --api none if it is not to be asked`;
    return { outcome: isExpected ? 'missing' : 'none', why };
  }
  const base = wanted.url ?? access.base(rim.environment);
  if (base === undefined || !isSafe(base))
    return {
      outcome: 'missing',
      why: 'an address with TLS is needed, because the token goes there: --api-url https://…',
    };
  const client = new ApiClient({
    name: access.name,
    base: base.endsWith('/') ? base : `${base}/`,
    headers: access.headers(found.token, found.variable),
    hint: access.hint,
    waitSeconds: wanted.waitSeconds,
    rim,
  });
  const api = apiOf(provider, client, rim.environment, runner?.repository ?? repositoryOf(remote));
  return api === undefined
    ? { outcome: 'missing', why: 'which repository it is, is not known' }
    : { outcome: 'api', api };
}

/** Azure Pipelines also builds repositories that lie at GitHub or Bitbucket. */
function providerOf(of: Environment, ofRunner: ProviderName | undefined, remote: string | undefined) {
  if (ofRunner === 'azure-devops' && (of['BUILD_REPOSITORY_PROVIDER'] ?? 'TfsGit') !== 'TfsGit')
    return of['BUILD_REPOSITORY_PROVIDER'] === 'GitHub' ? 'github' : undefined;
  return ofRunner ?? BY_HOST.find(([host]) => host.test(remote ?? ''))?.[1];
}

function tokenOf(of: Environment, variables: readonly string[]) {
  for (const variable of variables) {
    const token = filled(of[variable]);
    if (token !== undefined) return { token, variable };
  }
  return undefined;
}

/** A token in clear text is everybody's; on this machine there is nobody between. */
function isSafe(base: string): boolean {
  try {
    const { protocol, hostname } = new URL(base);
    return protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname));
  } catch {
    return false;
  }
}

function apiOf(provider: ProviderName, client: ApiClient, of: Environment, repository: string | undefined) {
  if (repository === undefined) return undefined;
  switch (provider) {
    case 'github':
      return new GitHubApi(client, repository);
    case 'gitlab':
      return new GitLabApi(client, repository, filled(of['CI_PROJECT_ID']) ?? repository);
    case 'bitbucket':
      return new BitbucketApi(client, repository);
    case 'azure-devops': {
      const [project, id] = [filled(of['SYSTEM_TEAMPROJECT']), filled(of['BUILD_REPOSITORY_ID'])];
      return project === undefined || id === undefined
        ? undefined
        : new AzureDevOpsApi(client, repository, project, id);
    }
  }
}
