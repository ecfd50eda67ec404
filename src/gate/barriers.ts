import type { ChangeContent } from '../change/snapshot';
import type { Decider, Policy, RoleKey } from '../policy/policy';
import { isOutside, providerAt, rolesOf } from '../policy/organisation';
import { requirementFor } from '../policy/requirement';
import type { RequirementFound } from '../policy/requirement';
import { personKey } from '../policy/people';
import { barredFrom } from './barred';
import { appliedTemplate } from './deciding';
import { freezeSentence, freezesInWindow } from './frozen';
import type { GateFacts } from './recorded';
import { standingDecisions } from './standing';
import type { StandingDecision } from './standing';
import type { MayDecide, MayDecideCode } from './verdict';
import { listed, when } from './words';

/** Statuses in which a decision may be recorded. */
export const DECIDABLE_STATUSES: readonly string[] = ['Proposed', 'Approved', 'Scheduled'];

export type MayReason = MayDecide['reasons'][number];

export const reason = (code: MayDecideCode, sentence: string): MayReason => ({ code, sentence });

/** The roles of a person that decide on this change, by the groups they are in now. */
export function rolesHere(policy: Policy, facts: GateFacts, person: Pick<Decider, 'groups'>, now: Date): RoleKey[] {
  return rolesOf(policy, person.groups, now, decidingRoles(policy, facts, now));
}

const decidingRoles = (policy: Policy, facts: GateFacts, now: Date): readonly RoleKey[] =>
  requirementFor(policy, facts.snapshot.content, { applied: appliedTemplate(facts), now }).roles;

/** What keeps somebody from any decision at all. */
export function barriers(policy: Policy, facts: GateFacts, person: Decider, now: Date): MayReason[] {
  const among = decidingRoles(policy, facts, now);
  const roles = rolesOf(policy, person.groups, now, among);
  const { snapshot } = facts;
  const found: MayReason[] = [];
  const took = barredFrom(facts).get(person.accountId);
  if (took !== undefined) {
    found.push(
      reason('own-change', `Nobody decides on their own change: you ${listed(took.map(({ sentence }) => sentence))}.`),
    );
  }
  if (person.accountType !== 'atlassian')
    found.push(reason('not-a-person', 'Only people decide: this is an app or customer account.'));
  if (!person.active) found.push(reason('inactive', 'This account is not active.'));
  if (roles.length === 0) {
    found.push(reason('not-in-group', notInGroup(policy, person, among, now)));
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

/** Which groups decide, and for the outside provider's engineers that their time is over. */
function notInGroup(policy: Policy, person: Decider, among: readonly RoleKey[], now: Date): string {
  const { outsideProvider } = policy;
  if (outsideProvider !== null && isOutside(policy, person.groups)) {
    const { organisation, until } = outsideProvider;
    return `You are of ${organisation}, whose engineers stood in until ${until === null ? 'now' : when(until)}.`;
  }
  const groups = policy.roles
    .filter(({ key }) => among.includes(key))
    .map(({ name, group }) => `${name} (group ${group})`);
  const provider = providerAt(policy, now);
  const outside = provider === null ? [] : [`engineer of ${provider.organisation} (group ${provider.group})`];
  return `You are not in a group that decides: ${listed([...groups, ...outside])}.`;
}

/** The person's own latest decision, with whatever account of theirs, while it can still be taken back. */
export function ownStanding(facts: GateFacts, accountId: string): StandingDecision | undefined {
  const person = personKey(facts.people, accountId);
  return standingDecisions(facts).findLast(
    ({ person: by, body, invalidBecause }) =>
      by === person &&
      body.decision !== 'withdrawn' &&
      (invalidBecause === null || invalidBecause.code === 'edited-since' || invalidBecause.code === 'decider-barred'),
  );
}

export const WINDOW_OVER =
  'The change window is already over: move Change window end into the future before approving.';

/** A discovered change was made before anybody decides on it, so its window is in the past as it should be. */
export const windowIsOver = (
  { judgedAs }: Pick<RequirementFound, 'judgedAs'>,
  { windowEnd }: Pick<ChangeContent, 'windowEnd'>,
  now: Date,
): boolean => judgedAs !== 'Discovered' && windowEnd !== null && windowEnd < now.toISOString();

/** What keeps a change from being approved whoever approves: freeze periods in its window, overdue emergency reviews. */
export function approvalObstacles(
  policy: Policy,
  facts: GateFacts,
  now: Date,
): { readonly code: 'freeze' | 'reviews-overdue'; readonly sentence: string }[] {
  const { judgedAs } = requirementFor(policy, facts.snapshot.content, { applied: appliedTemplate(facts), now });
  const overdue = (facts.surroundings?.overdueReviews ?? []).filter((key) => key !== facts.snapshot.key);
  const overridden = facts.entries.some(({ entry }) => entry.kind === 'emergency-override');
  return [
    ...freezesInWindow(policy, facts).map((freeze) => ({
      code: 'freeze' as const,
      sentence: `${freezeSentence(freeze)} Move the change window, or have a freeze exception recorded in the panel.`,
    })),
    ...(policy.emergency.overdueReviewsStop && judgedAs === 'Emergency' && overdue.length > 0 && !overridden
      ? [
          {
            code: 'reviews-overdue' as const,
            sentence: `No further emergency pass is given in this project while a retroactive review is overdue: ${listed(overdue)}. Review those first, or have somebody who decides record an override with a reason in the panel.`,
          },
        ]
      : []),
  ];
}
