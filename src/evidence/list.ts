import { disclosed } from '../ledger/commitment';
import type { Person, Provenance, StoredEntry } from '../ledger/entry';
import { newestFacts, type NewestFact } from './newest';
import { statedBesides } from './read-from-file';
import { skewOf, type Skew } from './skew';

export { expectedKinds, type ExpectedKind } from './expected';

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
  /** How far the two are apart, when that is more than clocks differ. */
  readonly skew: Skew | null;
  readonly namedBy: readonly string[];
  readonly source: string;
  /** The sender's name of the event, and how it proved itself: with which of the live secrets, by its label. */
  readonly event: string;
  readonly authenticatedBy: Provenance['authenticatedBy'];
  readonly secret: string;
  /** SHA-256 of the delivery's bytes as received, and their number where it was recorded. */
  readonly bodyDigest: string;
  readonly bodySize: number | null;
  readonly deliveryId: string | null;
  readonly facts: number;
  readonly redacted: boolean;
  /** What its sender stated of it, where the app read it out of the file besides; absent otherwise. */
  readonly stated?: StatedToo;
}

/** The sender's own fact of what was read out of a file: its entry, what it is called there, and its state. */
export interface StatedToo {
  readonly seq: number;
  readonly title: string | null;
  readonly state: string | null;
}

/**
 * Everything recorded as evidence, one row each, in the order in which each was first recorded; see `newestFacts`. What a
 * sender stated and the app read out of the file is one row: what was read.
 */
export function evidenceList(entries: readonly StoredEntry[]): readonly ListedEvidence[] {
  const facts = newestFacts(entries);
  const stated = statedBesides(facts);
  const told = new Set([...stated.values()].flat());
  return facts.filter((fact) => !told.has(fact)).map((fact) => rowOf(fact, stated.get(fact)?.at(-1)));
}

const statedToo = ({ stored, entry: { seq, body } }: NewestFact): StatedToo => ({
  seq,
  title: disclosed<string>(stored, body.title) ?? null,
  state: body.state,
});

function rowOf({ stored, entry: { seq, body }, facts }: NewestFact, stated: NewestFact | undefined): ListedEvidence {
  return {
    ...(stated === undefined ? {} : { stated: statedToo(stated) }),
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
    skew: skewOf(body.claimedAt, body.receivedAt),
    namedBy: body.namedBy,
    source: body.provenance.source,
    event: body.provenance.event,
    authenticatedBy: body.provenance.authenticatedBy,
    secret: body.provenance.secret,
    bodyDigest: body.provenance.bodyDigest,
    bodySize: body.provenance.bodySize ?? null,
    deliveryId: body.provenance.deliveryId,
    facts,
    redacted: body.provenance.redactedDigest !== undefined,
  };
}

const nameOf = (person: Person | undefined): string | null =>
  person?.displayName ?? person?.login ?? person?.email ?? null;
