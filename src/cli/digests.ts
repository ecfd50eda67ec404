import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename, isAbsolute, relative, resolve, sep } from 'node:path';
import { filesOf } from './globs';
import { nodeFailure } from './outcome';
import { lineOf } from './runner/values';

/** A file by its SHA-256, under the name that an envelope takes. */
export interface FileDigest {
  readonly path: string;
  readonly name: string;
  readonly digest: string;
  readonly size: number;
}

export interface Digests {
  readonly found: readonly FileDigest[];
  /** Patterns and paths without a file that can be read. */
  readonly missing: readonly { readonly path: string; readonly why: string }[];
}

/** The files that patterns name, each once, in the order of the patterns and then of their names. */
export async function digestsOf(patterns: readonly string[]): Promise<Digests> {
  const found = new Map<string, FileDigest>();
  const missing: { path: string; why: string }[] = [];
  for (const pattern of patterns) {
    const paths = filesOf(pattern);
    if (paths.length === 0) missing.push({ path: pattern, why: 'no file' });
    for (const path of paths) {
      try {
        if (!found.has(resolve(path))) found.set(resolve(path), await digestOf(path));
      } catch (error) {
        missing.push({ path, why: nodeFailure(error)?.code ?? 'it cannot be read' });
      }
    }
  }
  return { found: [...found.values()], missing };
}

async function digestOf(path: string): Promise<FileDigest> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of createReadStream(path)) {
    const bytes = chunk as Buffer;
    hash.update(bytes);
    size += bytes.length;
  }
  return { path, name: nameOf(path), digest: `sha256:${hash.digest('hex')}`, size };
}

/** The path from the current folder, which tells two files of one name apart; outside of it the last part alone. */
export function nameOf(path: string): string {
  const from = relative(process.cwd(), resolve(path));
  const inside = from !== '' && !from.startsWith('..') && !isAbsolute(from);
  const name = inside ? from.split(sep).join('/') : basename(path);
  // The end of a long path says more than its beginning.
  return lineOf(name.length > 255 ? `…${name.slice(-254)}` : name, 255) ?? 'file';
}
