// Bundles the command line to one file that needs nothing but Node 20: .build/cli/change-control.cjs
import { build } from 'esbuild';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from './node24.mjs';
import { ownInputs, stamp, unchanged } from './unchanged.mjs';

const self = fileURLToPath(import.meta.url);

export async function bundleCli() {
  const out = join(root, '.build', 'cli');
  const outfile = join(out, 'change-control.cjs');
  const stampFile = join(out, 'inputs.json');
  if (unchanged(stampFile)) return outfile;
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['src/cli/main.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    banner: { js: '#!/usr/bin/env node' },
    metafile: true,
    logLevel: 'warning',
  });
  stamp(stampFile, [...ownInputs(metafile, root), self], [outfile]);
  return outfile;
}

if (process.argv[1] === self) await bundleCli();
