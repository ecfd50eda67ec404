import { recordedDecisions } from './recorded';
import type { GateFacts } from './recorded';
import { standingDecisions } from './standing';

/** A required action of a disapproval that stands, and whether it is settled. */
export interface ActionState {
  readonly decision: number;
  readonly action: number;
  readonly what: string;
  readonly ownerId: string | null;
  readonly ownerName: string | null;
  /** Who set it: only they may withdraw it. */
  readonly setBy: string | null;
  readonly outcome: 'open' | 'done' | 'withdrawn';
}

/** Every required action of the disapprovals that stand, oldest first. Settling one twice changes nothing. */
export function requiredActions(facts: GateFacts): ActionState[] {
  const standing = new Set(
    standingDecisions(facts, 'content')
      .filter(({ body, invalidBecause }) => body.decision === 'disapproved' && invalidBecause === null)
      .map(({ seq }) => seq),
  );
  const settled = new Map<string, 'done' | 'withdrawn'>();
  for (const { entry } of facts.entries)
    if (entry.kind === 'action-settled') settled.set(`${entry.body.decision}.${entry.body.action}`, entry.body.outcome);
  return recordedDecisions(facts.entries)
    .filter(({ seq }) => standing.has(seq))
    .flatMap(({ seq, body, owners, accountId }) =>
      body.requiredActions.map(({ what }, action) => ({
        decision: seq,
        action,
        what,
        ownerId: owners[action]?.accountId ?? null,
        ownerName: owners[action]?.displayName ?? null,
        setBy: accountId,
        outcome: settled.get(`${seq}.${action}`) ?? 'open',
      })),
    );
}

/** Why a disapproved change may not be asked for again yet, each required action in a sentence. */
export function unsettledActions(facts: GateFacts): string[] {
  return requiredActions(facts)
    .filter(({ outcome }) => outcome === 'open')
    .map(
      ({ what, ownerName }) =>
        `Required action not done yet: "${what}" (${ownerName ?? 'its owner'}). Mark it done in the panel, or have the person who set it withdraw it.`,
    );
}
