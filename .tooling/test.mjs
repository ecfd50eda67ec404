// npm test: everything that decides, on a fresh machine too. Ends with one line of counts.
// The host and browser suites run over the output of the real bundler, so that what would deploy is what was tested.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from './build.mjs';
import { node24, root } from './node24.mjs';
import { setUp } from './setup.mjs';
import { staticChecks } from './static-checks.mjs';
import { runSteps } from './steps.mjs';

const { chromium } = setUp({ browser: true });
const corpus = resolve(root, process.env.CORPUS_DIR ?? '../shared/data');
if (!existsSync(corpus)) console.log(`The corpus is not at ${corpus}: tests that need it say what they did not run.`);

const built = await build(['screens', 'app-forge', 'app-fast', 'host', 'cli']);
const checked = built && (await runSteps(staticChecks()));
if (!checked) {
  console.log('0 passed, 1 failed');
  process.exit(1);
}

mkdirSync(join(root, '.build'), { recursive: true });
const counts = { passed: 0, failed: 0, skipped: 0 };
for (const [project, workers] of [
  ['unit', '2'],
  ['host', '2'],
  ['browser', '2'],
])
  suite(project, workers);
console.log(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exit(counts.failed === 0 ? 0 : 1);

function suite(project, workers) {
  const report = join(root, '.build', `jest-${project}.json`);
  const { status } = spawnSync(
    node24(),
    [
      'node_modules/jest/bin/jest.js',
      '--selectProjects',
      project,
      '--maxWorkers',
      workers,
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
  const result = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined;
  counts.passed += result?.numPassedTests ?? 0;
  counts.skipped += result?.numPendingTests ?? 0;
  // A suite that could not run has failed, whatever it counted.
  const failed = (result?.numFailedTests ?? 0) + (result?.numRuntimeErrorTestSuites ?? 0);
  counts.failed += failed === 0 && status !== 0 ? 1 : failed;
}
