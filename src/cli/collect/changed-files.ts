import type { Git } from './git';

/** Mode of an entry that is another repository's commit (gitformat-index). */
const GITLINK = '160000';
const COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

export interface ChangedFiles {
  /** Names of files by commit; of a merge those that differ from its first parent. */
  readonly files: ReadonlyMap<string, readonly string[]>;
  readonly submodules: readonly string[];
}

/** Which files commits changed, all with one call. A name cannot be taken for a commit: it follows the line of its entry. */
export function filesOfCommits(git: Git, ids: readonly string[]): ChangedFiles {
  const options = ['--stdin', '--root', '-r', '--raw', '-z', '--no-renames', '--diff-merges=first-parent'];
  const tokens = git.text(['diff-tree', ...options], `${ids.join('\n')}\n`).split('\0');
  const files = new Map<string, string[]>();
  const submodules = new Set<string>();
  let current: string[] = [];
  for (let i = 0; i < tokens.length; i += 1) {
    const token = tokens[i] ?? '';
    if (COMMIT.test(token)) {
      current = files.get(token) ?? [];
      files.set(token, current);
    } else if (token.startsWith(':')) {
      i += 1;
      const name = tokens[i] ?? '';
      current.push(name);
      if (token.slice(1).split(' ', 2).includes(GITLINK)) submodules.add(name);
    }
  }
  return { files, submodules: [...submodules] };
}
