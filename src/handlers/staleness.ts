import { FIELDS } from '../change/fields';
import { participantsField } from '../change/participants';
import { judge } from '../gate/judge';
import { decisionStateHeadline } from '../gate/decision-state';
import type { Decider } from '../policy/policy';
import { policyInForce, type Facts } from './facts';

/**
 * Whether an event of this change seems to have been lost: an edit the ledger has not, or read-only fields that say
 * something else than the facts. Cheap: asks nothing of Jira or storage. Of the deciding groups only the viewer's own
 * membership is known here; a viewer who decides and is not on the field's list has joined since it was written.
 */
export function needsRefresh(facts: Facts, viewer: Decider | undefined, now: Date): boolean {
  const { snapshot, entries } = facts;
  const known = new Set(entries.map(({ entry }) => entry.fact));
  const unrecorded = snapshot.history.some(
    ({ id, items }) =>
      items.some(({ field }) => FIELDS.some(({ key, controlled }) => controlled && key === field)) &&
      !known.has(`edited:${id}`),
  );
  const headline = decisionStateHeadline(judge(policyInForce(), facts, now), snapshot);
  return (
    unrecorded ||
    hasJoined(viewer, snapshot.gateFields?.decisionState ?? '') ||
    !known.has('opened') ||
    snapshot.gateFields?.participants !== participantsField(snapshot) ||
    snapshot.gateFields.decisionState?.split(' | ')[0] !== headline
  );
}

const hasJoined = (viewer: Decider | undefined, state: string): boolean =>
  viewer !== undefined &&
  policyInForce().roles.some(({ group }) => viewer.groups.includes(group)) &&
  viewer.accountType === 'atlassian' &&
  viewer.active &&
  !state.includes(`,${viewer.accountId},`);
