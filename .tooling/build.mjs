// npm run build: what would be deployed (screens and the real bundler's output) and the command line.
// Each part is built only when what it is made of has changed.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './node24.mjs';
import { setUp } from './setup.mjs';
import { runSteps, step } from './steps.mjs';

const APP = ['src', 'manifest.yml', 'tsconfig.json', 'package-lock.json', '.tooling'];
const PARTS = {
  screens: {
    from: ['static', 'src/contract', 'package-lock.json'],
    to: 'static/dist/index.html',
    args: ['node_modules/vite/bin/vite.js', 'build', 'static', '--logLevel', 'warn'],
  },
  'app-fast': { from: APP, to: '.build/fast/index.cjs', args: ['.tooling/bundle-app.mjs', '--fast'] },
  'app-forge': { from: APP, to: '.build/forge/index.cjs', args: ['.tooling/bundle-app.mjs', '--forge'] },
  host: {
    from: ['tests/host', 'src', 'package-lock.json', '.tooling'],
    to: '.build/host/main.cjs',
    args: ['.tooling/bundle-host.mjs'],
  },
  cli: { from: APP, to: '.build/cli/change-control.cjs', args: ['.tooling/bundle-cli.mjs'] },
};

/** Steps for those parts that are stale. One that fails leaves no stamp, so the next run builds it again. */
export function buildSteps(names) {
  const stale = names.filter((name) => !isFresh(name));
  for (const name of stale) rmSync(stampOf(name), { force: true });
  return stale.map((name) => step(`build ${name}`, PARTS[name].args, () => stamp(name)));
}

export const build = (names) => runSteps(buildSteps(names));

const stampOf = (name) => join(root, '.build', `${name}.stamp`);

const isFresh = (name) =>
  existsSync(join(root, PARTS[name].to)) &&
  existsSync(stampOf(name)) &&
  readFileSync(stampOf(name), 'utf8') === digest(name);

function stamp(name) {
  mkdirSync(join(root, '.build'), { recursive: true });
  writeFileSync(stampOf(name), digest(name));
}

function digest(name) {
  const hash = createHash('sha256');
  for (const from of PARTS[name].from)
    for (const file of files(join(root, from))) hash.update(file).update(readFileSync(file));
  return hash.digest('hex');
}

function files(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.name !== 'dist' && entry.name !== 'node_modules')
    .flatMap((entry) => files(join(path, entry.name)))
    .sort();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  setUp();
  const names = process.argv.slice(2);
  process.exit((await build(names.length > 0 ? names : ['screens', 'app-forge', 'cli'])) ? 0 : 1);
}
