import { contentDigest } from '../change/digest';
import { editsSince, NO_HISTORY, statusMoves } from '../change/history';
import type { StatusMove } from '../change/history';
import { requiredActionLines } from '../change/required-actions';
import type { RequiredActionLine } from '../change/required-actions';
import type { AccountId, ChangeContent } from '../change/snapshot';
import type { RecordedVoid, Sha256Hex } from '../ledger/entry';
import { matchApprovers } from '../policy/matching';
import { organisationOf } from '../policy/organisation';
import type { Decider, Policy, RoleKey } from '../policy/policy';
import { personKey } from '../policy/people';
import { barredFrom } from './barred';
import { rolesHere } from './barriers';
import { approversAmong, decidingRules } from './deciding';
import { isPerson } from './decision-state';
import { passOf } from './emergency';
import type { GateFacts } from './recorded';
import { decidedBefore, standingDecisions } from './standing';
import { listed } from './words';

/** A transition as our post function was told it. Statuses by Jira's ids or names, whichever the event has. */
export interface Transition {
  readonly actor: AccountId;
  readonly from: string;
  readonly to: string;
  readonly name: string;
  readonly executionId: string;
  readonly historyId: string | null;
}

interface Fact {
  /** `transition:<executionId>`: the same for every delivery of the event. */
  readonly fact: string;
}

/** What goes into the ledger for a transition; the caller adds the commitments to people and content. */
export type Recording =
  | (Fact & { readonly record: 'decision'; readonly decision: TransitionDecision })
  | (Fact & { readonly record: 'move'; readonly move: StatusMove; readonly executionId: string })
  /** The changelog does not show it and it decides nothing: only worth a note in the log, or another try later. */
  | (Fact & { readonly record: 'nothing'; readonly because: string });

export interface TransitionDecision {
  readonly decision: 'approved' | 'disapproved';
  readonly roles: readonly RoleKey[];
  readonly by: AccountId;
  /** Never empty. */
  readonly basis: string;
  readonly requiredActions: readonly RequiredActionLine[];
  readonly contentDigest: Sha256Hex;
  readonly content: ChangeContent;
  readonly historyHead: string;
  readonly policyVersion: string;
  /** For whom the actor decided; absent while the policy tells no organisations apart. */
  readonly organisation?: string;
  /** When Jira's changelog says it happened; null when the changelog does not show it. */
  readonly decidedAt: string | null;
  readonly transition: { readonly name: string; readonly executionId: string; readonly historyId: string };
  readonly void?: RecordedVoid;
}

/** Whether Jira's changelog shows the transition yet. A caller that is early tries again before recording. */
export function isConfirmed(facts: GateFacts, transition: Transition): boolean {
  return confirmedMove(facts, transition) !== undefined;
}

/**
 * What to record for a reported transition. It becomes a decision only if the changelog shows the same author, from and
 * to; it is recorded as void, never dropped, when it was no person, their own change, nobody eligible, unconfirmed, or
 * when a controlled field was edited before it could be recorded. Approve by anybody once nobody is missing, or by
 * somebody who has signed, only moves the status.
 *
 * @param actor the account as Jira knows it, or undefined when Jira knows none.
 */
export function recordingFor(
  policy: Policy,
  facts: GateFacts,
  transition: Transition,
  actor: Decider | undefined,
): Recording {
  const fact = `transition:${transition.executionId}`;
  const move = confirmedMove(facts, transition);
  const kind = kindOf(transition, move);
  if (move === undefined) {
    const because = "Jira's changelog shows no such move by this account.";
    return kind === undefined
      ? { record: 'nothing', fact, because }
      : { record: 'decision', fact, decision: decisionOf(policy, facts, transition, kind, actor, undefined) };
  }
  if (kind === undefined || (kind === 'approved' && !adds(policy, facts, move))) {
    return { record: 'move', fact, move, executionId: transition.executionId };
  }
  return { record: 'decision', fact, decision: decisionOf(policy, facts, transition, kind, actor, move) };
}

/** The changelog entry of the transition: the one named, or else the newest that fits and is not taken by another. */
function confirmedMove({ snapshot, entries }: GateFacts, transition: Transition): StatusMove | undefined {
  const fits = (move: StatusMove): boolean =>
    move.by === transition.actor &&
    [move.from, move.fromId].includes(transition.from) &&
    [move.to, move.toId].includes(transition.to);
  const moves = statusMoves(snapshot).filter(fits);
  if (transition.historyId !== null) return moves.find(({ historyId }) => historyId === transition.historyId);
  const taken = entries.flatMap(({ entry }) => {
    if (entry.kind === 'moved' && entry.body.reported && entry.body.executionId !== transition.executionId)
      return [entry.body.historyId];
    if (entry.kind !== 'decision' || entry.body.transition === undefined) return [];
    return entry.body.transition.executionId === transition.executionId ? [] : [entry.body.transition.historyId];
  });
  return moves.findLast(({ historyId }) => !taken.includes(historyId));
}

