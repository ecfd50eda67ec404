import { contentDigest } from '../../change/digest';
import { isPlaceholder } from '../../change/placeholder';
import type { ChangeView, ImplementationView } from '../../contract/panel';
import { requiredActions } from '../../gate/actions';
import { barredFrom } from '../../gate/barred';
import { appliedTemplate } from '../../gate/deciding';
import { isPerson } from '../../gate/decision-state';
import { DECIDABLE_STATUSES, rolesHere } from '../../gate/barriers';
import { freezesInWindow } from '../../gate/frozen';
import {
  closingProblems,
  currentImplementation,
  implementationRecords,
  type ImplementationRecord,
} from '../../gate/implementation';
import type { Verdict } from '../../gate/verdict';
import { disclosed } from '../../ledger/commitment';
import type { Person } from '../../ledger/entry';
import type { Decider, FreezePeriod, Policy } from '../../policy/policy';
import { rolesOf } from '../../policy/organisation';
import { normalRequirement } from '../../policy/requirement';
import { mayAsk } from '../ask-for-decision';
import type { Facts } from '../facts';

/** What a viewer may do, as far as it can be told without asking Jira. */
type MayAct = Omit<ChangeView['mayAct'], 'resolve'>;
type Acts = { readonly mayAct: MayAct } & Pick<
  ChangeView,
  | 'freezes'
  | 'templates'
  | 'template'
  | 'actions'
  | 'implementation'
  | 'earlierImplementations'
  | 'closeNeeds'
  | 'justification'
  | 'reviews'
  | 'overdueReviews'
>;

/** What stands around the decisions, and what this viewer may do about it. Each act asks again when it is done. */
export function actsView(policy: Policy, facts: Facts, verdict: Verdict, viewer: Decider | undefined, now: Date): Acts {
  const { snapshot } = facts;
  const inTheWay = [...new Set([...verdict.freezesNow, ...freezesInWindow(policy, facts)])];
  const applied = appliedTemplate(facts)?.template;
  const standard = snapshot.content.changeType === 'Standard';
  return {
    mayAct: mayAct(policy, facts, verdict, viewer, now, inTheWay),
    freezes: inTheWay.map(freezeView),
    templates: standard && snapshot.status === 'Proposed' ? policy.templates.map(({ id, name }) => ({ id, name })) : [],
    template: policy.templates.find(({ id }) => id === applied) ?? null,
    actions: actionsView(facts, viewer),
    ...implementationViews(facts),
    justification:
      verdict.judgedAs === 'Emergency' && !isPlaceholder(snapshot.content.justification)
        ? snapshot.content.justification
        : null,
    reviews: reviewViews(facts),
    overdueReviews: snapshot.content.changeType === 'Emergency' ? facts.surroundings.overdueReviews : [],
  };
}

const freezeView = ({ id, name, start, end }: FreezePeriod) => ({ id, name, start, end });

const IMPLEMENTED: readonly string[] = ['Approved', 'Scheduled', 'Executed', 'Closed'];

function mayAct(
  policy: Policy,
  facts: Facts,
  verdict: Verdict,
  viewer: Decider | undefined,
  now: Date,
  inTheWay: readonly FreezePeriod[],
): MayAct {
  const { snapshot, surroundings } = facts;
  const { content, status } = snapshot;
  const person = viewer !== undefined && isPerson(viewer) ? viewer : undefined;
  if (person === undefined)
    return { review: false, override: false, freezes: [], template: false, implementation: false, ask: false };
  const independent = snapshot.historyComplete && !barredFrom(facts).has(person.accountId);
  const decides = rolesHere(policy, facts, person, now).length > 0;
  const reviews = rolesOf(policy, person.groups, now, normalRequirement(policy, content).flat()).length > 0;
  const involved = [content.owner, content.implementer, snapshot.assignee].includes(person.accountId);
  return {
    review: verdict.review !== null && verdict.review.state !== 'done' && independent && reviews,
    override: content.changeType === 'Emergency' && surroundings.overdueReviews.length > 0 && independent && decides,
    freezes: independent && decides ? inTheWay.map(freezeView) : [],
    template: content.changeType === 'Standard' && status === 'Proposed' && policy.templates.length > 0,
    implementation: IMPLEMENTED.includes(status) && (involved || decides),
    ask:
      mayAsk(facts, person.accountId) &&
      verdict.needs.missing > 0 &&
      DECIDABLE_STATUSES.includes(status) &&
      !verdict.reasons.some(({ code }) => code === 'fields-inadequate' || code === 'window-inverted'),
  };
}

function actionsView(facts: Facts, viewer: Decider | undefined): Acts['actions'] {
  const me = viewer?.accountId;
  return requiredActions(facts).map(({ decision, action, what, ownerId, ownerName, setBy, outcome }) => ({
    decision,
    action,
    what,
    owner: { accountId: ownerId, name: ownerName },
    outcome,
    mayFinish: outcome === 'open' && me !== undefined && [ownerId, facts.snapshot.content.owner].includes(me),
    mayWithdraw: outcome === 'open' && me !== undefined && setBy === me,
  }));
}

/** Every review that was given, newest first; one of other content than today's counts no more. */
function reviewViews({ entries, snapshot }: Facts): Acts['reviews'] {
  const digest = contentDigest(snapshot.content);
  return entries
    .flatMap((stored) => {
      const { entry } = stored;
      if (entry.kind !== 'review') return [];
      const { decision, basis, decidedAt, by } = entry.body;
      return [
        {
          seq: entry.seq,
          accepted: decision === 'approved',
          basis,
          by: personOf(disclosed<Person>(stored, by)),
          at: decidedAt,
          ofThisContent: entry.body.contentDigest === digest,
        },
      ];
    })
    .reverse();
}

function implementationViews(facts: Facts): Pick<Acts, 'implementation' | 'earlierImplementations' | 'closeNeeds'> {
  const all = implementationRecords(facts.entries).map(implementationView).reverse();
  const current = currentImplementation(facts)?.seq;
  return {
    implementation: all.find(({ seq }) => seq === current) ?? null,
    earlierImplementations: all.filter(({ seq }) => seq !== current),
    closeNeeds: facts.snapshot.status === 'Executed' ? closingProblems(facts) : [],
  };
}

function implementationView({ seq, recordedAt, body, by, verifiedBy }: ImplementationRecord): ImplementationView {
  return {
    seq,
    recordedAt,
    startedAt: body.startedAt,
    endedAt: body.endedAt,
    outcome: body.outcome,
    backoutUsed: body.backoutUsed,
    verification: body.verification,
    controlsSatisfied: body.controlsSatisfied,
    verifiedAt: body.verifiedAt,
    verifiedBy: body.verifiedBy === undefined ? null : personOf(verifiedBy),
    baselineUpdated: body.baselineUpdated,
    inventoryUpdated: body.inventoryUpdated ?? null,
    planUpdated: body.planUpdated,
    notes: body.notes,
    by: personOf(by),
  };
}

const personOf = (person: Person | undefined) => ({
  accountId: person?.accountId ?? null,
  name: person?.displayName ?? null,
});
