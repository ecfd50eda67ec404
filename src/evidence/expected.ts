import { disclosed } from '../ledger/commitment';
import type { Person, StoredEntry } from '../ledger/entry';
import { newestFacts, type NewestFact } from './newest';
import { onAWord, whoseWord } from './word';
import { statedBesides } from './read-from-file';

interface Wanted {
  /** As a screen names it, in small letters. */
  readonly name: string;
  /** What is said while it is not there. */
  readonly missing: string;
}

const none = (name: string, what = name): Wanted => ({ name, missing: `No ${what} is recorded for this change.` });

/** The kinds of evidence that a policy can expect of a change, in the order in which a change happens. */
const WANTED = {
  commit: { name: 'commit', missing: 'No commit names this change in its message or branch.' },
  'commit-signature': {
    name: 'verified signature of every commit',
    missing: 'No verified signature is recorded for some commit of this change, or no commit at all.',
  },
  'pull-request': none('pull request'),
  review: {
    name: 'approving review by another person',
    missing: 'No approving review by a person other than the author is recorded for this change.',
  },
  run: none('pipeline run or check'),
  'test-result': none('test result'),
  artifact: none('artifact'),
  deployment: none('deployment'),
  'configuration-difference': none('configuration difference', 'difference of a configuration'),
  'configuration-state': none('configuration state', 'state of a configuration'),
  'execution-log': none('execution log'),
  attestation: none('attestation', 'attestation by a pipeline or a registered key'),
  'external-change-record': none('external change record', 'record of another system'),
  document: none('document'),
} as const satisfies Readonly<Record<string, Wanted>>;

export type ExpectableKind = keyof typeof WANTED;
export const EXPECTABLE_KINDS = Object.keys(WANTED) as readonly ExpectableKind[];

/** "commit", "approving review by another person". */
export const expectableName = (kind: ExpectableKind): string => WANTED[kind].name;

/** One kind of evidence that is expected of a change, and what became of it. It informs; it decides nothing. */
export interface ExpectedKind {
  readonly kind: ExpectableKind;
  readonly name: string;
  /** How many pieces of it are recorded. */
  readonly found: number;
  /** `failed`: somebody tried to get it and says that they could not. */
  readonly state: 'found' | 'missing' | 'failed';
  /** What is missing and why; null when it is there. */
  readonly sentence: string | null;
  /** Why it is missing; or, of what was found on the word of people alone, who handed it in. */
  readonly because: string | null;
}

/** What became of each kind that the policy expects, in the order of the table. */
export function expectedKinds(
  entries: readonly StoredEntry[],
  expected: readonly ExpectableKind[],
): readonly ExpectedKind[] {
  const facts = newestFacts(entries);
  const isWord = onAWord(entries);
  return EXPECTABLE_KINDS.filter((kind) => expected.includes(kind)).map((kind) => {
    const { name, missing } = WANTED[kind];
    const found = [kind, ...(ALSO[kind] ?? [])].reduce((sum, one) => sum + satisfying(facts, one), 0);
    if (found > 0) return { kind, name, found, state: 'found', sentence: null, because: wordFor(facts, kind, isWord) };
    const failed = facts.findLast(({ entry: { body } }) => body.evidence === 'not-obtained' && body.id === kind);
    const because = failed === undefined ? NO_DELIVERY : reasonOf(failed);
    return { kind, name, found, state: failed === undefined ? 'missing' : 'failed', sentence: missing, because };
  });
}

function wordFor(facts: readonly NewestFact[], kind: string, isWord: (fact: NewestFact) => boolean): string | null {
  const own = facts.filter(({ entry }) => entry.body.evidence === kind);
  return !isSigned(kind) && own.length > 0 && own.every(isWord) ? whoseWord(own) : null;
}

const NO_DELIVERY = 'no authenticated delivery that names this change says so';

const reasonOf = ({ stored, entry }: NewestFact): string =>
  `whoever collected it could not get it: ${disclosed<string>(stored, entry.body.title) ?? 'the reason was erased'}`;

/** A kind that another one shows as well. */
const ALSO: Readonly<Record<string, readonly string[]>> = { run: ['check'], deployment: ['deployment-status'] };

