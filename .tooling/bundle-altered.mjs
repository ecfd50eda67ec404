// Builds site and app as they would be with some source texts replaced, without touching the sources: how a test sees
// what a guard is good for. The folder is laid out as this repository, so the site in it runs the app in it.
// Each line of the standard input asks for one, { "out": FOLDER, "replacements": [{ "file": "src/…", "from", "to" }] };
// each line of the output answers in the same order, { "failure": null or why not }. One process, as esbuild then reads
// only what differs from the one before.
import { context } from 'esbuild';
import { readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { createInterface } from 'node:readline';
import { fastOptions } from './bundle-app.mjs';
import { hostOptions } from './bundle-host.mjs';
import { root } from './node24.mjs';
import { put } from './unchanged.mjs';

const asked = { replacements: [], made: new Set() };

const altering = {
  name: 'altering',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const file = relative(root, path).replaceAll(sep, '/');
      const own = asked.replacements.filter((one) => one.file === file);
      if (own.length === 0) return undefined;
      own.forEach((one) => asked.made.add(one));
      return { contents: own.reduce(replaced, readFileSync(path, 'utf8')), loader: 'ts' };
    });
  },
};

function replaced(text, { file, from, to }) {
  const parts = text.split(from);
  if (parts.length !== 2) throw new Error(`${file} holds this ${parts.length - 1} times, not once: ${from}`);
  return parts.join(to);
}

const host = {
  ...hostOptions,
  entryPoints: [
    { in: 'tests/host/main.ts', out: 'main' },
    { in: 'tests/host/forge/process/child.ts', out: 'handler' },
  ],
  outdir: join(root, '.build', 'host'),
  outExtension: { '.js': '.cjs' },
};

const common = { plugins: [altering], sourcemap: false, logLevel: 'silent' };
const builds = await Promise.all(
  [fastOptions(root, join(root, '.build', 'fast')), host].map((options) => context({ ...options, ...common })),
);

async function bundleAltered({ out, replacements }) {
  Object.assign(asked, { replacements, made: new Set() });
  for (const build of builds) {
    const { outputFiles } = await build.rebuild();
    // Nothing was written where the paths say: those are the unaltered ones'.
    for (const { path, contents } of outputFiles) put(join(resolve(root, out), relative(root, path)), contents);
  }
  put(join(resolve(root, out), 'manifest.yml'), readFileSync(join(root, 'manifest.yml')));
  const unused = replacements.filter((one) => !asked.made.has(one));
  if (unused.length > 0) throw new Error(`neither site nor app holds ${unused.map(({ file }) => file).join(', ')}`);
}

for await (const line of createInterface({ input: process.stdin })) {
  const failure = await bundleAltered(JSON.parse(line)).then(
    () => null,
    (error) => (error instanceof Error ? error.message : String(error)),
  );
  console.log(JSON.stringify({ failure }));
}
await Promise.all(builds.map((build) => build.dispose()));
