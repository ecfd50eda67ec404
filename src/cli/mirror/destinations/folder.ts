import { randomBytes } from 'node:crypto';
import { chmod, link, mkdir, open, readFile, unlink } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { nodeFailure } from '../../outcome';
import type { Copy } from '../copy';
import { sha256Hex } from '../../../ledger/hash';
import { DestinationProblem, type Destination } from './destination';
import { written } from './written';

/**
 * A folder into which each file is put once and never again: written beside it and brought to its name by a link, which
 * fails when the name is taken; made read-only, flushed to the disk with its folder, and read back. Whether anybody can
 * alter it afterwards is for the file system to see to (an immutable flag, a WORM volume), and is not known here.
 */
export function folderDestination(folder: string): Destination {
  const id = `folder:${resolve(folder)}`;
  return {
    id,
    put(copy) {
      const path = join(resolve(folder), ...copy.name.split('/'));
      return written(id, path, copy, async () => {
        const already = await createOnce(path, copy.bytes);
        await compare(path, copy, already);
        return already;
      });
    },
  };
}

/** Answers whether the name was taken before. */
async function createOnce(path: string, bytes: Uint8Array): Promise<boolean> {
  await mkdir(dirname(path), { recursive: true });
  const beside = `${path}.${randomBytes(8).toString('hex')}.part`;
  const file = await open(beside, 'wx', 0o400);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    await link(beside, path);
  } catch (error) {
    if (nodeFailure(error)?.code !== 'EEXIST') throw error;
    return true;
  } finally {
    await unlink(beside);
  }
  await chmod(path, 0o444);
  await flush(dirname(path));
  return false;
}

async function flush(folder: string): Promise<void> {
  const opened = await open(folder, 'r');
  try {
    await opened.sync();
  } finally {
    await opened.close();
  }
}

async function compare(path: string, { sha256 }: Copy, already: boolean): Promise<void> {
  const found = sha256Hex(await readFile(path));
  if (found === sha256) return;
  throw already
    ? new DestinationProblem('exists-otherwise', `${path} is there already and is another file (SHA-256 ${found}).`)
    : new DestinationProblem('not-as-written', `${path} is not what was written: its SHA-256 is ${found}.`);
}
