// Runs Forge's own bundler on the app in the current folder and writes everything that would be uploaded to the given
// folder. CommonJS on purpose: the bundler looks for require.main.
const { mkdirSync, readdirSync, copyFileSync, writeFileSync, rmSync } = require('node:fs');
const { readFile } = require('node:fs/promises');
const { dirname, join } = require('node:path');
const { parse } = require('yaml');
const { getNodeBundler, getWrapperProvider } = require('@forge/bundler');

const out = process.argv[2];
const app = process.cwd();
const logger = {
  info: () => undefined,
  debug: () => undefined,
  trace: () => undefined,
  warn: (message) => console.error(message),
  error: (message) => console.error(message),
};
const fileSystemReader = { readFileAsync: (file) => readFile(file, 'utf8') };

async function main() {
  const manifest = parse(await readFile(join(app, 'manifest.yml'), 'utf8'));
  const bundler = getNodeBundler(logger, getWrapperProvider({ fileSystemReader }), {
    readConfig: () => Promise.resolve(manifest),
  });
  const { outputDir, additionalOutputs } = await bundler.bundle({
    appDirectory: app,
    entryPoints: handlerFiles(manifest).map((name) => ({ name, path: join(app, 'src', `${name}.ts`) })),
  });
  for (const name of readdirSync(out)) if (name !== 'inputs.json') rmSync(join(out, name), { recursive: true });
  for (const name of readdirSync(outputDir)) copyFileSync(join(outputDir, name), join(out, name));
  for (const [name, content] of additionalOutputs ?? []) {
    mkdirSync(dirname(join(out, name)), { recursive: true });
    writeFileSync(join(out, name), content);
  }
}

/** As Forge does: each file that a handler names, `jobs` in `jobs.changeJob`, is an entry point. */
const handlerFiles = (manifest) => [...new Set(manifest.modules.function.map(({ handler }) => handler.split('.')[0]))];

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
