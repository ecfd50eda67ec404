import type { ChangeView, DelegationView } from '../../contract/panel';
import { delegations, standingDelegations } from '../../gate/delegations';
import type { MayDecide } from '../../gate/verdict';
import type { Policy } from '../../policy/policy';
import { roleName } from '../../policy/requirement';
import type { Facts } from '../facts';

/** Says on this change that were handed over, newest first. */
export function delegationViews(policy: Policy, facts: Facts, viewer: string, now: Date): readonly DelegationView[] {
  const standing = new Set(standingDelegations(facts, now).map(({ seq }) => seq));
  return delegations(facts)
    .map(({ seq, from, to, role, until, basis, at, revoked }): DelegationView => {
      const state = revoked ? 'taken-back' : standing.has(seq) ? 'standing' : 'over';
      const mayEnd = state === 'standing' && [from.accountId, to.accountId].includes(viewer);
      return { seq, from: from.name, to: to.name, role: roleName(policy, role), until, basis, at, state, mayEnd };
    })
    .reverse();
}

type Handing = Pick<ChangeView['mayDecide'], 'onBehalf' | 'mayDelegate'>;

/** Which says the viewer was handed, and which they may hand on: their own alone. */
export function handing(policy: Policy, facts: Facts, may: MayDecide, viewer: string, now: Date): Handing {
  const given = standingDelegations(facts, now).filter(({ from }) => from.accountId === viewer);
  return {
    onBehalf: may.onBehalf.map(({ seq, from, role }) => ({
      delegation: seq,
      of: from.name,
      role: roleName(policy, role),
    })),
    mayDelegate: may.allowed
      ? may.roles
          .filter((key) => !given.some(({ role }) => role === key))
          .map((key) => ({ key, name: roleName(policy, key) }))
      : [],
  };
}
