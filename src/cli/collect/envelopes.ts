import type { Envelope, EnvelopePerson } from '../../providers/pipeline/envelope';
import type { Runner } from '../runner/runner';
import { present } from '../runner/values';
import type { Base } from './base';
import type { Commit } from './commits';
import type { Files } from './files';
import type { PullRequest } from './pull-requests';

export interface Gathered {
  readonly change: string;
  readonly head: string | undefined;
  /** Undefined when nothing of git was gathered. */
  readonly base: Base | undefined;
  readonly repository: string | undefined;
  readonly environment: string | undefined;
  readonly state: string | undefined;
  /** How a deployment ended; undefined when this run is none. */
  readonly deployed: string | undefined;
  readonly actor: EnvelopePerson | undefined;
  readonly runner: Runner | undefined;
  readonly claimedAt: string;
  readonly commits: readonly Commit[];
  readonly pullRequests: readonly PullRequest[];
  readonly files: readonly (readonly [Envelope['kind'], Files])[];
}

/** Commits of one fact; more would be said by the commits themselves. */
const MAX_ABOUT = 1000;

/**
 * What was gathered, as statements in the order in which they are sent: what is deployed before what was done with it. Whether
 * each is understood is for `readEnvelope` to say.
 */
export function envelopesOf(gathered: Gathered): readonly Envelope[] {
  const { change, repository, runner, actor, claimedAt, commits, files } = gathered;
  const common = { change, claimedAt, ...present({ repository, run: runner?.run, actor }) };
  // A commit is one fact for ever: where it is deployed and how a run ended are facts of the run.
  const ending = { ...common, ...present({ environment: gathered.environment, state: gathered.state }) };
  const ids = commits.map(({ envelope: { id } }) => id);
  const about = aboutOf(gathered, ids);
  return [
    ...(commits.length === 0
      ? []
      : [{ ...common, kind: 'commit' as const, commits: commits.map(({ envelope }) => envelope) }]),
    ...signaturesOf(common, commits),
    ...gathered.pullRequests.flatMap((pull) => ofPullRequest({ change, claimedAt, ...present({ repository }) }, pull)),
    ...(runner === undefined ? [] : [{ ...ending, ...about, kind: 'run' as const }]),
    ...files.flatMap(([kind, { artifacts, contents }]) => [
      ...(artifacts.length === 0 ? [] : [{ ...ending, ...about, kind, artifacts: [...artifacts] }]),
      ...contents.map((content) => ({ ...ending, ...about, kind, contents: [content] })),
    ]),
    ...deploymentOf(ending, gathered),
  ];
}

/** Without git, what the runner says that it builds is what its facts are about. */
function aboutOf({ base, head }: Gathered, ids: readonly string[]): { readonly commits?: string[] } {
  if (base === undefined) return head === undefined ? {} : { commits: [head] };
  return ids.length > 0 && ids.length <= MAX_ABOUT ? { commits: [...ids] } : {};
}

type Common = Pick<Envelope, 'change' | 'claimedAt' | 'repository' | 'run' | 'actor'>;

/** What git said of each signature, with the object itself, by which anybody can check it again. */
function signaturesOf(common: Common, commits: readonly Commit[]): readonly Envelope[] {
  return commits.flatMap(({ envelope: { id, signature }, signed }) =>
    signed === undefined
      ? []
      : [
          {
            ...common,
            kind: 'commit-signature' as const,
            commits: [{ id, signature }],
            contents: [objectOf(id, signed)],
          },
        ],
  );
}

/** As text when it is one, so that it can be searched like everything else that is handed in. */
function objectOf(id: string, object: Buffer): NonNullable<Envelope['contents']>[number] {
  const text = object.toString('utf8');
  const name = `${id}.commit`;
  return Buffer.from(text, 'utf8').equals(object) ? { name, text } : { name, base64: object.toString('base64') };
}

function ofPullRequest(common: Common, { facts, state, at, commits, reviews }: PullRequest): readonly Envelope[] {
  const about = commits.length === 0 ? {} : { commits: commits.slice(0, MAX_ABOUT) };
  return [
    { ...common, kind: 'pull-request', pullRequest: facts, ...about, ...present({ state }), ...timeOf(at) },
    ...reviews.map(({ review, reviewer, state: said, at: when, commits: seen }) => ({
      ...common,
      kind: 'review' as const,
      pullRequest: facts,
      review,
      reviewer,
      state: said.slice(0, 50),
      ...(seen.length === 0 ? {} : { commits: [...seen] }),
      ...timeOf(when),
    })),
  ];
}

/** A time as an envelope takes it, if the provider's is one; otherwise when it was gathered stands. */
const timeOf = (at: string | undefined): { readonly claimedAt?: string } =>
  at !== undefined && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/.test(at)
    ? { claimedAt: at }
    : {};

function deploymentOf(ending: Common, { deployed, head, files, commits }: Gathered): readonly Envelope[] {
  if (deployed === undefined) return [];
  const built = files.flatMap(([kind, { artifacts }]) => (kind === 'artifact' ? artifacts : []));
  const last = head ?? commits.at(-1)?.envelope.id;
  return [
    {
      ...ending,
      kind: 'deployment-status',
      state: deployed,
      ...(last === undefined ? {} : { commits: [last] }),
      ...(built.length === 0 ? {} : { artifacts: built.slice(0, MAX_ABOUT) }),
    },
  ];
}
