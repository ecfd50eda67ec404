import { participantsField } from '../change/participants';
import { barredFrom } from '../gate/barred';
import { judge } from '../gate/judge';
import { decisionStateHeadline, isPerson, PART_SEPARATOR } from '../gate/decision-state';
import type { Decider } from '../policy/policy';
import { rolesOf } from '../policy/organisation';
import type { Facts } from './facts';
import { unrecordedEdits } from './record-history';

/**
 * Whether an event of this change seems to have been lost: an edit the ledger has not, or read-only fields that say
 * something else than the facts. Cheap: asks nothing of Jira or storage. Of the deciding groups only the viewer's own
 * membership is known here; a viewer who decides and is not on the field's list has joined since it was written.
 */
export function needsRefresh(facts: Facts, viewer: Decider | undefined, now: Date): boolean {
  const { snapshot, entries } = facts;
  const known = new Set(entries.map(({ entry }) => entry.fact));
  const headline = decisionStateHeadline(judge(facts.policy, facts, now), snapshot);
  return (
    unrecordedEdits(facts).length > 0 ||
    hasJoined(facts, viewer, snapshot.gateFields?.decisionState ?? '', now) ||
    !known.has('opened') ||
    snapshot.gateFields?.participants !== participantsField(snapshot, barredFrom(facts).keys()) ||
    snapshot.gateFields.decisionState?.split(PART_SEPARATOR)[0] !== headline
  );
}

const hasJoined = ({ policy }: Facts, viewer: Decider | undefined, state: string, now: Date): boolean =>
  viewer !== undefined &&
  rolesOf(policy, viewer.groups, now).length > 0 &&
  isPerson(viewer) &&
  !state.includes(`,${viewer.accountId},`);
