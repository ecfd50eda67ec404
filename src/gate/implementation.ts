import { compareHistoryIds, latestResubmission } from '../change/history';
import { disclosed } from '../ledger/commitment';
import type { LedgerEntry, Person, StoredEntry } from '../ledger/entry';
import type { GateFacts } from './recorded';
import { listed, nameOf, when } from './words';

/** A record of what was done, with the people who could be disclosed. */
export interface ImplementationRecord {
  readonly seq: number;
  readonly recordedAt: string;
  readonly body: LedgerEntry<'implementation'>['body'];
  readonly by: Person | undefined;
  readonly verifiedBy: Person | undefined;
}

/** Every record, oldest first: a later one corrects an earlier one and both are kept. */
export function implementationRecords(entries: readonly StoredEntry[]): ImplementationRecord[] {
  return entries.flatMap((stored) => {
    const { entry } = stored;
    if (entry.kind !== 'implementation') return [];
    const { body } = entry;
    return [
      {
        seq: entry.seq,
        recordedAt: entry.at,
        body,
        by: disclosed<Person>(stored, body.by),
        verifiedBy: body.verifiedBy === undefined ? undefined : disclosed<Person>(stored, body.verifiedBy),
      },
    ];
  });
}

/** Whether it was made since the change was last resubmitted: what was done before is no record of what was done now. */
export function isOfThisRound({ snapshot }: Pick<GateFacts, 'snapshot'>, record: ImplementationRecord): boolean {
  const resubmission = latestResubmission(snapshot);
  if (resubmission === undefined) return true;
  const { historyHead } = record.body;
  return historyHead === undefined
    ? record.recordedAt > resubmission.at
    : compareHistoryIds(historyHead, resubmission.historyId) >= 0;
}

/** The record that counts: the newest of this round. */
export const currentImplementation = (facts: GateFacts): ImplementationRecord | undefined =>
  implementationRecords(facts.entries).findLast((record) => isOfThisRound(facts, record));

const WHERE = 'the panel "Change control"';

/**
 * Why the change may not be closed yet; empty lets it pass. SP 800-128 section 3.3.2 wants the change implemented as
 * approved, verified and the baseline updated; without a record of it there is nothing to show (3.4.3[d], 3.4.4).
 */
export function closingProblems(facts: GateFacts): string[] {
  const record = currentImplementation(facts);
  if (record === undefined) {
    const resubmitted =
      latestResubmission(facts.snapshot) !== undefined && implementationRecords(facts.entries).length > 0;
    return [
      `The implementation record is missing${resubmitted ? ' since the change was resubmitted' : ''}. The implementer, the owner or somebody who decides records in ${WHERE} what was done, how it was verified and by whom, and whether baseline, inventory and system security plan were updated.`,
    ];
  }
  const lacks = [
    ...(record.body.inventoryUpdated === undefined ? ['whether the inventory was updated'] : []),
    ...(record.body.verifiedBy === undefined ? ['who verified'] : []),
  ];
  return lacks.length === 0
    ? []
    : [
        `The implementation record does not say ${listed(lacks)}. Record it again in ${WHERE}; the earlier one is kept.`,
      ];
}

const DOCUMENTS = [
  ['baselineUpdated', 'the baseline'],
  ['inventoryUpdated', 'the inventory'],
  ['planUpdated', 'the system security plan'],
] as const;

/** What a record itself says did not go as planned, in sentences for the list of exceptions. */
export function recordedTroubles({ snapshot }: GateFacts, record: ImplementationRecord) {
  const { body, by } = record;
  const who = nameOf(snapshot, by?.accountId ?? null, by?.displayName);
  const outstanding = DOCUMENTS.filter(([key]) => body[key] === 'outstanding').map(([, name]) => name);
  return [
    ...(body.controlsSatisfied
      ? []
      : [
          {
            code: 'controls-not-satisfied' as const,
            sentence: `${who} recorded that the security controls were not satisfied after the change (verified ${when(body.verifiedAt)}).`,
            at: body.verifiedAt,
          },
        ]),
    ...(outstanding.length === 0
      ? []
      : [
          {
            code: 'records-outstanding' as const,
            sentence: `After the change ${listed(outstanding)} still ${outstanding.length === 1 ? 'has' : 'have'} to be updated. When done, ${who} or another who may records it again.`,
            at: record.recordedAt,
          },
        ]),
  ];
}