function kindOf({ name, to }: Transition, move: StatusMove | undefined): TransitionDecision['decision'] | undefined {
  const status = move?.to ?? to;
  if (status === 'Approved' || (move === undefined && name === 'Approve')) return 'approved';
  return status === 'Disapproved' || (move === undefined && name === 'Disapprove') ? 'disapproved' : undefined;
}

/** Whether this approval is one more than was there before the move. */
function adds(policy: Policy, facts: GateFacts, move: StatusMove): boolean {
  const now = new Date(move.at);
  const approvers = approversAmong(standingDecisions(facts, 'everybody', decidedBefore(move.historyId)));
  const deciding = decidingRules(policy, facts, approvers, now);
  if (passOf(deciding, approvers, now)?.over === true) return true;
  return (
    matchApprovers(deciding.policy, deciding.requirement, approvers).missing > 0 &&
    !approvers.some(({ person }) => move.by !== null && person === personKey(facts.people, move.by))
  );
}

function decisionOf(
  policy: Policy,
  facts: GateFacts,
  transition: Transition,
  kind: TransitionDecision['decision'],
  actor: Decider | undefined,
  move: StatusMove | undefined,
): TransitionDecision {
  const { snapshot } = facts;
  const historyId = move?.historyId ?? transition.historyId ?? '';
  const now = new Date(move?.at ?? 0);
  const roles = actor === undefined ? [] : rolesHere(policy, facts, actor, now);
  const because = voidBecause(facts, transition, actor, roles, move);
  const written = (field: 'decisionBasis' | 'requiredActions'): string =>
    snapshot.history.find(({ id }) => id === historyId)?.items.find((item) => item.field === field)?.toText ??
    snapshot.disposition?.[field] ??
    '';
  const fallback = `${kind === 'approved' ? 'Approved' : 'Disapproved'} with the transition ${transition.name || 'in Jira'}; no basis was written.`;
  const basis = kind === 'approved' ? approvalBasis(facts, historyId) : written('decisionBasis').trim();
  return {
    decision: kind,
    roles,
    by: transition.actor,
    basis: basis === '' ? fallback : basis,
    requiredActions: kind === 'disapproved' ? requiredActionLines(written('requiredActions')) : [],
    contentDigest: contentDigest(snapshot.content),
    content: snapshot.content,
    historyHead: move?.historyId ?? NO_HISTORY,
    policyVersion: policy.version,
    ...recordedOrganisation(policy, actor),
    decidedAt: move?.at ?? null,
    transition: { name: transition.name, executionId: transition.executionId, historyId },
    ...(because === undefined ? {} : { void: because }),
  };
}

/**
 * For a decision's entry: the organisation the person decides for, where the policy tells organisations apart. A say that
 * was handed from one organisation to another is of neither.
 */
export function recordedOrganisation(
  policy: Policy,
  person: Decider | undefined,
  delegator?: Decider,
): { organisation?: string } {
  const organisation = person === undefined ? undefined : organisationOf(policy, person.groups);
  if (organisation === undefined) return {};
  return delegator === undefined || organisationOf(policy, delegator.groups) === organisation ? { organisation } : {};
}

/** Only what was written with the approval itself: an older basis belongs to another decision. */
const approvalBasis = ({ snapshot }: GateFacts, historyId: string): string =>
  snapshot.history
    .find(({ id }) => id === historyId)
    ?.items.find(({ field }) => field === 'decisionBasis')
    ?.toText?.trim() ?? '';

function voidBecause(
  facts: GateFacts,
  transition: Transition,
  actor: Decider | undefined,
  roles: readonly RoleKey[],
  move: StatusMove | undefined,
): RecordedVoid | undefined {
  const { snapshot } = facts;
  if (move === undefined)
    return { code: 'not-confirmed', sentence: "Jira's changelog shows no such move by this account." };
  if (actor === undefined || !isPerson(actor)) {
    return { code: 'not-a-person', sentence: 'Only people decide, and this is not an active account of a person.' };
  }
  const took = barredFrom(facts).get(transition.actor);
  if (took !== undefined) {
    const how = listed(took.map(({ code }) => code.replace('-', ' ')));
    return { code: 'own-change', sentence: `Nobody decides on their own change; this account took part as ${how}.` };
  }
  if (roles.length === 0) return { code: 'not-eligible', sentence: 'This account is in no group that decides.' };
  if (!snapshot.historyComplete) {
    return {
      code: 'not-confirmed',
      sentence: 'The history of the change could not be read completely, so nobody could be cleared.',
    };
  }
  if (editsSince(snapshot, move.historyId).length === 0) return undefined;
  return { code: 'content-changed', sentence: 'A controlled field was edited before the decision could be recorded.' };
}
