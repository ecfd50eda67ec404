import { execFileSync } from 'node:child_process';

/** The full hash of what a work tree holds; undefined without git, a repository or a commit, where whoever asks names it. */
export function headOf(folder: string): string | undefined {
  try {
    return execFileSync('git', ['-C', folder, 'rev-parse', '--verify', '--quiet', 'HEAD^{commit}'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return undefined;
  }
}
