import type { ConditionView } from '../../contract/panel';
import { barredFrom } from '../../gate/barred';
import { rolesHere } from '../../gate/barriers';
import { conditionsOf } from '../../gate/conditions';
import { isPerson } from '../../gate/decision-state';
import { standingDecisions } from '../../gate/standing';
import type { JudgedDecision } from '../../gate/verdict';
import type { Decider, Policy } from '../../policy/policy';
import type { Facts } from '../facts';

/** How a decision's condition is shown to one viewer. */
export type ConditionRights = (judged: JudgedDecision) => ConditionView | null;

/** Whether the viewer may settle the conditions of this change; the act asks again when it is done. */
export function conditionRights(policy: Policy, facts: Facts, viewer: Decider | undefined, now: Date): ConditionRights {
  const states = conditionsOf(facts, standingDecisions(facts));
  const { snapshot } = facts;
  const may = viewer !== undefined && isPerson(viewer) && snapshot.historyComplete;
  const independent = may && !barredFrom(facts).has(viewer.accountId);
  const decides = independent && rolesHere(policy, facts, viewer, now).length > 0;
  return ({ seq, conditions }) => {
    if (conditions === undefined) return null;
    const state = states.find(({ decision }) => decision === seq);
    const open = independent && state?.outcome === 'open';
    const setter = open && state.setBy.includes(viewer.accountId);
    return {
      text: conditions,
      outcome: state?.outcome ?? null,
      settledBy: state?.settledByName ?? null,
      settledAt: state?.settledAt ?? null,
      note: state?.note ?? '',
      mayConfirm: setter || (open && decides),
      mayWaive: setter,
    };
  };
}
