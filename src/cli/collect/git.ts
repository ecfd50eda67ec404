import { spawnSync } from 'node:child_process';
import { commitIds } from '../../providers/optional';
import { nodeFailure } from '../outcome';

/** Something about the repository that the person has to put right. */
export class GitProblem extends Error {
  override readonly name = 'GitProblem';
}

const MAX_BYTES = 512 * 1024 * 1024;
/** What a person's own configuration would otherwise mix into the output. */
const PLAIN = ['-c', 'log.showSignature=false', '-c', 'i18n.logOutputEncoding=UTF-8', '-c', 'core.quotePath=false'];

/** A repository as git itself reads it. Nothing is written to it. */
export class Git {
  private readonly settings: readonly string[];

  /** @param allowedSigners file of SSH keys that may sign (ssh-keygen, "ALLOWED SIGNERS"), instead of the configured one. */
  constructor(
    readonly folder: string,
    allowedSigners?: string,
  ) {
    const signers = allowedSigners === undefined ? [] : ['-c', `gpg.ssh.allowedSignersFile=${allowedSigners}`];
    this.settings = [...PLAIN, ...signers, '-C', folder];
  }

  /** @throws GitProblem when git is missing or refuses. */
  text(args: readonly string[], input?: string): string {
    return this.bytes(args, input).toString('utf8');
  }

  bytes(args: readonly string[], input?: string): Buffer {
    const { status, stdout, stderr, error } = this.run(args, input);
    if (nodeFailure(error)?.code === 'ENOENT') throw new GitProblem('git cannot be run: is it installed?');
    if (nodeFailure(error)?.code === 'ENOBUFS')
      throw new GitProblem(`git ${args[0] ?? ''} has more to say than the ${MAX_BYTES} bytes that are read.`);
    if (status !== 0) throw new GitProblem(this.complaint(args[0] ?? '', stderr.toString('utf8').trim()));
    return stdout;
  }

  /** Whether git says yes: exit code 0. */
  agrees(args: readonly string[]): boolean {
    return this.run(args).status === 0;
  }

  /** The line that git prints; undefined when it knows none. */
  answer(args: readonly string[]): string | undefined {
    const { status, stdout } = this.run(args);
    const line = stdout.toString('utf8').trim();
    return status === 0 && line !== '' ? line : undefined;
  }

  /** The full hash of the commit that a reference names; undefined when there is none here. */
  find(reference: string): string | undefined {
    const id = this.answer(['rev-parse', '--verify', '--quiet', '--end-of-options', `${reference}^{commit}`]);
    return commitIds(id)[0];
  }

  private run(args: readonly string[], input?: string) {
    return spawnSync('git', [...this.settings, ...args], {
      maxBuffer: MAX_BYTES,
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      ...(input === undefined ? {} : { input }),
      // Replaced objects would be handed in under the name of others, and nobody is there to be asked for a password.
      env: {
        ...process.env,
        LC_ALL: 'C',
        GIT_NO_REPLACE_OBJECTS: '1',
        GIT_TERMINAL_PROMPT: '0',
        GIT_OPTIONAL_LOCKS: '0',
      },
    });
  }

  private complaint(verb: string, said: string): string {
    if (said.includes('dubious ownership'))
      return `git does not trust ${this.folder}, which belongs to another user. Allow it: git config --global --add safe.directory DIR`;
    const why = said === '' ? 'it gave no reason' : said.slice(0, 1000);
    return `git ${verb} failed in ${this.folder}: ${why}`;
  }
}

/**
 * Refuses a repository of which a part is missing without a word, or that has nothing yet.
 * @throws GitProblem
 */
export function refuseIncomplete(git: Git): void {
  if (git.text(['rev-parse', '--is-shallow-repository']).trim() === 'true')
    throw new GitProblem(
      `This clone is shallow, so commits could be missing. Fetch the whole history: git fetch --unshallow, or in the pipeline
fetch-depth: 0 (GitHub), GIT_DEPTH: "0" (GitLab), clone: depth: full (Bitbucket), fetchDepth: 0 (Azure), a clone without the shallow option (Jenkins).`,
    );
  if (git.find('HEAD') === undefined) throw new GitProblem(`There is no commit in ${git.folder} yet.`);
}
