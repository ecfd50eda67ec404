import { checkQuestion, type DeployQuestion } from '../gate/question';
import { destination } from './destination';
import { couldNot, type Outcome } from './outcome';
import { signedPost } from './signed-post';

export const GATE_HELP = `Usage: gate --change KEY --environment NAME [--commit ID]… [--artifact DIGEST]… --actor NAME --url URL

Asks the deploy gate whether a change may be deployed. Ask right before deploying, and deploy only on exit code 0.

  --change KEY        the Jira issue, such as CHG-7
  --environment NAME  where it is to be deployed
  --commit ID         a commit that is deployed, by its full hash; may be repeated
  --artifact DIGEST   an artifact that is deployed, as sha256:…; may be repeated
  --actor NAME        who deploys: display name, or the part of the e-mail address before the @
  --email ADDRESS     their e-mail address in Jira
  --url URL           the address of the web trigger deploy-gate
  --secret-env NAME   the environment variable that holds the secret (CHANGE_GATE_SECRET)
  --wait SECONDS      how long to ask again while it answers pending or unavailable (60)
  --json              print question, verdict and attempts as JSON
  --help              this text

Exit code: 0 allowed, 1 blocked or no such change, 2 could not be asked or answered.`;

export interface GateOptions {
  readonly change: string | undefined;
  readonly environment: string | undefined;
  readonly commit: readonly string[];
  readonly artifact: readonly string[];
  readonly actor: string | undefined;
  readonly email: string | undefined;
  readonly url: string | undefined;
  readonly secretEnv: string | undefined;
  readonly wait: string | undefined;
  readonly json: boolean;
}

/** What each answer of the gate means for a person who reads the log of a pipeline. */
const SAID: ReadonlyMap<string, string> = new Map(
  Object.entries({
    allowed: 'it may be deployed.',
    'blocked-not-approved': 'it is not approved, or not open any more. Its panel in Jira says what it needs.',
    'blocked-voided': 'it was edited after it was approved. It has to be approved again as it is now.',
    'blocked-incomplete': 'evidence that the policy demands before deploying is missing.',
    'blocked-freeze': 'a freeze period holds it up.',
    'blocked-window': 'this is outside its change window.',
    'blocked-commit':
      'a commit or artifact is not linked to it, or came after it was approved. Hand in the evidence (collect), or have it approved again.',
    'blocked-actor':
      'the person who deploys decided on it, or is nobody whom Jira knows. Somebody else has to deploy it.',
    'unknown-change': 'there is no such change under change control.',
  }),
);
const FAILED: ReadonlyMap<string, string> = new Map(
  Object.entries({
    pending: 'facts about it are still being recorded. Ask again, or wait longer with --wait.',
    unavailable: 'the gate could not find out. Ask again, or wait longer with --wait.',
    unauthorized: "the gate did not accept the signature. Check the secret, and this machine's clock.",
    invalid: 'the gate did not understand the question. Is this command line older than the app?',
  }),
);

/** Asks, and waits for an answer as long as it was told to. Prints no secret. */
export async function gate(
  options: GateOptions,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Outcome> {
  const read = questionOf(options);
  if (!read.ok) return couldNot(`${read.sentence}\n\n${GATE_HELP}`);
  const { url, secretEnv = 'CHANGE_GATE_SECRET', wait = '60' } = options;
  const to = destination({ url, secretEnv, wait }, environment);
  if (!to.ok) return couldNot(`${to.complaint}\n\n${GATE_HELP}`);
  const { question } = read;
  const again = ['pending', 'unavailable'];
  const posted = await signedPost({ ...to, body: JSON.stringify(question), again, member: 'verdict' });
  return outcomeOf(question, posted, options.json);
}

function questionOf({ change, environment, commit, artifact, actor, email }: GateOptions) {
  const person = actor === undefined ? undefined : { name: actor, ...(email === undefined ? {} : { email }) };
  return checkQuestion({ change, environment, commits: commit, artifacts: artifact, actor: person });
}

type Answer = Awaited<ReturnType<typeof signedPost>>;

function outcomeOf(question: DeployQuestion, { status, word, attempts, failure }: Answer, json: boolean): Outcome {
  // Both have to say yes: a proxy's 200 is none.
  const exitCode =
    word === 'allowed' && status === 200 ? 0 : word !== null && word !== 'allowed' && SAID.has(word) ? 1 : 2;
  const why =
    (word === null ? failure : (SAID.get(word) ?? FAILED.get(word))) ?? 'the answer is not known to this program.';
  const sentence = `${question.change} to ${question.environment}: ${word ?? 'no answer'}: ${why}`;
  if (json) return { exitCode, output: JSON.stringify({ verdict: word, sentence, question, attempts }, null, 2) };
  return exitCode === 2 ? couldNot(sentence) : { exitCode, output: sentence };
}
