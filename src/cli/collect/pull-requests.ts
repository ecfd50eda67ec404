import type { FoundPullRequest, FoundReview, ProviderApi } from '../api/api';
import { ApiProblem } from '../api/client';
import type { RunnerPullRequest } from '../runner/runner';
import { present } from '../runner/values';
import type { Report } from './report';

export interface PullRequest extends FoundPullRequest {
  readonly reviews: readonly FoundReview[];
}

/** Each may cost a question; what lies beyond is said. */
const MAX_ASKED = 300;

/**
 * The pull requests that the commits came by, with their reviews: first the one that the run is about, then those of every
 * commit that no pull request found before holds, newest first. What could not be asked is in the report; what the runner
 * itself says of its pull request is kept then.
 *
 * @param commits what is handed in, oldest first; undefined where nothing of git is, and the run's pull request has to do.
 */
export async function pullRequestsOf(
  api: ProviderApi | undefined,
  commits: readonly string[] | undefined,
  ofRun: RunnerPullRequest | undefined,
  report: Report,
): Promise<readonly PullRequest[]> {
  const fromRunner = ofRun === undefined ? [] : [asStated(ofRun)];
  if (api === undefined) return fromRunner;
  const found = new Map<string, PullRequest>();
  try {
    if (ofRun !== undefined) await add(found, await api.pullRequest(ofRun.id), api, commits);
    if (commits !== undefined) await addThoseOf(commits, found, api, report);
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    const got = found.size === 0 ? '' : ` (${found.size} were read)`;
    report.lacks(`pull requests and reviews${got}`, error.message, 'pull-request', 'review');
  }
  return found.size === 0 ? fromRunner : [...found.values()];
}

async function addThoseOf(
  commits: readonly string[],
  found: Map<string, PullRequest>,
  api: ProviderApi,
  report: Report,
): Promise<void> {
  const covered = () => new Set(Array.from(found.values(), ({ commits: some }) => some).flat());
  let [known, asked, unknown] = [covered(), 0, 0];
  for (const commit of commits.toReversed()) {
    if (known.has(commit)) continue;
    if (asked >= MAX_ASKED) {
      const why = `${api.name} was asked about ${MAX_ASKED} commits, which is the most`;
      report.lacks('pull requests of older commits', why, 'pull-request', 'review');
      break;
    }
    asked += 1;
    try {
      for (const pull of await api.pullRequestsOf(commit))
        if (!found.has(pull.facts.id)) await add(found, pull, api, commits);
    } catch (error) {
      if (!(error instanceof ApiProblem && error.isUnknownCommit)) throw error;
      unknown += 1;
    }
    known = covered();
  }
  if (unknown > 0) report.note(`${api.name} does not know ${unknown} of the commits: they were not pushed.`);
}

/** Only commits that are handed in, if any are: a pull request may hold others, which were deployed before. */
async function add(
  found: Map<string, PullRequest>,
  pull: FoundPullRequest,
  api: ProviderApi,
  handedIn: readonly string[] | undefined,
): Promise<void> {
  const { id } = pull.facts;
  const all = [...(await api.commitsOf(id)), ...pull.commits];
  const commits = [...new Set(all)].filter((commit) => handedIn?.includes(commit) ?? true);
  found.set(id, { ...pull, commits, reviews: await api.reviewsOf(id) });
}

const asStated = ({ id, title, url, branch, base, author, head }: RunnerPullRequest): PullRequest => ({
  facts: { id, ...present({ title, url, branch, base, author }) },
  state: undefined,
  at: undefined,
  commits: head === undefined ? [] : [head],
  reviews: [],
});
