import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { readEnvelope, type Envelope, type EnvelopeArtifact } from '../providers/pipeline/envelope';
import { destination } from './destination';
import { commitsSince, GitProblem } from './git';
import { couldNot, nodeFailure, type Outcome } from './outcome';
import { pieces } from './pieces';
import { runnerOf } from './runner';
import { signedPost } from './signed-post';

export const COLLECT_HELP = `Usage: collect --change KEY --since REF --url URL [--artifact FILE]… [--junit FILE]… [--document FILE]…

Gathers what a pipeline knows and hands it in as evidence of a change: the commits since REF with their people, times,
messages, changed files and signatures; the run, as the runner's environment names it; and the digests of files. The
files themselves stay where they are. Handing in the same again adds nothing.

  --change KEY        the Jira issue, such as CHG-7
  --since REF         the commit, branch or tag after which the commits belong to the change
  --repository DIR    the git repository (the current folder)
  --environment NAME  where it is deployed, if it is
  --artifact FILE     what was built; may be repeated
  --junit FILE        a file of test results; may be repeated
  --document FILE     any other file that shows something; may be repeated
  --state WORD        how the run ended, such as success
  --actor NAME        who triggered the run (as the runner says)
  --email ADDRESS     their e-mail address
  --url URL           the address of the web trigger evidence-intake, with ?source=pipeline
  --secret-env NAME   the environment variable that holds the secret (CHANGE_PIPELINE_SECRET)
  --wait SECONDS      how long to send again while it is unavailable (60)
  --json              print what was sent and the answers as JSON
  --help              this text

Exit code: 0 all of it is stored, 1 there was nothing to hand in, 2 could not be done.`;

export interface CollectOptions {
  readonly change: string | undefined;
  readonly since: string | undefined;
  readonly repository: string | undefined;
  readonly environment: string | undefined;
  readonly artifact: readonly string[];
  readonly junit: readonly string[];
  readonly document: readonly string[];
  readonly state: string | undefined;
  readonly actor: string | undefined;
  readonly email: string | undefined;
  readonly url: string | undefined;
  readonly secretEnv: string | undefined;
  readonly wait: string | undefined;
  readonly json: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Gathers, signs and sends. Stops at the first piece that is not stored; what was stored before it stays. */
export async function collect(options: CollectOptions, environment: Environment): Promise<Outcome> {
  const { url, secretEnv = 'CHANGE_PIPELINE_SECRET', wait = '60' } = options;
  const to = destination({ url, secretEnv, wait }, environment);
  if (!to.ok) return couldNot(`${to.complaint}\n\n${COLLECT_HELP}`);
  let gathered: readonly Envelope[];
  try {
    gathered = (await gather(options, environment)).flatMap(pieces);
  } catch (error) {
    const complaint = error instanceof GitProblem ? error.message : nodeFailure(error)?.message;
    if (complaint !== undefined) return couldNot(complaint);
    throw error;
  }
  for (const envelope of gathered) {
    const read = readEnvelope(envelope);
    if (!read.ok) return couldNot(`This cannot be handed in (${read.reason}). Check the options.\n\n${COLLECT_HELP}`);
  }
  if (gathered.length === 0)
    return {
      exitCode: 1,
      output: `There is nothing to hand in: no commit since ${options.since ?? ''}, no run and no file.`,
    };
  return send(gathered, { ...to, json: options.json });
}

async function gather(options: CollectOptions, environment: Environment): Promise<readonly Envelope[]> {
  const { change, since } = options;
  if (change === undefined || since === undefined)
    throw new GitProblem(`--change and --since are needed.\n\n${COLLECT_HELP}`);
  const commits = commitsSince(options.repository ?? '.', since);
  const runner = runnerOf(environment);
  const actor = options.actor ?? runner?.actor;
  const common = {
    change,
    ...(runner?.repository === undefined ? {} : { repository: runner.repository }),
    ...(runner === undefined ? {} : { run: runner.run }),
    ...(actor === undefined
      ? {}
      : { actor: { name: actor, ...(options.email === undefined ? {} : { email: options.email }) } }),
    claimedAt: new Date().toISOString(),
  };
  // A commit is one fact for ever: where it is deployed and how a run ended are facts of the run.
  const ending = {
    ...common,
    ...(options.environment === undefined ? {} : { environment: options.environment }),
    ...(options.state === undefined ? {} : { state: options.state }),
  };
  const about = commits.length > 0 && commits.length <= 1000 ? { commits: commits.map(({ id }) => id) } : {};
  const files = async (kind: 'artifact' | 'test-result' | 'document', paths: readonly string[]) =>
    paths.length === 0 ? [] : [{ ...ending, ...about, kind, artifacts: await Promise.all(paths.map(digestOf)) }];
  return [
    ...(commits.length === 0 ? [] : [{ ...common, kind: 'commit' as const, commits: [...commits] }]),
    ...(runner === undefined ? [] : [{ ...ending, ...about, kind: 'run' as const }]),
    ...(await files('artifact', options.artifact)),
    ...(await files('test-result', options.junit)),
    ...(await files('document', options.document)),
  ];
}

/** SHA-256 of a file, read as a stream. */
async function digestOf(path: string): Promise<EnvelopeArtifact> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of createReadStream(path)) {
    const bytes = chunk as Buffer;
    hash.update(bytes);
    size += bytes.length;
  }
  const name = basename(path)
    .replaceAll(/[\p{Control}\p{Surrogate}]/gu, '\u{FFFD}')
    .slice(0, 255);
  return { digest: `sha256:${hash.digest('hex')}`, name, size };
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
  to: { readonly url: string; readonly secret: string; readonly waitSeconds: number; readonly json: boolean },
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
