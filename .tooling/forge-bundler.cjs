// Runs Forge's own bundler on the app in the current folder and writes everything that would be uploaded to the given
// folder. CommonJS on purpose: the bundler looks for require.main.
const { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync, rmSync } = require('node:fs');
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
  const files = new Map(readdirSync(outputDir).map((name) => [name, readFileSync(join(outputDir, name))]));
  for (const [name, content] of additionalOutputs ?? []) files.set(name, content);
  for (const [name, content] of files) put(join(out, name), content);
  const kept = new Set([...files.keys(), 'inputs.json']);
  for (const name of readdirSync(out))
    if (!kept.has(name) && !/\.\d+$/.test(name)) rmSync(join(out, name), { recursive: true, force: true });
}

/** Whole or not at all: others may read what is there. */
function put(file, content) {
  mkdirSync(dirname(file), { recursive: true });
  const fresh = `${file}.${process.pid}`;
  writeFileSync(fresh, content);
  renameSync(fresh, file);
}

/** As Forge does: each file that a handler names, `jobs` in `jobs.changeJob`, is an entry point. */
const handlerFiles = (manifest) => [...new Set(manifest.modules.function.map(({ handler }) => handler.split('.')[0]))];

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
