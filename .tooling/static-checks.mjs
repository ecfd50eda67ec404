// What check and test both run beside the tests. Each keeps what it knows of unchanged files in .build.
import { step } from './steps.mjs';

const tsc = (name, ...project) =>
  step(name === '' ? 'types' : `types of the ${name}`, [
    'node_modules/typescript-native/bin/tsc',
    '--noEmit',
    '--incremental',
    '--tsBuildInfoFile',
    `.build/types/${name === '' ? 'app' : name}.json`,
    ...project,
  ]);

export const staticChecks = () => [
  step('lint', [
    'node_modules/eslint/bin/eslint.js',
    '.',
    '--max-warnings',
    '0',
    '--cache',
    '--cache-location',
    '.build/eslint',
  ]),
  // The rules that need types, by the native checker.
  step('lint of types', [
    'node_modules/oxlint/bin/oxlint',
    '--type-aware',
    '--deny-warnings',
    'src',
    'tests',
    'static',
  ]),
  tsc(''),
  tsc('screens', '-p', 'static'),
  tsc('pages', '-p', 'tests/host/pages/client'),
  step('manifest', ['.tooling/lint-manifest.cjs']),
  step('format', [
    'node_modules/prettier/bin/prettier.cjs',
    '--check',
    '.',
    '--log-level',
    'warn',
    '--cache',
    '--cache-location',
    '.build/prettier',
  ]),
];
