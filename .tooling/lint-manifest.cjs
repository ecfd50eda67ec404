// The manifest under Atlassian's own validator and linters, offline. What those miss is in tests/unit/manifest.
// The linter that compares REST calls with scopes fetches a document from the network: left out here, done there.
const { readdirSync } = require('node:fs');
const { join } = require('node:path');
const { validate } = require('@forge/manifest');
const { getClientSideLintersOnly, lint } = require('@forge/lint');

const logger = { debug() {}, trace() {}, info() {}, warn: console.warn, error: console.error, message() {} };
const statsig = { getDeprecatedRuntimes: async () => ['nodejs18.x', 'nodejs20.x'] };

async function main() {
  const problems = [];
  const { success, errors, manifestObject } = await validate(false);
  for (const problem of errors ?? [])
    problems.push(`${problem.level} ${problem.line}:${problem.column} ${problem.message}`);
  if (success && manifestObject) {
    const linters = (await getClientSideLintersOnly(manifestObject, 'development', logger, statsig)).filter(
      // The manifest linters repeat, slowly, what validate(false) has just done.
      (linter) => !/^(PermissionLinter|.*ManifestLinter)$/.test(linter.constructor.name),
    );
    const results = await lint(sources('src'), manifestObject, 'development', logger, statsig, {
      linter: { mode: 'client-side' },
      linters,
    });
    for (const result of results)
      for (const problem of [...result.errors, ...result.warnings]) problems.push(JSON.stringify(problem));
  }
  for (const problem of problems) console.error(problem);
  process.exit(success && problems.length === 0 ? 0 : 1);
}

const sources = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory()
      ? sources(join(folder, entry.name))
      : entry.name.endsWith('.ts')
        ? [join(folder, entry.name)]
        : [],
  );

main().catch((failure) => {
  console.error(failure);
  process.exit(1);
});
