import { hashEntry } from '../ledger/chain';
import { commitmentsIn, opens } from '../ledger/commitment';
import type { StoredEntry } from '../ledger/entry';

/** A finding of the checks of the controls that was open while the change lived. */
export interface HealthRow {
  readonly code: string;
  readonly level: 'alarm' | 'unchecked' | 'note';
  readonly sentence: string;
  readonly from: string;
  /** Null while it was still open when the pack was made. */
  readonly to: string | null;
}

/**
 * The part of the chain named `health` that a pack of a change holds: without a gap from the first entry that counts to
 * the newest. An entry counts when it was made since the change was created, or says what was still open then.
 */
export function healthSegment(chain: readonly StoredEntry[], createdAt: string): readonly StoredEntry[] {
  const from = chain.findIndex((stored) => {
    const { entry } = stored;
    return entry.at >= createdAt || (entry.kind === 'health-found' && !settledBefore(chain, stored, createdAt));
  });
  return from === -1 ? [] : chain.slice(from);
}

const settlement = (chain: readonly StoredEntry[], { entry }: StoredEntry): string | null =>
  chain.find((other) => other.entry.kind === 'health-resolved' && other.entry.body.found === entry.seq)?.entry.at ??
  null;

function settledBefore(chain: readonly StoredEntry[], stored: StoredEntry, instant: string): boolean {
  const at = settlement(chain, stored);
  return at !== null && at < instant;
}

/** Every finding that was open at any time since the change was created, oldest first. */
export function healthRows(segment: readonly StoredEntry[], createdAt: string): HealthRow[] {
  return segment.flatMap((stored): HealthRow[] => {
    const { entry } = stored;
    if (entry.kind !== 'health-found' || settledBefore(segment, stored, createdAt)) return [];
    const { code, level, sentence } = entry.body;
    return [{ code, level, sentence, from: entry.at, to: settlement(segment, stored) }];
  });
}

/** Days (UTC) of which the chain says that somebody looked. */
export const daysChecked = (segment: readonly StoredEntry[]): string[] => [
  ...new Set(segment.flatMap(({ entry }) => (entry.kind === 'health-checked' ? [entry.body.day] : []))),
];

/** What does not hold in the part that a pack has: the entries hang together, and what is disclosed opens them. */
export function healthBreaks(segment: readonly StoredEntry[]): string[] {
  return segment.flatMap(({ entry, disclosures }, i): string[] => {
    const before = segment[i - 1];
    const committed = commitmentsIn(entry.body);
    return [
      ...(entry.chain === 'health' ? [] : [`entry ${entry.seq} is of the chain ${entry.chain}`]),
      ...(before === undefined || (entry.seq === before.entry.seq + 1 && entry.prev === hashEntry(before.entry))
        ? []
        : [`entry ${entry.seq} does not follow on the one before it`]),
      ...Object.entries(disclosures).flatMap(([commitment, disclosure]) =>
        committed.includes(commitment) && opens(disclosure, commitment)
          ? []
          : [`entry ${entry.seq}: what is disclosed does not open ${commitment}`],
      ),
    ];
  });
}
