// Runs one jest project under the manifest's Node: node .tooling/jest.mjs unit [jest arguments, paths]
import { spawnSync } from 'node:child_process';
import { node24 } from './node24.mjs';

const [project, ...rest] = process.argv.slice(2);
const run = spawnSync(node24(), ['node_modules/jest/bin/jest.js', ...rest, '--selectProjects', project], {
  stdio: 'inherit',
  env: { ...process.env, NODE_NO_WARNINGS: '1' },
});
process.exit(run.status ?? 1);
