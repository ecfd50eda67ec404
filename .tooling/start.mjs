// npm start: sets the machine up, builds what is out of date, and runs the local Jira site in this process group.
import { spawn } from 'node:child_process';
import { build } from './build.mjs';
import { node24, root } from './node24.mjs';
import { setUp } from './setup.mjs';

setUp();
if (!(await build(['screens', 'app-fast', 'host']))) process.exit(2);
const site = spawn(node24(), ['.build/host/main.cjs', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, NODE_NO_WARNINGS: '1' },
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => site.kill(signal));
site.on('exit', (status, signal) => process.exit(status ?? (signal === null ? 1 : 0)));
