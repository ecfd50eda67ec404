// Builds the local Jira site: .build/host/main.cjs (the server) and .build/host/handler.cjs (what runs in the app's
// own process). The latter is also laid out as the runtime folder that the real Forge bundler asks for.
import { build } from 'esbuild';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from './node24.mjs';
import { ownInputs, put, putAll, stamp, unchanged } from './unchanged.mjs';

const out = join(root, '.build', 'host');
const self = fileURLToPath(import.meta.url);

/** How esbuild bundles the site; the caller says which file and writes what it made. */
export const hostOptions = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'cjs',
  // Packages are part of it, as a site is started for nearly every test file and each module costs a start; those two
  // are not: one is a program, the other is four megabytes that only the demo's seeding reads.
  external: ['esbuild', '@octokit/webhooks-examples'],
  sourcemap: 'linked',
  metafile: true,
  write: false,
  logLevel: 'warning',
};

async function one(entry, name) {
  const outfile = join(out, `${name}.cjs`);
  const stampFile = join(out, `${name}.inputs.json`);
  if (unchanged(stampFile)) return outfile;
  const built = await build({ ...hostOptions, entryPoints: [entry], outfile });
  putAll(built);
  stamp(stampFile, [...ownInputs(built.metafile, root), self], [outfile]);
  return outfile;
}

export async function bundleHandlerProcess() {
  const handler = await one('tests/host/forge/process/child.ts', 'handler');
  const runtime = join(out, 'runtime', 'dist');
  put(join(runtime, 'loader.js'), readFileSync(handler));
  put(join(runtime, 'wrapper.js'), "module.exports = require('./__forge__.cjs');\n");
  return { handler, runtime: join(out, 'runtime') };
}

export async function bundleHost() {
  const { handler, runtime } = await bundleHandlerProcess();
  const main = existsSync(join(root, 'tests/host/main.ts')) ? await one('tests/host/main.ts', 'main') : undefined;
  return { handler, runtime, main };
}

if (process.argv[1] === self) {
  if (process.argv.includes('--handler')) await bundleHandlerProcess();
  else await bundleHost();
}
