import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const PEOPLE = {
  GIT_AUTHOR_NAME: 'Zoë Ortiz',
  GIT_AUTHOR_EMAIL: 'zoe@example.test',
  GIT_AUTHOR_DATE: '2026-03-01T10:00:00+02:00',
  GIT_COMMITTER_NAME: 'Web Flow',
  GIT_COMMITTER_EMAIL: 'noreply@example.test',
  GIT_COMMITTER_DATE: '2026-03-01T11:00:00+02:00',
};

/** A real git repository in a folder of its own, and files beside it. */
export class TestRepository {
  readonly root = mkdtempSync(join(tmpdir(), 'repository-'));
  readonly folder = join(this.root, 'work');

  constructor() {
    mkdirSync(this.folder);
    this.git('init', '-q', '-b', 'main');
  }

  git(...args: readonly string[]): string {
    return execFileSync('git', ['-C', this.folder, '-c', 'commit.gpgsign=false', ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...PEOPLE, GIT_CONFIG_GLOBAL: '/dev/null' },
    }).trim();
  }

  commit(message: string, files: Readonly<Record<string, string>> = {}, ...options: readonly string[]): string {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.folder, name)), { recursive: true });
      writeFileSync(join(this.folder, name), text);
    }
    this.git('add', '.');
    this.git(...options, 'commit', '-q', '--allow-empty', '-m', message);
    return this.git('rev-parse', 'HEAD');
  }

  /** Writes a file beside the work tree and gives its path. */
  file(name: string, bytes: string | Uint8Array): string {
    const path = join(this.root, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
    return path;
  }

  /** Options with which git signs by a new SSH key, and the file in which that key may sign. */
  sshKey(): { readonly sign: readonly string[]; readonly allowed: string } {
    const key = join(this.root, 'signing-key');
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', key]);
    const allowed = this.file(
      'allowed-signers',
      `noreply@example.test ${execFileSync('ssh-keygen', ['-y', '-f', key], { encoding: 'utf8' })}`,
    );
    const sign = ['-c', 'gpg.format=ssh', '-c', `user.signingkey=${key}`, '-c', 'commit.gpgsign=true'];
    return { sign, allowed };
  }

  remove(): void {
    rmSync(this.root, { recursive: true });
  }
}
