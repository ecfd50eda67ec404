import { readEnvelope, type Envelope } from '../../providers/pipeline/envelope';
import { destination } from '../destination';
import { digestsOf } from '../digests';
import { given, helpText, JSON_FLAG, type Given, type VerbHelp } from '../flags';
import { couldNot, nodeFailure, type Outcome } from '../outcome';
import type { Rim } from '../rim';
import { runnerOf } from '../runner/runner';
import { signedPost } from '../signed-post';
import { actorOf, CHANGE_FLAGS, changeOf, environmentOf, NOW_FLAG, rimAt, waitFlag } from '../told';
import { commitsSince, GitProblem } from './git';
import { pieces } from './pieces';

export const COLLECT_HELP: VerbHelp = {
  usage: 'collect --since REF [--change KEY] [--artifact FILE]… [--junit FILE]… [--document FILE]… [--url URL]',
  about: `Gathers what a pipeline knows and hands it in as evidence of a change: the commits since REF with their people, times,
messages, changed files and signatures; the run, as the runner's environment names it; and the digests of files. The
files themselves stay where they are. Handing in the same again adds nothing.`,
  flags: [
    ...CHANGE_FLAGS,
    { name: 'since', takes: 'REF', says: 'the commit, branch or tag after which the commits belong to the change' },
    { name: 'repository', takes: 'DIR', says: 'the git repository (the current folder)' },
    { name: 'artifact', takes: 'FILE', repeated: true, says: 'what was built' },
    { name: 'junit', takes: 'FILE', repeated: true, says: 'a file of test results' },
    { name: 'document', takes: 'FILE', repeated: true, says: 'any other file that shows something' },
    { name: 'state', takes: 'WORD', says: 'how the run ended, such as success' },
    {
      name: 'url',
      takes: 'URL',
      says: 'the address of the web trigger evidence-intake, with ?source=pipeline ($CHANGE_EVIDENCE_URL)',
    },
    {
      name: 'secret-env',
      takes: 'NAME',
      says: 'the environment variable that holds the secret (CHANGE_PIPELINE_SECRET)',
    },
    waitFlag('how long to send again while it is unavailable (60)'),
    NOW_FLAG,
    { ...JSON_FLAG, says: 'print what was sent and the answers as JSON' },
  ],
  exit: ['all of it is stored', 'there was nothing to hand in', 'could not be done'],
};

const wrong = (complaint: string): Outcome => couldNot(`${complaint}\n\n${helpText(COLLECT_HELP)}`);

/** Gathers, signs and sends. Stops at the first piece that is not stored; what was stored before it stays. */
export async function runCollect(args: readonly string[], world: Rim): Promise<Outcome> {
  const told = given(COLLECT_HELP.flags, args);
  if (told.positionals.length > 0) return wrong('collect takes options only.');
  const at = rimAt(told, world);
  if (!at.ok) return wrong(at.complaint);
  const rim = at.value;
  const to = destination(
    {
      url: told.text('url') ?? rim.environment['CHANGE_EVIDENCE_URL'],
      urlVariable: 'CHANGE_EVIDENCE_URL',
      secretEnv: told.text('secret-env') ?? 'CHANGE_PIPELINE_SECRET',
      wait: told.text('wait') ?? '60',
    },
    rim.environment,
  );
  if (!to.ok) return wrong(to.complaint);
  let gathered: readonly Envelope[];
  try {
    gathered = (await gather(told, rim)).flatMap(pieces);
  } catch (error) {
    const complaint = error instanceof GitProblem ? error.message : nodeFailure(error)?.message;
    if (complaint !== undefined) return couldNot(complaint);
    throw error;
  }
  for (const envelope of gathered) {
    const read = readEnvelope(envelope);
    if (!read.ok) return wrong(`This cannot be handed in (${read.reason}). Check the options.`);
  }
  if (gathered.length === 0)
    return {
      exitCode: 1,
      output: `There is nothing to hand in: no commit since ${told.text('since') ?? ''}, no run and no file.`,
    };
  return send(gathered, { ...to, json: told.on('json'), rim: { ...rim, say: () => undefined } });
}

