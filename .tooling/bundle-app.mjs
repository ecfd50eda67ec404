// Bundles the app: --fast with esbuild for the daily loop, --forge with Forge's own bundler, which is what deploys.
// Options: --app FOLDER (default: this repository), --out FOLDER (default: .build/fast or .build/forge).
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { bundleHandlerProcess } from './bundle-host.mjs';
import { bundleZod } from './bundle-zod.mjs';
import { node24, root } from './node24.mjs';
import { ownInputs, putAll, stamp, unchanged } from './unchanged.mjs';

const self = fileURLToPath(import.meta.url);

export async function bundleFast({ app = root, out = join(root, '.build', 'fast') } = {}) {
  const stampFile = join(out, 'inputs.json');
  if (unchanged(stampFile)) return out;
  const built = await build(fastOptions(app, out));
  putAll(built);
  stamp(stampFile, [...ownInputs(built.metafile, app), join(app, 'manifest.yml'), self], outputs(app, out));
  return out;
}

/** How esbuild bundles the app's handlers; the caller writes what it made. */
export const fastOptions = (app, out) => ({
  absWorkingDir: app,
  entryPoints: handlerFiles(app).map((name) => join(app, 'src', `${name}.ts`)),
  outdir: out,
  outExtension: { '.js': '.cjs' },
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'cjs',
  sourcemap: 'inline',
  metafile: true,
  write: false,
  logLevel: 'warning',
});

export async function bundleForge({ app = root, out = join(root, '.build', 'forge') } = {}) {
  const { runtime } = await bundleHandlerProcess();
  const stampFile = join(out, 'inputs.json');
  if (unchanged(stampFile)) return out;
  mkdirSync(out, { recursive: true });
  await bundleZod(app);
  // The bundler leaves its output folder behind in the temporary folder, so it gets one of its own.
  const temporary = mkdtempSync(join(tmpdir(), 'bundle-app-'));
  const run = spawnSync(node24(), [join(root, '.tooling', 'forge-bundler.cjs'), out], {
    cwd: app,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, TMPDIR: temporary, FORGE_RUNTIME_PATH: runtime, NODE_NO_WARNINGS: '1' },
  });
  rmSync(temporary, { recursive: true, force: true });
  if (run.status !== 0) throw new Error('The Forge bundler refused the app; its words are above.');
  const inputs = [
    ...sources(app),
    ...['manifest.yml', 'tsconfig.json', 'package-lock.json'].map((name) => join(app, name)),
    join(runtime, 'dist', 'loader.js'),
    join(root, '.tooling', 'forge-bundler.cjs'),
    join(root, '.tooling', 'bundle-zod.mjs'),
    join(app, 'package.json'),
    self,
  ];
  stamp(stampFile, inputs, outputs(app, out));
  return out;
}

/** Each file that a handler of the manifest names, `jobs` in `jobs.changeJob`, is a bundle. */
const handlerFiles = (app) => [
  ...new Set(
    parse(readFileSync(join(app, 'manifest.yml'), 'utf8')).modules.function.map(({ handler }) => handler.split('.')[0]),
  ),
];

const outputs = (app, out) => handlerFiles(app).map((name) => join(out, `${name}.cjs`));

const sources = (app) =>
  readdirSync(join(app, 'src'), { recursive: true })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(app, 'src', file));

if (process.argv[1] === self) {
  const option = (name) => {
    const at = process.argv.indexOf(name);
    return at < 0 ? undefined : resolve(process.argv[at + 1]);
  };
  const [app, out] = [option('--app'), option('--out')];
  const where = { ...(app && { app }), ...(out && { out }) };
  try {
    if (process.argv.includes('--fast')) await bundleFast(where);
    else if (process.argv.includes('--forge')) await bundleForge(where);
    else throw new Error('Say --fast or --forge.');
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