/**
 * Whether evidence of a kind is there, for whoever demands it: a review counts only as an approval by another person, an
 * attestation only if a pipeline or a registered key stands by it, and what a person hands in only as what a reader read it
 * as, save a document, which is that person's word by its nature. `on-a-word`: a person called something that, and no more.
 */
export function demanded(entries: readonly StoredEntry[], kind: string): 'there' | 'on-a-word' | 'missing' {
  const facts = newestFacts(entries);
  if (satisfying(facts, kind) === 0) return 'missing';
  if (isSigned(kind) || kind === 'document') return 'there';
  const isWord = onAWord(entries);
  const proved = facts.filter((fact) => !isWord(fact));
  return satisfying(proved, kind) > 0 ? 'there' : 'on-a-word';
}

/** Kinds of which signatures say whether they count. */
const isSigned = (kind: string): boolean => kind === 'attestation' || kind === 'commit-signature';

function satisfying(facts: readonly NewestFact[], kind: string): number {
  switch (kind) {
    case 'review':
      return facts.filter(isReviewByAnother).length;
    case 'commit-signature':
      return verifiedWhole(facts);
    case 'attestation':
      return attested(facts);
    default:
      return facts.filter(({ entry }) => entry.body.evidence === kind).length;
  }
}

/**
 * Commits whose signature the app itself checked, from the object, and that does not hold: by a key that was withdrawn, for
 * another time or purpose, or of other bytes. No sender's word that it is verified stands against that.
 */
export function refutedCommits(entries: readonly StoredEntry[]): ReadonlySet<string> {
  const said = (wanted: string) =>
    entries.flatMap(({ entry }) =>
      entry.kind === 'evidence' &&
      entry.body.evidence === 'commit-signature' &&
      entry.body.attributes['signature'] === wanted
        ? [entry.body.id]
        : [],
    );
  const verified = new Set(said('verified'));
  return new Set(said('invalid').filter((id) => !verified.has(id)));
}

/**
 * An attestation says something for somebody else than whoever hands it in: what a person calls one counts once a
 * registered key has signed it, and one whose signature does not hold never does.
 */
const isAttestedByAnother = ({ entry: { body } }: NewestFact): boolean =>
  body.evidence === 'attestation' &&
  body.attributes['signature'] !== 'invalid' &&
  (body.provenance.authenticatedBy !== 'jira-session' || body.attributes['signature'] === 'verified');

/** Each once: what a sender calls one and what was read out of it are one. */
function attested(facts: readonly NewestFact[]): number {
  const good = facts.filter(isAttestedByAnother);
  return good.length - new Set([...statedBesides(good).values()].flat()).size;
}

/** How many commits have a verified signature, as their sender or a check of ours says; 0 unless all of them have. Ours overrules. */
function verifiedWhole(facts: readonly NewestFact[]): number {
  const verified = new Set(
    facts.flatMap(({ entry: { body } }) =>
      (body.evidence === 'commit-signature' && body.state === 'verified') ||
      (body.evidence === 'commit' && body.attributes['signature'] === 'verified')
        ? body.commits
        : [],
    ),
  );
  const refuted = refutedCommits(facts.map(({ stored }) => stored));
  const commits = facts.flatMap(({ entry: { body } }) => (body.evidence === 'commit' ? [body.id] : []));
  return commits.every((id) => verified.has(id) && !refuted.has(id)) ? commits.length : 0;
}

/** An erased reviewer or author cannot be told apart from the other, so such a review is not counted. */
function isReviewByAnother({ stored, entry: { body } }: NewestFact): boolean {
  if (body.evidence !== 'review' || body.state !== 'approved') return false;
  if (body.attributes.reviewerType !== undefined && body.attributes.reviewerType !== 'User') return false;
  // A sender that tells the two by the numbers of their accounts knows better than names do.
  if (body.attributes.byAuthor !== undefined) return body.attributes.byAuthor === 'no';
  const [reviewer, author] = ['reviewer', 'author'].map((role) => {
    const found = body.people.find((person) => person.role === role);
    return found === undefined ? undefined : loginOf(disclosed<Person>(stored, found.person));
  });
  return reviewer !== undefined && author !== undefined && reviewer !== author;
}

const loginOf = (person: Person | undefined): string | undefined =>
  (person?.login ?? person?.email ?? person?.displayName)?.toLowerCase();
