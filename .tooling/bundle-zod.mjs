// Forge's bundler keeps every line of zod, used or not (webpack without a minimiser): 270 KB, and a third of the cold
// start. This makes .build/zod.mjs, the part of zod/mini that src uses; package.json gives it to webpack as #zod.
import { build } from 'esbuild';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as zod from 'zod/mini';
import { root } from './node24.mjs';
import { putAll } from './unchanged.mjs';

export async function bundleZod(app = root) {
  const used = namesUsed(join(app, 'src'));
  if (used.length === 0) return undefined;
  const outfile = join(app, '.build', 'zod.mjs');
  const built = await build({
    stdin: { contents: `export { ${used.join(', ')} } from 'zod/mini';`, resolveDir: root },
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    legalComments: 'none',
    banner: { js: '// Part of zod (MIT licence, Copyright (c) 2025 Colin McDonnell), https://zod.dev' },
    write: false,
    logLevel: 'warning',
  });
  putAll(built);
  return outfile;
}

/** Values of zod that a source names as `z.something`; types among them are no exports. */
function namesUsed(folder) {
  const sources = readdirSync(folder, { recursive: true })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .filter((source) => source.includes("'#zod'"));
  const named = sources.flatMap((source) => [...source.matchAll(/\bz\s*\.\s*([A-Za-z_]\w*)/g)].map(([, name]) => name));
  return [...new Set(named)].filter((name) => name in zod).sort();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await bundleZod();
