import { tookPart } from './barred';
import { named } from './recorded';
import type { GateFacts } from './recorded';
import type { StandingDecision } from './standing';
import { nameOf } from './words';

/** The condition of an approval that stands, and whether it is settled. */
export interface ConditionState {
  /** The ledger entry that holds the approval. */
  readonly decision: number;
  readonly conditions: string;
  /** Who set it, and whose say it was if that is somebody else: only they may waive it. */
  readonly setBy: readonly string[];
  readonly setByName: string;
  readonly outcome: 'open' | 'met' | 'waived';
  readonly settledByName: string | null;
  readonly note: string;
  readonly settledAt: string | null;
}

/** As of when, and whether those who took part are refused: what was open at some time is not changed by who joins later. */
export interface SettledBy {
  readonly at?: string;
  readonly barsToday: boolean;
}

/**
 * The conditions of the approvals that stand, oldest first. A settlement counts while it is known who settled it and
 * that they took no part in the change, save for the person who set it, whose approval stands only as long as that
 * holds.
 */
export function conditionsOf(
  facts: GateFacts,
  decisions: readonly StandingDecision[],
  { at, barsToday }: SettledBy = { barsToday: true },
): ConditionState[] {
  const barred = barsToday ? tookPart(facts) : new Map<string, unknown>();
  return decisions.flatMap(({ seq, body, accountId, displayName, behalf, invalidBecause }): ConditionState[] => {
    if (body.decision !== 'approved' || invalidBecause !== null || body.conditions === undefined) return [];
    const setBy = [accountId, behalf?.accountId].filter((one) => typeof one === 'string');
    const settled = facts.entries
      .flatMap((stored) => {
        const { entry } = stored;
        if (entry.kind !== 'condition-settled' || entry.body.decision !== seq) return [];
        const by = named(stored, entry.body.by);
        if (by === null || barred.has(by.accountId) || (at !== undefined && entry.body.at > at)) return [];
        if (!setBy.includes(by.accountId) && (entry.body.outcome === 'waived' || entry.body.roles.length === 0))
          return [];
        return [{ ...entry.body, by }];
      })
      .at(0);
    return [
      {
        decision: seq,
        conditions: body.conditions,
        setBy,
        setByName: nameOf(facts.snapshot, accountId, displayName),
        outcome: settled?.outcome ?? 'open',
        settledByName:
          settled === undefined ? null : nameOf(facts.snapshot, settled.by.accountId, settled.by.displayName),
        note: settled?.note ?? '',
        settledAt: settled?.at ?? null,
      },
    ];
  });
}
