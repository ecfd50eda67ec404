import type { AccountId } from '../change/snapshot';
import { rolesOf } from '../policy/organisation';
import type { Decider, Policy, RoleKey } from '../policy/policy';
import { requiredActions } from './actions';
import { barredFrom } from './barred';
import { windowIsOver } from './barriers';
import { isPerson, type Members } from './decision-state';
import { closingProblems } from './implementation';
import { mayDecide } from './may-decide';
import type { GateFacts } from './recorded';
import type { Verdict } from './verdict';

/** What a change waits for somebody to do. */
export type Waiting =
  'complete' | 'decide' | 'settle' | 'resubmit' | 'review' | 'execute' | 'record' | 'close' | 'resolve';

export interface WaitingFor {
  readonly accountId: AccountId;
  readonly what: Waiting;
}

/**
 * Who can move this change on now, and with what: deciders who may still approve, owners of required actions, those who
 * may review, the implementer, the owner. Each pair once; somebody may be waited for with several things. Says nothing of
 * what Jira's permissions allow them.
 */
export function waitingFor(
  policy: Policy,
  facts: GateFacts,
  verdict: Verdict,
  members: Members,
  now: Date,
): readonly WaitingFor[] {
  if (verdict.reasons.some(({ code }) => code === 'not-controlled' || code === 'ledger-broken')) return [];
  const people = peopleOf(members);
  const found = [
    ...ownersPart(facts, verdict, now),
    ...pairs('decide', deciders(policy, facts, verdict, people, now)),
    ...pairs('review', reviewers(policy, facts, verdict, people, now)),
    ...pairs('resolve', resolvers(policy, facts, verdict, people, now)),
  ];
  const seen = new Set<string>();
  return found.filter(({ accountId, what }) => {
    const name = `${what} ${accountId}`;
    if (seen.has(name)) return false;
    seen.add(name);
    return true;
  });
}

const pairs = (what: Waiting, accounts: readonly (AccountId | null)[]): WaitingFor[] =>
  accounts.flatMap((accountId) => (accountId === null ? [] : [{ accountId, what }]));

/** Everybody in a deciding group who is a person, each once, with every deciding group they are in. */
export function peopleOf(members: Members): readonly Decider[] {
  const found = new Map<AccountId, Decider>();
  for (const one of Object.values(members).flat()) {
    if (!isPerson(one)) continue;
    const known = found.get(one.accountId)?.groups ?? [];
    found.set(one.accountId, { ...one, groups: [...new Set([...known, ...one.groups])] });
  }
  return [...found.values()];
}

const isAdequate = ({ reasons }: Verdict): boolean =>
  !reasons.some(({ code }) => code === 'fields-inadequate' || code === 'window-inverted');

function ownersPart(facts: GateFacts, verdict: Verdict, now: Date): WaitingFor[] {
  const { snapshot } = facts;
  const { owner, implementer } = snapshot.content;
  switch (snapshot.status) {
    case 'Proposed':
      // Nothing is approved for a window that is over. Without an owner nobody but who asked can fill it in.
      return isAdequate(verdict) && !windowIsOver(verdict, snapshot.content, now)
        ? []
        : pairs('complete', [owner ?? snapshot.reporter]);
    case 'Disapproved': {
      const open = requiredActions(facts).filter(({ outcome }) => outcome === 'open');
      return open.length === 0
        ? pairs('resubmit', [owner])
        : pairs(
            'settle',
            open.map(({ ownerId }) => ownerId ?? owner),
          );
    }
    case 'Approved':
    case 'Scheduled':
      return verdict.open && verdict.freezesNow.length === 0 ? pairs('execute', [implementer]) : [];
    case 'Executed':
      return closingProblems(facts).length === 0 ? pairs('close', [owner]) : pairs('record', [implementer, owner]);
    default:
      return [];
  }
}

/** Those whose approval would be taken and would help; somebody who objected and could lift it is among them. */
function deciders(
  policy: Policy,
  facts: GateFacts,
  verdict: Verdict,
  people: readonly Decider[],
  now: Date,
): AccountId[] {
  const decidable = ['Proposed', 'Approved', 'Scheduled'].includes(facts.snapshot.status);
  if (!decidable || verdict.open || !isAdequate(verdict)) return [];
  const helps = (one: Decider): boolean => {
    const { kinds, reasons } = mayDecide(policy, facts, one, now);
    return kinds.includes('approved') && reasons.length === 0;
  };
  return people.filter(helps).map(({ accountId }) => accountId);
}

/** Those whose retroactive review would help: by role, and nobody who took part. */
export function reviewers(
  policy: Policy,
  facts: GateFacts,
  { review }: Verdict,
  people: readonly Decider[],
  now: Date,
): AccountId[] {
  if (review === null || review.state === 'done') return [];
  return independent(policy, facts, people, review.needs.roles, now);
}

/** An author whom nobody matches waits for somebody who decides and took no part. */
function resolvers(
  policy: Policy,
  facts: GateFacts,
  verdict: Verdict,
  people: readonly Decider[],
  now: Date,
): AccountId[] {
  if (!verdict.exceptions.some(({ code }) => code === 'unmatched-author')) return [];
  return independent(policy, facts, people, verdict.decidingRoles, now);
}

/** Those who hold one of the roles and took no part, as far as that can be told: unknown is nobody. */
function independent(
  policy: Policy,
  facts: GateFacts,
  people: readonly Decider[],
  roles: readonly RoleKey[],
  now: Date,
): AccountId[] {
  if (!facts.snapshot.historyComplete) return [];
  const took = barredFrom(facts);
  return people
    .filter(({ accountId, groups }) => !took.has(accountId) && rolesOf(policy, groups, now, roles).length > 0)
    .map(({ accountId }) => accountId);
}

/** Jira's limit for a list field of an app (developer.atlassian.com, "Jira custom field: collection"). */
export const MOST_IN_FIELD = 100;

/** The value of the read-only field "Waiting for": account ids, each once, in order; what has no room is left out. */
export const waitingField = (waiting: readonly WaitingFor[]): readonly AccountId[] =>
  [...new Set(waiting.map(({ accountId }) => accountId))].sort().slice(0, MOST_IN_FIELD);
