import { disclosed } from '../ledger/commitment';
import type { EntryBodies, StoredEntry } from '../ledger/entry';
import { skewOf, type Skew } from '../evidence/skew';
import { senderName } from '../providers/names';
import { personOf, personText } from './person';

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
}

/** The evidence of a ledger in the order it was recorded. */
export function evidenceRows(entries: readonly StoredEntry[]): EvidenceRow[] {
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
      },
    ];
  });
}
