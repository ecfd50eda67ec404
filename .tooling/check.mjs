// npm run check: types, lint, manifest lint, unit tests. Under a minute.
import { build } from './build.mjs';
import { setUp } from './setup.mjs';
import { runSteps, step } from './steps.mjs';

setUp();
const good =
  (await build(['screens', 'app-fast'])) &&
  (await runSteps([
    // The longest first: two lanes then end together.
    step('unit tests', ['node_modules/jest/bin/jest.js', '--selectProjects', 'unit', '--maxWorkers', '1']),
    step('lint', [
      'node_modules/eslint/bin/eslint.js',
      '.',
      '--max-warnings',
      '0',
      '--cache',
      '--cache-location',
      '.build/eslint',
    ]),
    step('types', ['node_modules/typescript/bin/tsc', '--noEmit']),
    step('types of the screens', ['node_modules/typescript/bin/tsc', '--noEmit', '-p', 'static']),
    step('types of the pages', ['node_modules/typescript/bin/tsc', '--noEmit', '-p', 'tests/host/pages/client']),
    step('manifest', ['.tooling/lint-manifest.cjs']),
    step('format', ['node_modules/prettier/bin/prettier.cjs', '--check', '.', '--log-level', 'warn']),
  ]));
process.exit(good ? 0 : 1);
