// Skips a build whose inputs are the same as last time. The stamp lies beside the output and names every input's digest.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const digest = (file) => (existsSync(file) ? createHash('sha256').update(readFileSync(file)).digest('hex') : 'absent');

/** Digests by file name, of the files as they are now. */
export const digestsOf = (files) => Object.fromEntries([...new Set(files)].sort().map((file) => [file, digest(file)]));

/** True when the stamp's inputs and outputs are all there as they were. */
export function unchanged(stampFile) {
  if (!existsSync(stampFile)) return false;
  try {
    const { inputs, outputs } = JSON.parse(readFileSync(stampFile, 'utf8'));
    const now = digestsOf(Object.keys(inputs));
    return Object.keys(inputs).every((file) => now[file] === inputs[file]) && outputs.every(existsSync);
  } catch {
    return false;
  }
}

/** Whole or not at all, as several builds may run at once and others read what is there. */
export function put(file, content) {
  mkdirSync(dirname(file), { recursive: true });
  const fresh = `${file}.${process.pid}`;
  writeFileSync(fresh, content);
  renameSync(fresh, file);
}

/** Writes what an esbuild run with `write: false` made. */
export const putAll = ({ outputFiles }) => outputFiles.forEach(({ path, contents }) => put(path, contents));

export function stamp(stampFile, inputs, outputs) {
  put(stampFile, JSON.stringify({ inputs: digestsOf(inputs), outputs }, null, 1));
}

/** The inputs of an esbuild run, without packages: those are fixed by the lock file. */
export const ownInputs = (metafile, root) => [
  ...Object.keys(metafile.inputs)
    .filter((file) => !file.includes('node_modules'))
    .map((file) => join(root, file)),
  join(root, 'package-lock.json'),
];
