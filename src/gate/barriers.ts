import { participants } from '../change/participants';
import type { Decider, Policy, RoleKey } from '../policy/policy';
import type { GateFacts } from './recorded';
import { standingDecisions } from './standing';
import type { StandingDecision } from './standing';
import type { MayDecide, MayDecideCode } from './verdict';
import { listed } from './words';

/** Statuses in which a decision may be recorded. */
export const DECIDABLE_STATUSES: readonly string[] = ['Proposed', 'Approved', 'Scheduled'];

export type MayReason = MayDecide['reasons'][number];

export const reason = (code: MayDecideCode, sentence: string): MayReason => ({ code, sentence });

/** What keeps somebody from any decision at all. */
export function barriers(policy: Policy, facts: GateFacts, person: Decider, roles: readonly RoleKey[]): MayReason[] {
  const { snapshot } = facts;
  const found: MayReason[] = [];
  const took = participants(snapshot).get(person.accountId);
  if (took !== undefined) {
    found.push(
      reason('own-change', `Nobody decides on their own change: you ${listed(took.map(({ sentence }) => sentence))}.`),
    );
  }
  if (person.accountType !== 'atlassian')
    found.push(reason('not-a-person', 'Only people decide: this is an app or customer account.'));
  if (!person.active) found.push(reason('inactive', 'This account is not active.'));
  if (roles.length === 0) {
    const groups = policy.roles.map(({ name, group }) => `${name} (group ${group})`);
    found.push(reason('not-in-group', `You are not in a group that decides: ${listed(groups)}.`));
  }
  if (!DECIDABLE_STATUSES.includes(snapshot.status)) {
    found.push(reason('wrong-status', `Nothing can be decided while the change is ${snapshot.status}.`));
  }
  if (!snapshot.historyComplete) {
    found.push(
      reason(
        'being-prepared',
        'The history of this change could not be read completely, so nobody can be cleared yet.',
      ),
    );
  }
  return found;
}

/** The person's own latest decision while it can still be taken back. */
export function ownStanding(facts: GateFacts, accountId: string): StandingDecision | undefined {
  return standingDecisions(facts).findLast(
    ({ accountId: by, body, invalidBecause }) =>
      by === accountId &&
      body.decision !== 'withdrawn' &&
      (invalidBecause === null || invalidBecause.code === 'edited-since' || invalidBecause.code === 'decider-barred'),
  );
}

export const WINDOW_OVER =
  'The change window is already over: move Change window end into the future before approving.';

export const windowIsOver = (windowEnd: string | null, now: Date): boolean =>
  windowEnd !== null && windowEnd < now.toISOString();
