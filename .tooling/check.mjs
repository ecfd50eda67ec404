// npm run check: types, lint, manifest lint, unit tests; vectors and golden packs are for npm test.
import { build } from './build.mjs';
import { setUp } from './setup.mjs';
import { staticChecks } from './static-checks.mjs';
import { runSteps, step } from './steps.mjs';

setUp();
const good =
  (await build(['screens', 'app-fast'])) &&
  // The longest first: the lanes then end together.
  (await runSteps([
    step('unit tests', [
      'node_modules/jest/bin/jest.js',
      '--selectProjects',
      'unit',
      '--maxWorkers',
      '2',
      'tests/unit/',
    ]),
    ...staticChecks(),
  ]));
process.exit(good ? 0 : 1);
