// Makes a machine with only Node >= 20.18 and npm ready: dependencies, the manifest's Node, and for tests a Chromium.
// Quick when nothing is missing. Exits 2 with one line when something is missing that it cannot install.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { node24, root } from './node24.mjs';

export function setUp({ browser = false } = {}) {
  requireNode();
  installDependencies();
  node24();
  if (browser) return { chromium: chromium() };
  return {};
}

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 18)) return;
  fail(`Node 20.18 or newer is needed to start; this is ${process.versions.node}.`);
}

function installDependencies() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const stamp = join(root, 'node_modules', '.installed-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  console.log('Installing dependencies (once, about a minute) …');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  run(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], 'npm ci failed');
  writeFileSync(stamp, lock);
}

/** The Chromium that tests drive: $CHROMIUM, one on the machine, or Debian's, installed when we are root. */
function chromium() {
  const known = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  const found = known.find((path) => path && existsSync(path));
  if (found) return found;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('Installing Chromium from Debian …');
    run('apt-get', ['update', '-qq'], 'apt-get update failed');
    run(
      'apt-get',
      ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'],
      'Chromium could not be installed',
      {
        DEBIAN_FRONTEND: 'noninteractive',
      },
    );
    return '/usr/bin/chromium';
  }
  return fail(
    'Chromium is needed for the browser tests. Install it (Debian: apt install chromium) or set CHROMIUM to its path.',
  );
}

function run(command, args, message, env = {}) {
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, ...env },
  });
  if (status !== 0) fail(message);
}

function fail(message) {
  console.error(message);
  process.exit(2);
}
