import { run } from './arguments';
import { couldNot } from './outcome';
import type { Outcome } from './outcome';

/** A mistake of ours must not look like an answer: it is "could not be done", with everything that is known of it. */
async function attempt(args: readonly string[]): Promise<Outcome> {
  try {
    return await run(args);
  } catch (error) {
    return couldNot(
      `This is a mistake in the program: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
  }
}

void attempt(process.argv.slice(2)).then(({ exitCode, output, complaint }) => {
  if (output !== '') process.stdout.write(`${output}\n`);
  if (complaint !== undefined) process.stderr.write(`${complaint}\n`);
  process.exitCode = exitCode;
});
