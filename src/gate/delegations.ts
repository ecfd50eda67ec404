import { providerAt, isOutside } from '../policy/organisation';
import type { Decider, Policy, RoleKey } from '../policy/policy';
import { roleName } from '../policy/requirement';
import { personKey } from '../policy/people';
import { barredFrom } from './barred';
import { rolesHere } from './barriers';
import { isPerson } from './decision-state';
import { named } from './recorded';
import type { GateFacts } from './recorded';
import { standingDecisions } from './standing';
import { nameOf, when } from './words';

/**
 * A say that somebody who decides handed to another person, on one change and for one role. The rule in short: the
 * delegator has to hold the role whenever the delegate decides, neither may have taken part in the change, and between
 * them they have one say (policy/matching: approvals with a person in common are one).
 */
export interface Delegation {
  /** The ledger entry that holds it. */
  readonly seq: number;
  readonly from: { readonly accountId: string; readonly name: string };
  readonly to: { readonly accountId: string; readonly name: string };
  readonly role: string;
  readonly until: string | null;
  readonly basis: string;
  readonly at: string;
  readonly revoked: boolean;
}

/** Every delegation of a change whose people can still be told, oldest first. */
export function delegations({ snapshot, entries }: GateFacts): Delegation[] {
  const revoked = new Set(
    entries.flatMap(({ entry }) => (entry.kind === 'delegation-revoked' ? [entry.body.delegation] : [])),
  );
  return entries.flatMap((stored) => {
    const { entry } = stored;
    if (entry.kind !== 'delegated') return [];
    const [from, to] = [named(stored, entry.body.from), named(stored, entry.body.to)];
    if (from === null || to === null) return [];
    const person = ({ accountId, displayName }: typeof from) => ({
      accountId,
      name: nameOf(snapshot, accountId, displayName),
    });
    const { role, until, basis, at } = entry.body;
    const names = { from: person(from), to: person(to) };
    return [{ seq: entry.seq, ...names, role, until, basis, at, revoked: revoked.has(entry.seq) }];
  });
}

/** Those that hold at an instant. */
export const standingDelegations = (facts: GateFacts, now: Date): Delegation[] =>
  delegations(facts).filter(({ revoked, until }) => !revoked && (until === null || now.toISOString() <= until));

/** What somebody may decide for another, as the ledger has it; who holds the role today is asked of Jira on use. */
export const handedTo = (facts: GateFacts, accountId: string, now: Date): Delegation[] =>
  standingDelegations(facts, now).filter(({ to }) => to.accountId === accountId);

/** Why somebody may not decide for the delegator now, in a sentence; null when they may. */
export function whyNotOnBehalf(
  policy: Policy,
  facts: GateFacts,
  delegation: Delegation,
  delegator: Decider | undefined,
  now: Date,
): string | null {
  const { from, until, revoked } = delegation;
  const role = roleName(policy, delegation.role);
  if (revoked) return `${from.name} took this say back.`;
  if (until !== null && now.toISOString() > until)
    return `${from.name} handed this say over until ${when(until)}, and that is over.`;
  if (delegator === undefined || !isPerson(delegator))
    return `${from.name} has no active account any more, so nobody decides for them.`;
  if (barredFrom(facts).has(from.accountId)) return `${from.name} took part in the change and has no say to hand over.`;
  if (!rolesHere(policy, facts, delegator, now).some((key) => key === delegation.role))
    return `${from.name} is no ${role} any more, so nobody decides for them.`;
  return hasDecided(facts, from.accountId) ? `${from.name} has decided in person since.` : null;
}

/** Whether somebody has a decision of their own that stands: a delegate never speaks over it. */
const hasDecided = (facts: GateFacts, accountId: string): boolean =>
  standingDecisions(facts).some(
    ({ person, behalf, body, invalidBecause }) =>
      person === personKey(facts.people, accountId) &&
      behalf === undefined &&
      body.decision !== 'withdrawn' &&
      invalidBecause === null,
  );

/** Why a say cannot be handed to this person, in a sentence; null when it can. */
export function whyNotDelegate(
  policy: Policy,
  facts: GateFacts,
  from: Decider,
  to: Decider | undefined,
  role: RoleKey,
  now: Date,
): string | null {
  if (to === undefined || !isPerson(to)) return 'A say goes to a person with an active account, and this is none.';
  if (personKey(facts.people, to.accountId) === personKey(facts.people, from.accountId))
    return 'You have this say already.';
  if (barredFrom(facts).has(to.accountId))
    return `${to.displayName} took part in the change, and nobody decides on their own change.`;
  if (isOutside(policy, to.groups) && providerAt(policy, now) === null)
    return `${to.displayName} is of the outside provider, whose time is over.`;
  const earlier = standingDelegations(facts, now).find(
    (one) => one.from.accountId === from.accountId && one.role === role,
  );
  return earlier === undefined ? null : `You handed this say to ${earlier.to.name} already: take that back first.`;
}
