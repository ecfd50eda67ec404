import { execFileSync, spawnSync } from 'node:child_process';
import { nodeFailure } from '../outcome';
import type { EnvelopeCommit, EnvelopePerson } from '../../providers/pipeline/envelope';

/** Something about the repository that the person has to put right. */
export class GitProblem extends Error {
  override readonly name = 'GitProblem';
}

const MAX_COMMITS = 5_000;
const MAX_BYTES = 512 * 1024 * 1024;
const MAX_MESSAGE = 50_000;
const MAX_FILES = 1_000;
/** With -z each record ends in NUL, as its fields do. */
const FORMAT_FIELDS = ['%H', '%an', '%ae', '%aI', '%cn', '%ce', '%cI', '%G?', '%B'] as const;
const FORMAT = FORMAT_FIELDS.join('%x00');
/** What a person's own configuration would otherwise mix into the output. */
const PLAIN = ['-c', 'log.showSignature=false', '-c', 'i18n.logOutputEncoding=UTF-8'];

/**
 * The commits of a repository that HEAD has and `since` has not, oldest first, each with its people, times, message,
 * changed files (of a merge: against its first parent) and what `git verify-commit` says of its signature.
 *
 * @throws GitProblem when git is missing, the folder is no repository, the reference is unknown, the clone is shallow, so
 *   that commits would be missing without a word, or there are more than 5,000.
 */
export function commitsSince(folder: string, since: string): readonly EnvelopeCommit[] {
  if (git(folder, 'rev-parse', '--is-shallow-repository').trim() === 'true')
    throw new GitProblem(
      'This clone is shallow, so commits could be missing. Fetch the whole history (git fetch --unshallow; fetch-depth: 0).',
    );
  const base = resolve(folder, since);
  const fields = git(folder, 'log', '-z', '--reverse', `--format=${FORMAT}`, `${base}..HEAD`).split('\0');
  const count = Math.floor(fields.length / FORMAT_FIELDS.length);
  if (count > MAX_COMMITS)
    throw new GitProblem(`There are ${count} commits since ${since}; at most ${MAX_COMMITS} are handed in at once.`);
  return Array.from({ length: count }, (_, i) =>
    commitOf(folder, fields.slice(i * FORMAT_FIELDS.length, (i + 1) * FORMAT_FIELDS.length)),
  );
}

/** The full hash of a reference. */
export function resolve(folder: string, reference: string): string {
  try {
    return git(folder, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${reference}^{commit}`).trim();
  } catch (error) {
    if (error instanceof GitProblem && error.message.includes('cannot be run')) throw error;
    throw new GitProblem(`There is no commit ${JSON.stringify(reference)} in ${folder}.`);
  }
}

function commitOf(folder: string, fields: readonly string[]): EnvelopeCommit {
  const [id = '', authorName, authorEmail, authoredAt, committerName, committerEmail, committedAt, seen, message = ''] =
    fields;
  const files = filesOf(folder, id);
  const author = person(authorName, authorEmail);
  const committer = person(committerName, committerEmail);
  return {
    id,
    message: visibly(valid(message).trimEnd(), MAX_MESSAGE),
    ...(author === undefined ? {} : { author }),
    ...(committer === undefined ? {} : { committer }),
    ...(authoredAt === undefined ? {} : { authoredAt }),
    ...(committedAt === undefined ? {} : { committedAt }),
    signature: signatureOf(folder, id, seen ?? ''),
    files: files.slice(0, MAX_FILES),
    fileCount: files.length,
  };
}

const filesOf = (folder: string, id: string): readonly string[] =>
  git(folder, 'show', '--format=', '--name-only', '--no-renames', '-z', '-m', '--first-parent', id)
    .split('\0')
    .filter((name) => name !== '')
    .map((name) => valid(name).slice(0, 4096));

/** `%G?` tells a bad signature from one that cannot be checked; whether it is good is for `git verify-commit` to say. */
function signatureOf(folder: string, id: string, seen: string): NonNullable<EnvelopeCommit['signature']> {
  if (seen === 'B') return 'bad';
  const header = git(folder, 'cat-file', 'commit', id).split('\n\n', 1)[0] ?? '';
  if (!/^gpgsig(?:-sha256)? /m.test(header)) return 'none';
  const checked = spawnSync('git', ['-C', folder, 'verify-commit', id], { stdio: 'ignore' });
  return checked.status === 0 ? 'verified' : 'unverified';
}

function person(name: string | undefined, email: string | undefined): EnvelopePerson | undefined {
  const address = valid(email ?? '').trim();
  const line =
    visibly(
      valid(name ?? '')
        .replaceAll(/\p{Control}+/gu, ' ')
        .trim(),
      190,
    ) || address.slice(0, 190);
  if (line === '') return undefined;
  return {
    name: line,
    ...(/^[^\s@\p{Control}]+@[^\s@\p{Control}]+$/u.test(address) && address.length <= 320 ? { email: address } : {}),
  };
}

/** git's bytes were decoded as UTF-8 already; only a cut through a pair could leave half of one. */
const valid = (text: string): string => text.replaceAll(/\p{Surrogate}/gu, '\u{FFFD}');

const visibly = (text: string, max: number): string => (text.length <= max ? text : `${valid(text.slice(0, max))}…`);

function git(folder: string, ...args: readonly string[]): string {
  try {
    return execFileSync('git', [...PLAIN, '-C', folder, ...args], {
      encoding: 'utf8',
      maxBuffer: MAX_BYTES,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  } catch (error) {
    if (nodeFailure(error)?.code === 'ENOENT') throw new GitProblem('git cannot be run.');
    const said = typeof error === 'object' && error !== null && 'stderr' in error ? String(error.stderr).trim() : '';
    throw new GitProblem(`git ${args[0] ?? ''} failed in ${folder}: ${said === '' ? 'it gave no reason' : said}`);
  }
}
