import { disclosed } from '../ledger/commitment';
import type { Person, StoredEntry } from '../ledger/entry';
import { newestFacts, type NewestFact } from './newest';

/** A kind of evidence that a change usually has and this one has not. It informs; it decides nothing. */
export interface ExpectedEvidence {
  readonly code: 'no-commit' | 'no-review' | 'no-run' | 'no-deployment';
  readonly sentence: string;
}

/** What one would expect of a change that was built, reviewed, tested and deployed, and is not recorded. */
export function expectedEvidence(entries: readonly StoredEntry[]): readonly ExpectedEvidence[] {
  const recorded = newestFacts(entries);
  const has = (...kinds: readonly string[]): boolean =>
    recorded.some(({ entry }) => kinds.includes(entry.body.evidence));
  const missing: ExpectedEvidence[] = [];
  if (!has('commit')) {
    missing.push({ code: 'no-commit', sentence: 'No commit names this change in its message or branch.' });
  }
  if (!recorded.some(isReviewByAnother)) {
    missing.push({
      code: 'no-review',
      sentence: 'No approving review by a person other than the author is recorded for this change.',
    });
  }
  if (!has('run', 'check')) {
    missing.push({ code: 'no-run', sentence: 'No pipeline run or check is recorded for this change.' });
  }
  if (!has('deployment', 'deployment-status')) {
    missing.push({ code: 'no-deployment', sentence: 'No deployment is recorded for this change.' });
  }
  return missing;
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
