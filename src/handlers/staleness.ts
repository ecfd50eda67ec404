import { FIELDS } from '../change/fields';
import { participantsField } from '../change/participants';
import { judge } from '../gate/judge';
import { decisionStateHeadline } from '../gate/decision-state';
import { policyInForce, type Facts } from './facts';

/**
 * Whether an event of this change seems to have been lost: an edit the ledger has not, or read-only fields that say
 * something else than the facts. Cheap: asks nothing of Jira or storage. Group members are not compared here; the
 * refresh job reads them.
 */
export function needsRefresh(facts: Facts, now: Date): boolean {
  const { snapshot, entries } = facts;
  const known = new Set(entries.map(({ entry }) => entry.fact));
  const unrecorded = snapshot.history.some(
    ({ id, items }) =>
      items.some(({ field }) => FIELDS.some(({ key, controlled }) => controlled && key === field)) && !known.has(`edited:${id}`),
  );
  const headline = decisionStateHeadline(judge(policyInForce(), facts, now), snapshot);
  return (
    unrecorded ||
    !known.has('opened') ||
    snapshot.gateFields?.participants !== participantsField(snapshot) ||
    snapshot.gateFields.decisionState?.split(' | ')[0] !== headline
  );
}
