import { existsSync, readdirSync, realpathSync, type Dirent } from 'node:fs';
import { posix, resolve, sep } from 'node:path';
import picomatch from 'picomatch';

/** Folders that hold what was fetched or git's own, never what a pipeline made. */
const SKIPPED = new Set(['node_modules', '.git']);

/**
 * The files that a pattern names, sorted: `*` and `?` within a name, `**` over folders, `{a,b}`. A path that is there, and
 * one without any of these, is taken as it is, so that brackets in a name need no escape. Links to folders are not followed.
 */
export function filesOf(pattern: string): readonly string[] {
  const asked = pattern.split(sep).join('/').replace(/^\.\//, '');
  const { base, isGlob } = picomatch.scan(asked);
  if (!isGlob || existsSync(pattern)) return [pattern];
  const matches = picomatch(asked, { dot: true });
  const found: string[] = [];
  const open = [base];
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    for (const entry of entriesOf(folder === '' ? '.' : folder)) {
      const path = folder === '' ? entry.name : posix.join(folder, entry.name);
      if (entry.isDirectory() && !SKIPPED.has(entry.name)) open.push(path);
      else if (!entry.isDirectory() && matches(path)) found.push(path);
    }
  }
  return found.sort();
}

/**
 * Whether a path within the current folder is a link to something outside of it: what was checked out may hold such a link,
 * and nobody asked for what it leads to.
 */
export function leadsOutside(path: string): boolean {
  const isWithin = (one: string, folder: string): boolean =>
    one.startsWith(folder.endsWith(sep) ? folder : folder + sep);
  return isWithin(resolve(path), process.cwd()) && !isWithin(realpathSync(path), realpathSync('.'));
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    // A folder that is not there or may not be read holds no file for us; a pattern without any file is said to be missing.
    return [];
  }
}
