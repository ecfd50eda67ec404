import { execFileSync } from 'node:child_process';

/** The full hash of what a work tree holds; undefined without git, a repository or a commit, where whoever asks names it. */
export const headOf = (folder: string): string | undefined =>
  asked(folder, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']);

/** The message of a commit; undefined when it is not here. */
export const messageOf = (folder: string, commit: string): string | undefined =>
  asked(folder, ['log', '-1', '--format=%B', '--end-of-options', commit]);

function asked(folder: string, args: readonly string[]): string | undefined {
  try {
    const stdio: ('ignore' | 'pipe')[] = ['ignore', 'pipe', 'ignore'];
    return execFileSync('git', ['-C', folder, ...args], { encoding: 'utf8', stdio }).trim();
  } catch {
    return undefined;
  }
}
