import { EMAIL } from '../../gate/question';
import { commitObject } from '../../readers/git-commit/object';
import type { EnvelopeCommit, EnvelopePerson } from '../../providers/pipeline/envelope';
import { filesOfCommits } from './changed-files';
import type { Git } from './git';
import { GitProblem } from './git';
import { signatureOf } from './signatures';

export const MAX_COMMITS = 5_000;
const MAX_MESSAGE = 50_000;
const MAX_FILES = 1_000;
/** With -z each record ends in NUL, as its fields do. */
const FORMAT_FIELDS = ['%H', '%an', '%ae', '%aI', '%cn', '%ce', '%cI', '%P', '%B'] as const;
const FORMAT = FORMAT_FIELDS.join('%x00');

/** A commit as it is handed in, and the object itself, from which anybody can check its signature again. */
export interface Commit {
  readonly envelope: EnvelopeCommit & { readonly id: string; readonly signature: Signature };
  /** Of a commit that is signed; undefined for the others. */
  readonly signed: Buffer | undefined;
}
type Signature = NonNullable<EnvelopeCommit['signature']>;

export interface Commits {
  readonly commits: readonly Commit[];
  /** What a person who reads them has to know: merges, submodules, what was cut. */
  readonly notes: readonly string[];
}

/**
 * The commits that `head` has and `base` has not, oldest first, each with its people, times, message, changed files (of a
 * merge: against its first parent) and what `git verify-commit` says of its signature. Without a base, all that `head` has.
 *
 * @throws GitProblem when git refuses, or there are more than 5,000.
 */
export function commitsBetween(git: Git, base: string | undefined, head: string): Commits {
  const range = base === undefined ? head : `${base}..${head}`;
  const count = Number(git.text(['rev-list', '--count', '--end-of-options', range]));
  if (count > MAX_COMMITS)
    throw new GitProblem(
      `There are ${count} commits since ${base ?? 'the beginning'}; at most ${MAX_COMMITS} are handed in at once. Name a later --since.`,
    );
  if (count === 0) return { commits: [], notes: [] };
  const fields = git.text(['log', '-z', '--reverse', `--format=${FORMAT}`, '--end-of-options', range]).split('\0');
  const records = Array.from({ length: Math.floor(fields.length / FORMAT_FIELDS.length) }, (_, i) =>
    fields.slice(i * FORMAT_FIELDS.length, (i + 1) * FORMAT_FIELDS.length),
  );
  const ids = records.map(([id = '']) => id);
  const objects = objectsOf(git, ids);
  const changed = filesOfCommits(git, ids);
  const commits = records.map((record) => commitOf(git, record, changed.files, objects));
  const merges = records.filter(([, , , , , , , parents = '']) => parents.includes(' ')).length;
  const cut = commits.filter(({ envelope: { fileCount = 0 } }) => fileCount > MAX_FILES).length;
  return {
    commits,
    notes: [
      ...(merges === 0 ? [] : [`${merges} of the commits are merges: their files are those against the first parent.`]),
      ...(cut === 0
        ? []
        : [`Of ${cut} commits with more than ${MAX_FILES} files, the first ${MAX_FILES} are named and all counted.`]),
      ...changed.submodules.map((name) => `Submodule ${name} was moved: commits inside of it are not gathered.`),
    ],
  };
}

function commitOf(
  git: Git,
  fields: readonly string[],
  changed: ReadonlyMap<string, readonly string[]>,
  objects: ReadonlyMap<string, Buffer>,
): Commit {
  const [id = '', authorName, authorEmail, authoredAt, committerName, committerEmail, committedAt, , message = ''] =
    fields;
  const files = changed.get(id) ?? [];
  const author = person(authorName, authorEmail);
  const committer = person(committerName, committerEmail);
  const object = objects.get(id);
  const kind = object === undefined ? null : signatureKindOf(object);
  return {
    envelope: {
      id,
      message: visibly(valid(message).trimEnd(), MAX_MESSAGE),
      ...(author === undefined ? {} : { author }),
      ...(committer === undefined ? {} : { committer }),
      ...(authoredAt === undefined ? {} : { authoredAt }),
      ...(committedAt === undefined ? {} : { committedAt }),
      signature: kind === null ? 'none' : signatureOf(git, id),
      files: files.slice(0, MAX_FILES).map((name) => valid(name).slice(0, 4096)),
      fileCount: files.length,
    },
    signed: kind === null ? undefined : object,
  };
}

/** An object that git took and our reader does not is judged by its headers alone: it may be signed. */
function signatureKindOf(object: Buffer): string | null {
  const read = commitObject(object);
  if (read !== undefined) return read.signatureKind;
  return /^gpgsig(?:-sha256)? /m.test(object.toString('latin1').split('\n\n', 1)[0] ?? '') ? 'unknown' : null;
}

/** The objects as they are, all with one call. */
function objectsOf(git: Git, ids: readonly string[]): ReadonlyMap<string, Buffer> {
  const out = git.bytes(['cat-file', '--batch'], `${ids.join('\n')}\n`);
  const objects = new Map<string, Buffer>();
  for (let at = 0; at < out.length;) {
    const end = out.indexOf(0x0a, at);
    const [id = '', , size] = out.subarray(at, end).toString('latin1').split(' ');
    const length = Number(size);
    if (end === -1 || !Number.isInteger(length)) throw new GitProblem(`git cat-file could not read the object ${id}.`);
    objects.set(id, out.subarray(end + 1, end + 1 + length));
    at = end + 1 + length + 1;
  }
  return objects;
}

function person(name: string | undefined, email: string | undefined): EnvelopePerson | undefined {
  const address = valid(email ?? '').trim();
  const line = visibly(
    valid(name ?? '')
      .replaceAll(/\p{Control}+/gu, ' ')
      .trim(),
    190,
  );
  const called =
    line === ''
      ? address
          .replaceAll(/\p{Control}+/gu, ' ')
          .slice(0, 190)
          .trim()
      : line;
  if (called === '') return undefined;
  return { name: called, ...(EMAIL.test(address) && address.length <= 320 ? { email: address } : {}) };
}

/** git's bytes were decoded as UTF-8 already; only a cut through a pair could leave half of one. */
const valid = (text: string): string => text.replaceAll(/\p{Surrogate}/gu, '\u{FFFD}');

const visibly = (text: string, max: number): string => (text.length <= max ? text : `${valid(text.slice(0, max))}…`);
