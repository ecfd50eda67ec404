import { verifyChain } from '../ledger/chain';
import type { Break } from '../ledger/chain';
import { GENESIS } from '../ledger/entry';
import type { Sha256Hex } from '../ledger/entry';
import { hashEntry } from '../ledger/chain';
import { contentDigest } from '../change/digest';
import { completenessOf } from './completeness';
import type { Completeness } from './completeness';
import { settleDeliveries } from './deliveries';
import type { DeliveryRecord } from './deliveries';
import { evidenceRows } from './evidence';
import type { EvidenceRow } from './evidence';
import { gateRows } from './gate';
import type { GateRows } from './gate';
import { healthRows } from './health';
import type { HealthRow } from './health';
import { handedIn } from './handed-in';
import type { HandedIn } from './handed-in';
import { meetingRows } from './meetings';
import type { MeetingRow } from './meetings';
import type { PackFile, PackInput } from './input';
import { timelineRows } from './timeline';
import type { TimelineRow } from './timeline';

/** What every file of a pack is written from: the input and what follows from it, computed once. */
export interface PackFacts {
  readonly input: PackInput;
  readonly breaks: readonly Break[];
  readonly deliveries: readonly DeliveryRecord[];
  readonly rawFiles: readonly PackFile[];
  readonly completeness: Completeness;
  readonly evidence: readonly EvidenceRow[];
  /** What the deploy gate answered, and which deployments followed. */
  readonly gate: GateRows;
  /** Files that were handed in, and what they state. */
  readonly handedIn: HandedIn;
  readonly timeline: readonly TimelineRow[];
  /** Findings of the checks of the controls that were open while the change lived. */
  readonly health: readonly HealthRow[];
  /** The meetings in which decisions were taken. */
  readonly meetings: readonly MeetingRow[];
  readonly contentDigest: Sha256Hex;
  /** The hash of the newest entry; 64 zeros for an empty ledger. */
  readonly head: Sha256Hex;
  /** When the change first went to Executed by Jira's history; null while it has not. */
  readonly implementedAt: string | null;
}

export function factsOf(input: PackInput): PackFacts {
  const { snapshot, entries } = input;
  const breaks = input.ledgerBreaks ?? verifyChain(entries);
  const { records, files } = settleDeliveries(entries, input.deliveries);
  const last = entries.at(-1);
  const meetings = input.meetings ?? [];
  const handed = handedIn(input, records, files);
  return {
    input,
    breaks,
    deliveries: records,
    rawFiles: files,
    completeness: completenessOf({
      snapshot,
      entries,
      verdict: input.verdict,
      deliveries: records,
      handedIn: handed,
      breaks,
      health: input.health ?? [],
      meetings,
      fromJira: input.fromJira,
      generatedAt: input.generatedAt,
    }),
    evidence: evidenceRows(entries, input.keys),
    gate: gateRows(entries),
    handedIn: handed,
    timeline: timelineRows(entries, meetings),
    health: healthRows(input.health ?? [], snapshot.createdAt),
    meetings: meetingRows(entries, meetings),
    contentDigest: contentDigest(snapshot.content),
    head: last === undefined ? GENESIS : hashEntry(last.entry),
    implementedAt: implementedAt(input),
  };
}

function implementedAt({ snapshot }: PackInput): string | null {
  const moves = snapshot.history.filter(({ items }) =>
    items.some(({ field, toText }) => field === 'status' && toText === 'Executed'),
  );
  return moves[0]?.at ?? null;
}
