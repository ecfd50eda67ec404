// The Node that the manifest names (nodejs24.x; it also brings node:sqlite): this process if it is one, else the one
// that npm installed for this platform.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');

export function node24() {
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  const own = join(root, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');
  if (existsSync(own)) return own;
  console.error(
    `Node 24 is needed for ${process.platform}-${process.arch}. Install it from nodejs.org, then run this again.`,
  );
  process.exit(2);
}
