import { checkQuestion, type DeployQuestion } from '../../gate/question';
import { destination } from '../destination';
import { digestsOf } from '../digests';
import { given, helpText, JSON_FLAG, type Given, type VerbHelp } from '../flags';
import { headOf } from '../head';
import { couldNot, type Outcome } from '../outcome';
import { outputsTo } from '../outputs';
import type { Environment, Rim } from '../rim';
import { runnerOf, type Runner } from '../runner/runner';
import { signedPost, type Posted } from '../signed-post';
import { actorOf, CHANGE_FLAGS, changeOf, environmentOf, NOW_FLAG, rimAt, VERBOSE_FLAG, waitFlag } from '../told';
import { FAILED, SAID } from './answers';

export const GATE_HELP: VerbHelp = {
  usage: 'gate [--change KEY] [--environment NAME] [--commit ID]… [--artifact DIGEST]… [--url URL]',
  about: `Asks the deploy gate whether a change may be deployed. Ask right before deploying, and deploy only on exit code 0. On a runner
that it knows (GitHub Actions, GitLab CI, Azure Pipelines, Bitbucket Pipelines, CircleCI, Jenkins, Atlantis) it finds
change, commit, environment and actor by itself; an option always wins.`,
  flags: [
    ...CHANGE_FLAGS,
    {
      name: 'commit',
      takes: 'ID',
      repeated: true,
      says: 'a commit that is deployed, by its full hash (as the runner says, or HEAD; none when an artifact is named)',
    },
    { name: 'artifact', takes: 'DIGEST', repeated: true, says: 'an artifact that is deployed, as sha256:…' },
    { name: 'file', takes: 'GLOB', repeated: true, says: 'files that are deployed: asked for by their SHA-256' },
    { name: 'repository', takes: 'DIR', says: 'the git repository whose HEAD is deployed (the current folder)' },
    { name: 'url', takes: 'URL', says: 'the address of the web trigger deploy-gate ($CHANGE_GATE_URL)' },
    {
      name: 'secret-env',
      takes: 'NAME',
      says: 'the environment variable that holds the secret (CHANGE_GATE_SECRET)',
    },
    waitFlag('how long to ask again while it answers pending or unavailable, or cannot be reached (60)'),
    {
      name: 'interval',
      takes: 'SECONDS',
      says: 'how long to wait between two questions (1, then twice as long each time up to 15)',
    },
    {
      name: 'outputs',
      takes: 'FILE',
      says: 'add verdict, change, environment and attempts to this file as NAME=value lines, such as $GITHUB_OUTPUT or a dotenv report',
    },
    NOW_FLAG,
    VERBOSE_FLAG,
    { ...JSON_FLAG, says: 'print question, verdict, sentence and attempts as JSON' },
  ],
  exit: ['allowed', 'blocked or no such change', 'could not be asked or answered'],
};

const wrong = (complaint: string): Outcome => couldNot(`${complaint}\n\n${helpText(GATE_HELP)}`);

/** Asks, and waits for an answer as long as it was told to. */
export async function runGate(args: readonly string[], world: Rim): Promise<Outcome> {
  const told = given(GATE_HELP.flags, args);
  if (told.positionals.length > 0) return wrong('gate takes options only.');
  const at = rimAt(told, world);
  if (!at.ok) return wrong(at.complaint);
  const rim = at.value;
  const question = await questionOf(told, rim.environment);
  if (!question.ok) return wrong(question.sentence);
  const to = addressOf(told, rim.environment);
  if (!to.ok) return wrong(to.complaint);
  const say = told.on('verbose') ? rim.say : () => undefined;
  say(`asking about ${JSON.stringify(question.question)}`);
  const posted = await signedPost({
    ...to,
    body: JSON.stringify(question.question),
    again: ['pending', 'unavailable'],
    member: 'verdict',
    rim: { ...rim, say },
  });
  return outcomeOf(question.question, posted, told);
}

function addressOf(told: Given, environment: Environment) {
  return destination(
    {
      url: told.text('url') ?? environment['CHANGE_GATE_URL'],
      urlVariable: 'CHANGE_GATE_URL',
      secretEnv: told.text('secret-env') ?? 'CHANGE_GATE_SECRET',
      wait: told.text('wait') ?? '60',
      interval: told.text('interval'),
    },
    environment,
  );
}

async function questionOf(told: Given, environment: Environment): Promise<ReturnType<typeof checkQuestion>> {
  const no = (sentence: string) => ({ ok: false, reason: 'options', sentence }) as const;
  const runner = runnerOf(environment);
  const change = changeOf(told, environment, runner);
  if (!change.ok) return no(change.complaint);
  const files = await digestsOf(told.several('file'));
  if (files.missing.length > 0)
    return no(`--file: there is no file ${files.missing.map(({ path, why }) => `${path} (${why})`).join(', ')}.`);
  const artifacts = [...told.several('artifact'), ...files.found.map(({ digest }) => digest)];
  const who = actorOf(told, environment, runner);
  return checkQuestion({
    change: change.value,
    environment: environmentOf(told, environment, runner),
    commits: commitsOf(told, runner, artifacts.length > 0),
    artifacts,
    actor: who === undefined ? undefined : { name: who.name, ...(who.email === undefined ? {} : { email: who.email }) },
  });
}

/** What is deployed is asked for; what a runner or the work tree holds only when nothing was named. */
function commitsOf(told: Given, runner: Runner | undefined, artifacts: boolean): readonly string[] {
  const named = told.several('commit');
  if (named.length > 0 || artifacts) return named;
  const known = runner?.commit ?? headOf(told.text('repository') ?? '.');
  return known === undefined ? [] : [known];
}

function outcomeOf(question: DeployQuestion, { status, word, attempts, failure }: Posted, told: Given): Outcome {
  // Both have to say yes: a proxy's 200 is none.
  const exitCode =
    word === 'allowed' && status === 200 ? 0 : word !== null && word !== 'allowed' && SAID.has(word) ? 1 : 2;
  const meaning =
    word === null ? undefined : (SAID.get(word) ?? FAILED.get(word) ?? 'the answer is not known to this program.');
  const why = [meaning, failure].filter((part) => part !== undefined && part !== null).join(' ');
  const sentence = `${question.change} to ${question.environment}: ${word ?? 'no answer'}: ${why}`;
  const { change, environment } = question;
  // Whoever reads the word alone must not take an answer for a yes that is none.
  const verdict = word === 'allowed' && exitCode !== 0 ? null : word;
  const written = outputsTo(told.text('outputs'), {
    verdict: verdict ?? 'no-answer',
    change,
    environment,
    attempts: String(attempts),
  });
  if (written !== undefined) return couldNot(`${sentence}\n${written}`);
  if (told.on('json')) return { exitCode, output: JSON.stringify({ verdict, sentence, question, attempts }, null, 2) };
  return exitCode === 2 ? couldNot(sentence) : { exitCode, output: sentence };
}
