// The order in which jest starts the test files: those that take longest first, so that at the end all workers are done at
// about the same time. A fresh machine knows no times, and jest's own guess, the size of the file, says little of a test
// that drives a running site.
const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { default: Sequencer } = require('@jest/test-sequencer');

const ROOT = join(__dirname, '..');
const LONGEST = [
  'tests/host/flow/faults.test.ts',
  'tests/host/flow/guards.test.ts',
  'tests/host/flow/everybody.test.ts',
  'tests/browser/flow.test.ts',
  'tests/browser/pages.test.ts',
  'tests/browser/frame.test.ts',
  'tests/browser/wizard.test.ts',
  'tests/host/flow/approve.test.ts',
  'tests/host/flow/decide.test.ts',
  'tests/host/flow/scenarios.test.ts',
  'tests/vectors/ci-senders.test.ts',
  'tests/unit/pack/verify.test.ts',
  'tests/host/flow/existing-site.test.ts',
  'tests/host/forge/processes.test.ts',
  'tests/host/forge/delivery.test.ts',
  'tests/host/server/ends.test.ts',
  'tests/host/forge/storage.test.ts',
  'tests/host/flow/settle-and-close.test.ts',
  'tests/golden/pack.test.ts',
].map((file) => join(ROOT, file));
// The rest by what its files take on average.
const PROJECTS = ['browser', 'host', 'unit'];

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const missing = LONGEST.filter((file) => !existsSync(file));
    if (missing.length > 0)
      throw new Error(`.tooling/longest-first.cjs names what is not there: ${missing.join(', ')}`);
    const rank = ({ path, context }) =>
      LONGEST.includes(path)
        ? LONGEST.indexOf(path)
        : LONGEST.length + PROJECTS.indexOf(context.config.displayName?.name);
    // The sort is stable: what ranks the same stays as jest has it.
    return super.sort(tests).sort((one, other) => rank(one) - rank(other));
  }
};
