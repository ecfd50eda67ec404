import { disclosed } from '../ledger/commitment';
import type { LedgerEntry, Person, StoredEntry } from '../ledger/entry';

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

type EvidenceEntry = LedgerEntry<'evidence'>;

/**
 * Everything recorded as evidence, one row for each kind, repository and id, in the order in which each was first
 * recorded. Deliveries come late and out of order, so the newest fact is the one with the latest time that the sender
 * gave, and of those the one recorded last.
 */
export function evidenceList(entries: readonly StoredEntry[]): readonly ListedEvidence[] {
  const rows = new Map<
    string,
    { readonly newest: StoredEntry; readonly entry: EvidenceEntry; readonly facts: number }
  >();
  for (const stored of entries) {
    const { entry } = stored;
    if (entry.kind !== 'evidence') continue;
    const { evidence, repository, id, provenance } = entry.body;
    const key = JSON.stringify([provenance.source, evidence, repository, id]);
    const row = rows.get(key);
    if (row === undefined) rows.set(key, { newest: stored, entry, facts: 1 });
    else if (isOlder(entry, row.entry)) rows.set(key, { ...row, facts: row.facts + 1 });
    else rows.set(key, { newest: stored, entry, facts: row.facts + 1 });
  }
  return Array.from(rows.values(), ({ newest, entry, facts }) => rowOf(newest, entry, facts));
}

/** Whether a fact was stated before another one that is already known; facts without a time go by their recording. */
function isOlder(fact: EvidenceEntry, known: EvidenceEntry): boolean {
  const [at, knownAt] = [fact.body.claimedAt, known.body.claimedAt];
  return at !== null && knownAt !== null && at < knownAt;
}

function rowOf(stored: StoredEntry, { seq, body }: EvidenceEntry, facts: number): ListedEvidence {
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
