import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Where the published vectors lie; they are no part of this repository. */
const CORPUS = resolve(__dirname, '../..', process.env['CORPUS_DIR'] ?? '../shared/data');

/** The folder of a set of vectors, or undefined, said in one line, when this machine has none. */
export function corpusFolder(set: string): string | undefined {
  const folder = join(CORPUS, set);
  if (existsSync(folder)) return folder;
  process.stderr.write(`not run: vectors ${set} (no ${folder}; set CORPUS_DIR)\n`);
  return undefined;
}
