import { disclosed } from '../ledger/commitment';
import type { Person, StoredEntry } from '../ledger/entry';
import type { NewestFact } from './newest';

/**
 * Tells the facts that stand on the word of whoever handed them in: a person called a file this kind of evidence, and no
 * reader read it as that. What signatures decide is decided elsewhere.
 */
export function onAWord(entries: readonly StoredEntry[]): (fact: NewestFact) => boolean {
  const readAs = new Set(
    entries.flatMap(({ entry }) =>
      entry.kind === 'file-read' && entry.body.outcome === 'read'
        ? [nameOf(entry.body.provenance.bodyDigest, entry.body.evidence)]
        : [],
    ),
  );
  // Whatever nothing else knows is read as a document: that says no more than the person does.
  return ({ entry: { body } }) =>
    body.provenance.authenticatedBy === 'jira-session' &&
    (body.evidence === 'document' || !readAs.has(nameOf(body.provenance.bodyDigest, body.evidence)));
}

/** "handed in by Dana Whitfield", everybody once. */
export function whoseWord(facts: readonly NewestFact[]): string {
  const names = facts.flatMap(({ stored, entry: { body } }) =>
    body.people.map(({ person }) => {
      const found = disclosed<Person>(stored, person);
      return found?.displayName ?? found?.accountId ?? 'somebody whose name was erased';
    }),
  );
  return `handed in by ${[...new Set(names)].join(' and ')}`;
}

const nameOf = (bodyDigest: string, kind: string | null): string => `${bodyDigest} ${kind ?? ''}`;
