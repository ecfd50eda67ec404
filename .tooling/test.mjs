// npm test: everything that decides, on a fresh machine too. Ends with one line of counts.
// The host and browser suites run over the output of the real bundler, so that what would deploy is what was tested.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { buildSteps } from './build.mjs';
import { node24, root } from './node24.mjs';
import { setUp } from './setup.mjs';
import { staticChecks } from './static-checks.mjs';
import { runSteps } from './steps.mjs';

const { chromium } = setUp({ browser: true });
const corpus = resolve(root, process.env.CORPUS_DIR ?? '../shared/data');
if (!existsSync(corpus)) console.log(`The corpus is not at ${corpus}: tests that need it say what they did not run.`);

// The real bundler is the longest step by far; what is checked beside it needs nothing of what it makes.
const prepared = await runSteps([
  ...buildSteps(['app-forge', 'screens', 'app-fast', 'host', 'cli']),
  ...staticChecks(),
]);
if (!prepared) {
  console.log('0 passed, 1 failed');
  process.exit(1);
}

mkdirSync(join(root, '.build'), { recursive: true });
const report = join(root, '.build', 'jest.json');
rmSync(report, { force: true });
// One run of all suites, so that no core waits for the longest file of a suite. One more worker than cores, as a test of
// a running site mostly waits for it.
const { status } = spawnSync(
  node24(),
  [
    'node_modules/jest/bin/jest.js',
    '--maxWorkers',
    String(availableParallelism() + 1),
    '--json',
    '--outputFile',
    report,
  ],
  {
    cwd: root,
    // The JSON goes to the file; what a person reads goes to the error stream.
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, NODE_NO_WARNINGS: '1', APP_BUNDLE: 'forge', CHROMIUM: chromium, CORPUS_DIR: corpus },
  },
);
const result = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : {};
// A suite that could not run has failed, and so has a run that ended badly, whatever it counted.
const told = (result.numFailedTests ?? 0) + (result.numRuntimeErrorTestSuites ?? 0);
const failed = told === 0 && status !== 0 ? 1 : told;
console.log(`\n${result.numPassedTests ?? 0} passed, ${failed} failed, ${result.numPendingTests ?? 0} skipped`);
process.exit(failed === 0 ? 0 : 1);
