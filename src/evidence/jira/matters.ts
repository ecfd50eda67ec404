import { disclosed } from '../../ledger/commitment';
import type { Committed, Person, StoredEntry } from '../../ledger/entry';
import type { ChangeSnapshot } from '../../change/snapshot';
import type { StandingRecord } from './standing';

/** Why somebody's comments count for the change. */
export type Mattering = 'decided' | 'named in a decision' | 'owner' | 'implementer' | 'requester';

/**
 * Every comment is recorded. Those count that somebody wrote who decided on the change, whom a decision, its required
 * actions, a delegation or the implementation record names, or who is its owner, implementer or requester: what they say
 * of it is part of how it was reviewed. Their removal is an exception, that of other comments is only listed.
 */
export function whoMatters(snapshot: ChangeSnapshot, entries: readonly StoredEntry[]): ReadonlyMap<string, Mattering> {
  const found = new Map<string, Mattering>();
  const add = (accountId: string | null | undefined, why: Mattering): void => {
    if (typeof accountId === 'string' && !found.has(accountId)) found.set(accountId, why);
  };
  for (const stored of entries) {
    for (const [committed, why] of namedIn(stored)) add(disclosed<Person>(stored, committed)?.accountId, why);
  }
  add(snapshot.content.owner, 'owner');
  add(snapshot.content.implementer, 'implementer');
  add(snapshot.reporter, 'requester');
  add(snapshot.creator, 'requester');
  return found;
}

function namedIn({ entry }: StoredEntry): readonly (readonly [Committed | null, Mattering])[] {
  switch (entry.kind) {
    case 'decision':
      return [
        [entry.body.by, 'decided'],
        ...entry.body.requiredActions.map(({ owner }) => [owner, 'named in a decision'] as const),
        [entry.body.onBehalfOf?.person ?? null, 'named in a decision'],
      ];
    case 'review':
      return [[entry.body.by, 'decided']];
    case 'delegated':
      return [
        [entry.body.from, 'named in a decision'],
        [entry.body.to, 'named in a decision'],
      ];
    case 'implementation':
      return [
        [entry.body.by, 'named in a decision'],
        [entry.body.verifiedBy ?? null, 'named in a decision'],
      ];
    default:
      return [];
  }
}

/** Why a comment counts; null for one that is only listed. */
export const whyItMatters = (comment: StandingRecord, people: ReadonlyMap<string, Mattering>): Mattering | null =>
  people.get(comment.by?.accountId ?? '') ?? null;
