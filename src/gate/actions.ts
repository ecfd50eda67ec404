import { recordedDecisions } from './recorded';
import type { GateFacts } from './recorded';
import { excerpt } from './refusal-message';
import { standingDecisions } from './standing';
import { nameOf } from './words';

const LONGEST_QUOTE = 80;

/** A required action of a disapproval that stands, and whether it is settled. */
export interface ActionState {
  readonly decision: number;
  readonly action: number;
  readonly what: string;
  readonly ownerId: string | null;
  readonly ownerName: string | null;
  /** Who set it: only they may withdraw it. */
  readonly setBy: string | null;
  readonly setByName: string | null;
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
    .flatMap(({ seq, body, owners, accountId, displayName }) =>
      body.requiredActions.map(({ what }, action) => ({
        decision: seq,
        action,
        what,
        ownerId: owners[action]?.accountId ?? null,
        ownerName: owners[action]?.displayName ?? null,
        setBy: accountId,
        setByName: displayName,
        outcome: settled.get(`${seq}.${action}`) ?? 'open',
      })),
    );
}

/** Why a disapproved change may not be asked for again yet, each required action in a sentence. */
export function unsettledActions(facts: GateFacts): string[] {
  return requiredActions(facts)
    .filter(({ outcome }) => outcome === 'open')
    .map(({ what, ownerId, ownerName, setBy, setByName }) => {
      const owner = ownerId === null && ownerName === null ? null : nameOf(facts.snapshot, ownerId, ownerName);
      return `Required action not done yet: "${excerpt(what, LONGEST_QUOTE)}". ${owner === null ? 'The change owner' : `${owner} or the change owner`} marks it done in the panel "Change control"; ${nameOf(facts.snapshot, setBy, setByName)}, who set it, may withdraw it.`;
    });
}
