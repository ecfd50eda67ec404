// npm run -s cli -- VERB …: bundles the command line when its sources changed, then runs it with the arguments given.
import { spawnSync } from 'node:child_process';
import { setUp } from './setup.mjs';

// Standard output belongs to the verb: what set-up has to say goes beside it.
console.log = console.error;
try {
  setUp();
  const { bundleCli } = await import('./bundle-cli.mjs');
  const file = await bundleCli();
  const run = spawnSync(process.execPath, [file, ...process.argv.slice(2)], {
    stdio: 'inherit',
    // npm runs scripts in the project; paths are meant from where the person is.
    cwd: process.env.INIT_CWD ?? process.cwd(),
  });
  process.exit(run.status ?? 2);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(2);
}
