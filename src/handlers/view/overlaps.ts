import type { ChangeView } from '../../contract/panel';
import { isPerson } from '../../gate/decision-state';
import { rolesHere } from '../../gate/barriers';
import { conflictSentence, windowConflicts } from '../../gate/frozen';
import { FINAL_STATUSES } from '../../gate/reasons';
import type { Decider, Policy } from '../../policy/policy';
import type { Facts } from '../facts';

/** Overlaps that nobody agreed on, and whether this viewer may; none of a change that is over. */
export function overlapViews(
  policy: Policy,
  facts: Facts,
  viewer: Decider | undefined,
  now: Date,
): ChangeView['overlaps'] {
  const { status, content } = facts.snapshot;
  if (FINAL_STATUSES.includes(status)) return [];
  const mayAccept =
    viewer !== undefined &&
    isPerson(viewer) &&
    (content.owner === viewer.accountId || rolesHere(policy, facts, viewer, now).length > 0);
  return windowConflicts(facts).map((conflict) => ({
    other: conflict.key,
    sentence: conflictSentence(conflict, content.impactedSystems),
    mayAccept,
  }));
}
