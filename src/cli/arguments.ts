import { parseArgs, type ParseArgsConfig } from 'node:util';
import { collect, COLLECT_HELP } from './collect';
import { gate, GATE_HELP } from './gate';
import { couldNot, nodeFailure } from './outcome';
import type { Outcome } from './outcome';
import { VERIFY_HELP, verify } from './verify';

const HELP = `Usage: npm run -s cli -- VERB …

  verify PACK   check an evidence pack offline
  gate          ask the deploy gate whether a change may be deployed
  collect       gather a pipeline's evidence and hand it in
  mirror        copy packs and checkpoints to a store of your own (not available yet)

Each verb has --help. Exit code: 0 done, 1 the answer is no, 2 could not be done.`;

const PLANNED: Readonly<Record<string, string>> = {
  mirror: 'copies packs and checkpoints to a store of the customer’s',
};

type Environment = Readonly<Record<string, string | undefined>>;

interface Verb {
  readonly help: string;
  readonly run: (args: readonly string[], environment: Environment) => Outcome | Promise<Outcome>;
}

const VERBS: Readonly<Record<string, Verb>> = {
  verify: { help: VERIFY_HELP, run: runVerify },
  gate: { help: GATE_HELP, run: runGate },
  collect: { help: COLLECT_HELP, run: runCollect },
};

/**
 * Runs one verb: reads the files and the repository it is given, and asks the address it is given. The caller prints and
 * exits.
 */
export async function run(args: readonly string[], environment: Environment = process.env): Promise<Outcome> {
  const [first, ...rest] = args;
  const wantsHelp = rest.includes('--help') || rest.includes('-h');
  if (first === undefined) return couldNot(`No verb given.\n\n${HELP}`);
  if (first === '--help' || first === '-h') return { exitCode: 0, output: HELP };
  // A verb that is not available yet answers that, whatever options it was given.
  const does = Object.hasOwn(PLANNED, first) ? PLANNED[first] : undefined;
  if (does !== undefined) return planned(first, does, wantsHelp);
  const verb = Object.hasOwn(VERBS, first) ? VERBS[first] : undefined;
  if (verb === undefined) return couldNot(`There is no verb ${JSON.stringify(first)}.\n\n${HELP}`);
  if (wantsHelp) return { exitCode: 0, output: verb.help };
  try {
    return await verb.run(rest, environment);
  } catch (error) {
    const failure = nodeFailure(error);
    if (failure?.code.startsWith('ERR_PARSE_ARGS') === true) return couldNot(`${failure.message}\n\n${verb.help}`);
    throw error;
  }
}

const text = { type: 'string' } as const;
const several = { type: 'string', multiple: true, default: [] as string[] } as const;
const flag = { type: 'boolean', default: false } as const;

const parsed = <T extends NonNullable<ParseArgsConfig['options']>>(args: readonly string[], options: T) =>
  parseArgs({ args: [...args], allowPositionals: true, options });

function runVerify(args: readonly string[]): Outcome {
  const { values, positionals } = parsed(args, { json: flag, key: text, checkpoint: text });
  return verify(positionals, { json: values.json, key: values.key, checkpoint: values.checkpoint });
}

const SENDING = {
  change: text,
  environment: text,
  actor: text,
  email: text,
  url: text,
  'secret-env': text,
  wait: text,
  json: flag,
} as const;

function runGate(args: readonly string[], environment: Environment): Outcome | Promise<Outcome> {
  const { values, positionals } = parsed(args, { ...SENDING, commit: several, artifact: several });
  if (positionals.length > 0) return couldNot(`gate takes options only.\n\n${GATE_HELP}`);
  const { change, environment: where, commit, artifact, actor, email, url, wait, json } = values;
  return gate(
    { change, environment: where, commit, artifact, actor, email, url, secretEnv: values['secret-env'], wait, json },
    environment,
  );
}

function runCollect(args: readonly string[], environment: Environment): Outcome | Promise<Outcome> {
  const files = { artifact: several, junit: several, document: several };
  const { values, positionals } = parsed(args, { ...SENDING, ...files, since: text, repository: text, state: text });
  if (positionals.length > 0) return couldNot(`collect takes options only.\n\n${COLLECT_HELP}`);
  const {
    change,
    since,
    repository,
    environment: where,
    artifact,
    junit,
    document,
    state,
    actor,
    email,
    url,
    wait,
  } = values;
  const given = {
    change,
    since,
    repository,
    environment: where,
    artifact,
    junit,
    document,
    state,
    actor,
    email,
    url,
    wait,
  };
  return collect({ ...given, secretEnv: values['secret-env'], json: values.json }, environment);
}

function planned(verb: string, does: string, help: boolean): Outcome {
  if (help)
    return { exitCode: 0, output: `Usage: ${verb} …\n\n${verb} ${does}. It is not available yet and exits with 2.` };
  return couldNot(`${verb} ${does}. It is not available yet.`);
}
