import { COLLECT_HELP, runCollect } from './collect/collect';
import { given, helpText, JSON_FLAG } from './flags';
import { GATE_HELP, runGate } from './gate/gate';
import { MIRROR_HELP, runMirror } from './mirror/mirror';
import { couldNot, nodeFailure } from './outcome';
import type { Outcome } from './outcome';
import { rimOf, type Environment, type Rim } from './rim';
import { Secrets } from './secrets';
import { VERIFY_HELP, verify } from './verify';

const HELP = `Usage: npm run -s cli -- VERB …

  verify PACK   check an evidence pack offline
  gate          ask the deploy gate whether a change may be deployed
  collect       gather a pipeline's evidence and hand it in
  mirror        copy packs and the heads of their ledgers to stores of your own, and compare

Each verb has --help. Exit code: 0 done, 1 the answer is no, 2 could not be done.`;

interface Verb {
  readonly help: string;
  readonly run: (args: readonly string[], rim: Rim) => Outcome | Promise<Outcome>;
}

const VERBS: Readonly<Record<string, Verb>> = {
  verify: { help: VERIFY_HELP, run: runVerify },
  gate: { help: helpText(GATE_HELP), run: runGate },
  collect: { help: helpText(COLLECT_HELP), run: runCollect },
  mirror: { help: helpText(MIRROR_HELP), run: runMirror },
};

/**
 * Runs one verb: reads the files and the repository it is given, and asks the addresses it is given. The caller prints and
 * exits; no secret of the environment is in what it prints.
 */
export async function run(
  args: readonly string[],
  environment: Environment = process.env,
  rim: Rim = rimOf(environment),
): Promise<Outcome> {
  const [first, ...rest] = args;
  const wantsHelp = rest.includes('--help') || rest.includes('-h');
  if (first === undefined) return couldNot(`No verb given.\n\n${HELP}`);
  if (first === '--help' || first === '-h') return { exitCode: 0, output: HELP };
  const verb = Object.hasOwn(VERBS, first) ? VERBS[first] : undefined;
  if (verb === undefined) return couldNot(`There is no verb ${JSON.stringify(first)}.\n\n${HELP}`);
  if (wantsHelp) return { exitCode: 0, output: verb.help };
  const secrets = new Secrets(environment, namesOfSecrets(args));
  return secrets.outcome(await attempt(verb, rest, secrets.rim(rim)));
}

/** A mistake of ours must not look like an answer: it is "could not be done", with everything that is known of it. */
async function attempt(verb: Verb, args: readonly string[], rim: Rim): Promise<Outcome> {
  try {
    return await verb.run(args, rim);
  } catch (error) {
    const failure = nodeFailure(error);
    if (failure?.code.startsWith('ERR_PARSE_ARGS') === true) return couldNot(`${failure.message}\n\n${verb.help}`);
    return couldNot(
      `This is a mistake in the program: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
  }
}

const VERIFY_FLAGS = [
  JSON_FLAG,
  { name: 'key', takes: 'FILE', says: 'check signatures with this public key' },
  { name: 'checkpoint', takes: 'FILE', says: 'compare with a checkpoint kept elsewhere' },
];

function runVerify(args: readonly string[]): Outcome {
  const told = given(VERIFY_FLAGS, args);
  return verify(told.positionals, {
    json: told.on('json'),
    key: told.text('key'),
    checkpoint: told.text('checkpoint'),
  });
}

/** Variables that an option such as `--secret-env NAME` says to read. */
const namesOfSecrets = (args: readonly string[]): readonly string[] =>
  args.flatMap((word, i) => {
    const [, value] = /^--[a-z-]+-env(?:=(.*))?$/.exec(word) ?? [];
    return value ?? (word.endsWith('-env') ? (args[i + 1] ?? []) : []);
  });
