import { disclosed } from '../ledger/commitment';
import type { Person, StoredEntry } from '../ledger/entry';
import { newestFacts, type NewestFact } from './newest';

export { expectedEvidence, type ExpectedEvidence } from './expected';

/** One row of evidence as it is shown: what the newest of its facts says. */
export interface ListedEvidence {
  readonly seq: number;
  readonly kind: string;
  readonly id: string;
  readonly repository: string | null;
  /** Null once the committed value was erased. */
  readonly title: string | null;
  readonly url: string | null;
  readonly state: string | null;
  readonly commits: readonly string[];
  readonly attributes: Readonly<Record<string, string>>;
  readonly people: readonly { readonly role: string; readonly name: string | null }[];
  readonly claimedAt: string | null;
  readonly receivedAt: string;
  readonly namedBy: readonly string[];
  readonly source: string;
  readonly deliveryId: string | null;
  readonly facts: number;
  readonly redacted: boolean;
}

/** Everything recorded as evidence, one row each, in the order in which each was first recorded; see `newestFacts`. */
export const evidenceList = (entries: readonly StoredEntry[]): readonly ListedEvidence[] =>
  newestFacts(entries).map(rowOf);

function rowOf({ stored, entry: { seq, body }, facts }: NewestFact): ListedEvidence {
  return {
    seq,
    kind: body.evidence,
    id: body.id,
    repository: body.repository,
    title: disclosed<string>(stored, body.title) ?? null,
    url: body.url,
    state: body.state,
    commits: body.commits,
    attributes: body.attributes,
    people: body.people.map(({ role, person }) => ({ role, name: nameOf(disclosed<Person>(stored, person)) })),
    claimedAt: body.claimedAt,
    receivedAt: body.receivedAt,
    namedBy: body.namedBy,
    source: body.provenance.source,
    deliveryId: body.provenance.deliveryId,
    facts,
    redacted: body.provenance.redactedDigest !== undefined,
  };
}

const nameOf = (person: Person | undefined): string | null =>
  person?.displayName ?? person?.login ?? person?.email ?? null;