async function gather(told: Given, rim: Rim): Promise<readonly Envelope[]> {
  const since = told.text('since');
  if (since === undefined) throw new GitProblem(`--since is needed.\n\n${helpText(COLLECT_HELP)}`);
  const runner = runnerOf(rim.environment);
  const change = changeOf(told, rim.environment, runner);
  if (!change.ok) throw new GitProblem(change.complaint);
  const commits = commitsSince(told.text('repository') ?? '.', since);
  const actor = actorOf(told, runner);
  const environment = environmentOf(told, rim.environment, runner);
  const state = told.text('state');
  const common = {
    change: change.value,
    ...(runner?.repository === undefined ? {} : { repository: runner.repository }),
    ...(runner === undefined ? {} : { run: runner.run }),
    ...(actor === undefined ? {} : { actor }),
    claimedAt: new Date(rim.now()).toISOString(),
  };
  // A commit is one fact for ever: where it is deployed and how a run ended are facts of the run.
  const ending = {
    ...common,
    ...(environment === undefined ? {} : { environment }),
    ...(state === undefined ? {} : { state }),
  };
  const about = commits.length > 0 && commits.length <= 1000 ? { commits: commits.map(({ id }) => id) } : {};
  const files = async (kind: 'artifact' | 'test-result' | 'document', paths: readonly string[]) => {
    const { found, missing } = await digestsOf(paths);
    if (missing.length > 0) throw new GitProblem(`There is no file ${missing.join(', ')}.`);
    const artifacts = found.map(({ digest, name, size }) => ({ digest, name, size }));
    return artifacts.length === 0 ? [] : [{ ...ending, ...about, kind, artifacts }];
  };
  return [
    ...(commits.length === 0 ? [] : [{ ...common, kind: 'commit' as const, commits: [...commits] }]),
    ...(runner === undefined ? [] : [{ ...ending, ...about, kind: 'run' as const }]),
    ...(await files('artifact', told.several('artifact'))),
    ...(await files('test-result', told.several('junit'))),
    ...(await files('document', told.several('document'))),
  ];
}

const STORED = ['accepted', 'duplicate'];
const FAILED: ReadonlyMap<string, string> = new Map(
  Object.entries({
    unavailable: 'it could not be stored now. Run this again; what was stored is not stored twice.',
    unauthorized:
      "the signature was not accepted. Check the secret, this machine's clock, and ?source=pipeline in the address.",
    invalid: 'it was not understood. Is this command line older than the app?',
    ignored: 'it was not wanted. Does the address have ?source=pipeline?',
  }),
);

async function send(
  gathered: readonly Envelope[],
  to: {
    readonly url: string;
    readonly secret: string;
    readonly waitSeconds: number;
    readonly json: boolean;
    readonly rim: Rim;
  },
): Promise<Outcome> {
  const sent: { kind: string; entries: number; idempotencyKey: string | undefined; result: string | null }[] = [];
  let complaint: string | undefined;
  for (const envelope of gathered) {
    const body = JSON.stringify(envelope);
    const { word, failure } = await signedPost({ ...to, body, again: ['unavailable'], member: 'result' });
    const { kind, commits, artifacts, idempotencyKey } = envelope;
    const entries = (kind === 'commit' ? commits?.length : artifacts?.length) ?? 1;
    sent.push({ kind, entries, idempotencyKey, result: word });
    if (word === null || !STORED.includes(word)) {
      complaint = `${kind}: ${word ?? 'no answer'}: ${(word === null ? failure : FAILED.get(word)) ?? 'the answer is not known to this program.'}`;
      break;
    }
  }
  const exitCode = complaint === undefined ? 0 : 2;
  const output = to.json
    ? JSON.stringify({ stored: complaint === undefined, pieces: sent, of: gathered.length }, null, 2)
    : sent.map(({ kind, entries, result }) => `${kind} (${entries}): ${result ?? 'no answer'}`).join('\n');
  return { exitCode, output, ...(complaint === undefined ? {} : { complaint }) };
}
