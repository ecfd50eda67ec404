import { chooseApi, PROVIDERS, type ProviderName } from '../api/choose';
import type { ProviderApi } from '../api/api';
import type { Given } from '../flags';
import type { Rim } from '../rim';
import { repositoryOf } from '../runner/jenkins';
import { runnerOf, type Runner } from '../runner/runner';
import { Secrets } from '../secrets';
import { actorOf, environmentOf, filled } from '../told';
import { baseOf } from './base';
import { commitsBetween, type Commits } from './commits';
import type { Gathered } from './envelopes';
import { FILE_KINDS, filesOf, givenArtifact, type Files } from './files';
import { Git, GitProblem, refuseIncomplete } from './git';
import { pullRequestsOf } from './pull-requests';
import { Report } from './report';

export interface Collected {
  readonly gathered: Gathered;
  readonly report: Report;
}

interface Place {
  readonly told: Given;
  readonly rim: Rim;
  readonly runner: Runner | undefined;
  readonly environment: string | undefined;
  readonly report: Report;
}

/** Something on the command line that cannot be meant. */
export class OptionProblem extends Error {
  override readonly name = 'OptionProblem';
}

/** @throws GitProblem, OptionProblem */
export async function gather(told: Given, rim: Rim, change: string): Promise<Collected> {
  const runner = runnerOf(rim.environment);
  const report = new Report();
  report.note(...(runner?.notes ?? []));
  const place: Place = { told, rim, runner, environment: environmentOf(told, rim.environment, runner), report };
  const git = told.on('no-commits') ? undefined : new Git(told.text('repository') ?? '.', told.text('allowed-signers'));
  if (git !== undefined) refuseIncomplete(git);
  const remote = git === undefined ? undefined : remoteOf(git);
  const api = apiOf(place, remote);
  const found = git === undefined ? undefined : await commitsOf(git, place, api);
  const commits = found?.commits ?? [];
  const ids = commits.map(({ envelope: { id } }) => id);
  return {
    gathered: {
      change,
      head: found?.head ?? runner?.commit,
      base: found?.base,
      repository: runner?.repository ?? repositoryOf(remote),
      environment: place.environment,
      state: told.text('state'),
      deployed: told.text('deployed'),
      actor: actorOf(told, rim.environment, runner),
      runner,
      claimedAt: new Date(rim.now()).toISOString(),
      commits,
      pullRequests: await pullRequestsOf(api, found === undefined ? undefined : ids, runner?.pullRequest, report),
      files: await allFiles(place),
    },
    report,
  };
}

async function commitsOf(git: Git, { told, runner, environment, report }: Place, api: ProviderApi | undefined) {
  const head = headOf(git, told, runner, report);
  const [since, tag] = [told.text('since'), told.text('deployment-tag')];
  const base = await baseOf(git, { since, first: told.on('first'), tag, environment, runner, api, head }, report);
  const { commits, notes }: Commits = commitsBetween(git, base.commit, head);
  report.note(...notes);
  return { head, base, commits };
}

/** What is handed in up to. A runner builds a pull request as a merge of its own making, which is nobody's commit. */
function headOf(git: Git, told: Given, runner: Runner | undefined, report: Report): string {
  const named = told.text('head');
  const head = git.find(named ?? 'HEAD');
  if (head === undefined)
    throw new GitProblem(`There is no commit ${JSON.stringify(named ?? 'HEAD')} in ${git.folder}.`);
  if (named !== undefined) return head;
  const own = runner?.pullRequest?.head;
  const parents = git.text(['rev-list', '--parents', '-n', '1', head]).trim().split(' ').slice(1);
  if (own !== undefined && parents.length > 1 && parents.includes(own)) {
    report.note(
      `HEAD is a merge that was made to test the pull request; gathered is what leads to its own commit ${own}.`,
    );
    return own;
  }
  if (runner?.branch === undefined && !git.agrees(['symbolic-ref', '--quiet', 'HEAD']))
    report.note('HEAD is detached, and no runner says of which branch it is.');
  return head;
}

const remoteOf = (git: Git): string | undefined => git.answer(['remote', 'get-url', 'origin']);

function apiOf({ told, rim, runner, report }: Place, remote: string | undefined): ProviderApi | undefined {
  const named = told.text('api');
  if (named !== undefined && named !== 'none' && !isProvider(named))
    throw new OptionProblem(`--api is one of ${PROVIDERS.join(', ')}, none.`);
  const choice = chooseApi({
    provider: named,
    url: told.text('api-url') ?? filled(rim.environment['CHANGE_API_URL']),
    tokenEnv: told.text('token-env'),
    waitSeconds: Number(told.text('wait') ?? '60'),
    runner,
    remote,
    rim,
  });
  if (choice.outcome === 'api') return choice.api;
  if (choice.outcome === 'missing')
    report.lacks("pull requests and reviews from the provider's API", choice.why, 'pull-request', 'review');
  else report.note(`No provider was asked for deployments, pull requests and reviews: ${choice.why}.`);
  return undefined;
}

const isProvider = (name: string): name is ProviderName => (PROVIDERS as readonly string[]).includes(name);

async function allFiles({ told, rim, report }: Place): Promise<Gathered['files']> {
  const named = [told.text('secret-env') ?? 'CHANGE_PIPELINE_SECRET', told.text('token-env') ?? ''];
  const secrets = new Secrets(rim.environment, named);
  const all: (readonly [Gathered['files'][number][0], Files])[] = [];
  for (const { option, kind, whole } of FILE_KINDS)
    all.push([
      kind,
      await filesOf({ option, kind }, told.several(option), {
        whole: whole && !told.on('digests-only'),
        secrets,
        report,
      }),
    ]);
  const given = told.several('artifact-digest').map((said) => {
    const artifact = givenArtifact(said);
    if (artifact === undefined)
      throw new OptionProblem('--artifact-digest is sha256: and 64 digits, with =NAME behind or NAME@ before it.');
    return artifact;
  });
  return [...all, ['artifact', { artifacts: given, contents: [] }]];
}
