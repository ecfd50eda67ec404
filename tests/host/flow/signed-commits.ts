/** A git repository with a signing key of its own, made for one test (git-commit(1), gpg.format ssh). */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export class Repository {
  readonly folder = mkdtempSync(join(tmpdir(), 'gate-'));
  readonly publicKey: string;
  private readonly key = join(this.folder, '..', `${this.folder.split('/').at(-1) ?? ''}.key`);

  constructor(
    private readonly author: string,
    private readonly email: string,
  ) {
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', email, '-f', this.key]);
    this.publicKey = readFileSync(`${this.key}.pub`, 'utf8').trim();
    writeFileSync(`${this.key}.allowed`, `${email} ${this.publicKey.split(' ').slice(0, 2).join(' ')}\n`);
    this.git('init', '-q', '-b', 'main');
    this.git('config', 'gpg.format', 'ssh');
    this.git('config', 'user.signingkey', `${this.key}.pub`);
    this.git('config', 'gpg.ssh.allowedSignersFile', `${this.key}.allowed`);
  }

  git(...args: readonly string[]): string {
    const who = ['-c', `user.name=${this.author}`, '-c', `user.email=${this.email}`];
    const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null' };
    return execFileSync('git', ['-C', this.folder, ...who, ...args], { encoding: 'utf8', stdio: 'pipe', env }).trim();
  }

  /** The id of a new commit, signed or not. */
  commit(message: string, { signed = false } = {}): string {
    writeFileSync(join(this.folder, 'rules.conf'), `${message}\n`, { flag: 'a' });
    this.git('add', '.');
    this.git('commit', '-q', signed ? '-S' : '--no-gpg-sign', '-m', message);
    return this.head();
  }

  head(): string {
    return this.git('rev-parse', 'HEAD');
  }

  /** Whether git itself verifies the signature of a commit. */
  verifies(commit: string): boolean {
    try {
      this.git('verify-commit', commit);
      return true;
    } catch {
      return false;
    }
  }

  remove(): void {
    for (const path of [this.folder, this.key, `${this.key}.pub`, `${this.key}.allowed`])
      rmSync(path, { recursive: true, force: true });
  }
}
