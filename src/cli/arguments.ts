import { parseArgs } from 'node:util';
import { couldNot } from './outcome';
import type { Outcome } from './outcome';
import { VERIFY_HELP, verify } from './verify';

const HELP = `Usage: npm run -s cli -- VERB …

  verify PACK   check an evidence pack offline
  gate          ask the deploy gate whether a change may go ahead (not available yet)
  collect       gather a pipeline's evidence and hand it in (not available yet)
  mirror        copy packs and checkpoints to a store of your own (not available yet)

Each verb has --help. Exit code: 0 done, 1 the answer is no, 2 could not be done.`;

const PLANNED: Readonly<Record<string, string>> = {
  gate: 'asks the deploy gate whether a change may go ahead',
  collect: 'gathers the evidence of a pipeline and hands it in',
  mirror: 'copies packs and checkpoints to a store of the customer’s',
};

/** Runs one verb. Touches nothing but the files it is given; the caller prints and exits. */
export function run(args: readonly string[]): Outcome {
  // A verb that is not available yet answers that, whatever options it was given.
  const [first = ''] = args;
  const does = Object.hasOwn(PLANNED, first) ? PLANNED[first] : undefined;
  if (does !== undefined) return planned(first, does, args.includes('--help') || args.includes('-h'));
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (error) {
    return couldNot(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
  }
  const { values, positionals } = parsed;
  const [verb, ...rest] = positionals;
  if (verb === 'verify') {
    if (values.help) return { exitCode: 0, output: VERIFY_HELP };
    return verify(rest, { json: values.json, key: values.key, checkpoint: values.checkpoint });
  }
  if (verb === undefined) return values.help ? { exitCode: 0, output: HELP } : couldNot(`No verb given.\n\n${HELP}`);
  return couldNot(`There is no verb ${JSON.stringify(verb)}.\n\n${HELP}`);
}

function planned(verb: string, does: string, help: boolean): Outcome {
  if (help)
    return { exitCode: 0, output: `Usage: ${verb} …\n\n${verb} ${does}. It is not available yet and exits with 2.` };
  return couldNot(`${verb} ${does}. It is not available yet.`);
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      json: { type: 'boolean', default: false },
      key: { type: 'string' },
      checkpoint: { type: 'string' },
    },
  });
}
