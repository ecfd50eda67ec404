import { ApiProblem } from '../api/client';
import type { ProviderApi } from '../api/api';
import type { Runner } from '../runner/runner';
import type { Git } from './git';
import { GitProblem } from './git';
import type { Report } from './report';

/** After which commit the commits belong to the change, and how that is known. */
export interface Base {
  /** Full hash; undefined when all there is belongs to it. */
  readonly commit: string | undefined;
  readonly source: 'since' | 'first' | 'deployment' | 'tag' | 'previous-run' | 'pull-request' | 'push';
  readonly says: string;
}

export interface Wanted {
  readonly since: string | undefined;
  /** There was no deployment before. */
  readonly first: boolean;
  /** Pattern of tags that deployments leave behind. */
  readonly tag: string | undefined;
  readonly environment: string | undefined;
  readonly runner: Runner | undefined;
  readonly api: ProviderApi | undefined;
  readonly head: string;
}

interface Tried extends Base {
  readonly commit: string;
}

/**
 * What was deployed last, by the first of these that knows: what was named; the provider's record of deployments to the
 * environment; the newest tag of the pattern; the last successful run of the job; the base of the pull request; what the
 * branch held before the push. Whatever was asked and did not know is in the report.
 *
 * @throws GitProblem when none knows: a base that is guessed would leave commits out without a word.
 */
export async function baseOf(git: Git, wanted: Wanted, report: Report): Promise<Base> {
  const { since, first, runner, head } = wanted;
  if (since !== undefined) {
    const commit = git.find(since);
    if (commit === undefined) throw new GitProblem(`There is no commit ${JSON.stringify(since)} in ${git.folder}.`);
    return onBranch(git, { commit, source: 'since', says: `${since}, as --since names it` }, head, report);
  }
  if (first) return { commit: undefined, source: 'first', says: 'the beginning, as --first says' };
  const tried = [
    () => ofDeployment(wanted, report),
    () => ofTag(git, wanted, report),
    () => ofRunner(git, runner, head),
  ];
  for (const attempt of tried) {
    const found = await attempt();
    if (found === undefined) continue;
    if (git.find(found.commit) !== undefined) return onBranch(git, found, head, report);
    report.lacks(
      `commits since ${found.says}`,
      `commit ${found.commit} is not in this clone; it may have been lost by a forced push`,
      'commit',
    );
  }
  const because = [...report.missing.map(({ what, why }) => `${what}: ${why}`), ...report.notes].join('\n');
  throw new GitProblem(
    `Nothing says what was deployed last. Name it with --since REF, or say --first if nothing was.\n${because}`.trim(),
  );
}

async function ofDeployment({ api, environment }: Wanted, report: Report): Promise<Tried | undefined> {
  if (environment === undefined) {
    report.note('The last deployment was not asked for: no --environment.');
    return undefined;
  }
  if (api === undefined) return undefined;
  try {
    const last = await api.lastDeployment(environment);
    if (last === undefined) report.note(`${api.name} knows of no successful deployment to ${environment}.`);
    return last === undefined
      ? undefined
      : { commit: last.commit, source: 'deployment', says: `${last.says} (${api.name})` };
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    report.lacks(`the last successful deployment to ${environment}`, error.message, 'commit');
    return undefined;
  }
}

/** The nearest one before what is deployed now: a tag on that itself is of this deployment. */
function ofTag(git: Git, { tag, head }: Wanted, report: Report): Tried | undefined {
  if (tag === undefined) return undefined;
  const own = git
    .text(['tag', '--points-at', head])
    .split('\n')
    .filter((name) => name !== '');
  const name = git.answer([
    'describe',
    '--tags',
    '--abbrev=0',
    '--match',
    tag,
    ...own.flatMap((one) => ['--exclude', one]),
    head,
  ]);
  const commit = name === undefined ? undefined : git.find(`refs/tags/${name}`);
  if (name !== undefined && commit !== undefined) return { commit, source: 'tag', says: `tag ${name}` };
  report.note(`There is no earlier tag ${tag}.`);
  return undefined;
}

function ofRunner(git: Git, runner: Runner | undefined, head: string): Tried | undefined {
  if (runner === undefined) return undefined;
  const { system, previous, pullRequest, before } = runner;
  if (previous !== undefined)
    return { commit: previous, source: 'previous-run', says: `the last successful run of this job (${system})` };
  const target = pullRequest === undefined ? undefined : targetOf(git, pullRequest);
  if (pullRequest !== undefined && target !== undefined)
    return {
      commit: mergeBase(git, target, head) ?? target,
      source: 'pull-request',
      says: `where pull request ${pullRequest.id} left ${pullRequest.base ?? 'its base'} (${system})`,
    };
  if (before !== undefined)
    return { commit: before, source: 'push', says: `what the branch held before the push (${system})` };
  return undefined;
}

const targetOf = (git: Git, { base, baseCommit }: NonNullable<Runner['pullRequest']>): string | undefined =>
  baseCommit ??
  (base === undefined ? undefined : (git.find(`refs/remotes/origin/${base}`) ?? git.find(`refs/heads/${base}`)));

const mergeBase = (git: Git, one: string, other: string): string | undefined =>
  git.find(git.answer(['merge-base', one, other]) ?? '');

/** Whoever rewrote a branch leaves a base that nothing leads from. */
function onBranch(git: Git, base: Tried, head: string, report: Report): Base {
  if (git.agrees(['merge-base', '--is-ancestor', base.commit, head])) return base;
  const common = mergeBase(git, base.commit, head);
  report.note(
    common === undefined
      ? `${base.commit} has no commit in common with ${head}: all that ${head} has is handed in.`
      : `${base.commit} is not among what ${head} is made of: history was rewritten, or it is another branch. Handed in is what came since ${common}, where they parted.`,
  );
  return base;
}
