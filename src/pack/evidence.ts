import { disclosed } from '../ledger/commitment';
import type { EntryBodies, StoredEntry } from '../ledger/entry';
import { skewOf, type Skew } from '../evidence/skew';
import { senderName } from '../providers/names';
import { statedBesides } from '../evidence/read-from-file';
import type { KeysPart } from './keys';
import { personOf, personText } from './person';
import { signersOf, type Signer } from './signers';

type EvidenceBody = EntryBodies['evidence'];

/** One recorded fact as a reader of the pack sees it, with every identifier in full. */
export interface EvidenceRow extends Omit<EvidenceBody, 'evidence' | 'title' | 'people'> {
  readonly seq: number;
  readonly kind: string;
  /** Null when it was erased from the ledger. */
  readonly title: string | null;
  readonly people: readonly { readonly role: string; readonly person: string }[];
  /** How far the sender's time and the time of receipt are apart, when that is more than clocks differ. */
  readonly skew: Skew | null;
  /** The sender as people call it. */
  readonly sender: string;
  /** Whose registered keys made its signature, where it names any. */
  readonly signers: readonly Signer[];
  /** Entries in which its sender stated what was read here out of the file; for the others, none. */
  readonly statedIn: readonly number[];
}

/** The evidence of a ledger in the order it was recorded. */
export function evidenceRows(entries: readonly StoredEntry[], keys: readonly KeysPart[] = []): EvidenceRow[] {
  const besides = statedIn(entries);
  return entries.flatMap((stored) => {
    const { entry } = stored;
    if (entry.kind !== 'evidence') return [];
    const { evidence, title, people, ...rest } = entry.body;
    const text = disclosed<unknown>(stored, title);
    return [
      {
        ...rest,
        seq: entry.seq,
        kind: evidence,
        title: typeof text === 'string' ? text : null,
        people: people.map(({ role, person }) => ({ role, person: personText(personOf(stored, person)) })),
        skew: skewOf(rest.claimedAt, rest.receivedAt),
        sender: senderName(rest.provenance.source),
        signers: signersOf(rest.attributes['signedBy'], keys),
        statedIn: besides.get(entry.seq) ?? [],
      },
    ];
  });
}

function statedIn(entries: readonly StoredEntry[]): ReadonlyMap<number, readonly number[]> {
  const facts = entries.flatMap(({ entry }) => (entry.kind === 'evidence' ? [{ entry }] : []));
  return new Map([...statedBesides(facts)].map(([read, said]) => [read.entry.seq, said.map(({ entry }) => entry.seq)]));
}
