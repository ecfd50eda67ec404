import { contentDigest } from '../change/digest';
import { isOutside, providerAt } from '../policy/organisation';
import type { DecisionKind, StoredEntry } from '../ledger/entry';
import type { Decider, Policy } from '../policy/policy';
import { inadequateBy } from './adequate';
import { approvalObstacles, barriers, ownStanding, WINDOW_OVER, windowIsOver } from './barriers';
import { approversAmong, decidingRules } from './deciding';
import { whyNotOnBehalf, type Delegation } from './delegations';
import { passOf } from './emergency';
import type { GateFacts } from './recorded';
import { standingDecisions } from './standing';
import type { MayDecideCode } from './verdict';

/** What somebody asks to have recorded. `owner` is an account id. */
export interface DecisionRequest {
  readonly decision: DecisionKind;
  readonly basis: string;
  readonly requiredActions?: readonly { readonly what: string; readonly owner: string }[] | undefined;
  /** With an approval only: what has to be kept to. */
  readonly conditions?: string | undefined;
  /** With a deferral only: until when, UTC ISO 8601, and what is awaited. */
  readonly until?: string | undefined;
  readonly awaits?: string | undefined;
  /** The entry of the delegation under which somebody decides for another. */
  readonly delegation?: number | undefined;
}

/** Whose say it is, as the ledger has it and as Jira knows the person now. */
export interface Behalf {
  readonly delegation: Delegation;
  readonly delegator: Decider | undefined;
}

/** Why it is not recorded. `status` is what the same refusal is over HTTP; `code` is stable. */
export interface RecordRefusal {
  readonly code:
    | 'own-change'
    | 'not-eligible'
    | 'wrong-status'
    | 'history-incomplete'
    | 'not-delegated'
    | 'misplaced'
    | 'until-past'
    | 'basis-missing'
    | 'required-actions-missing'
    | 'fields-inadequate'
    | 'window-over'
    | 'freeze'
    | 'reviews-overdue'
    | 'nothing-to-withdraw';
  readonly message: string;
  readonly status: 400 | 403 | 409;
}

/**
 * Whether a decision may be recorded now: undefined, or the refusal. Who may not is told before what is wrong with the
 * request. Taking back one's own decision needs no role any more: somebody who left the group may still withdraw.
 */
export function mayRecord(
  policy: Policy,
  facts: GateFacts,
  person: Decider,
  request: DecisionRequest,
  now: Date,
  behalf?: Behalf,
): RecordRefusal | undefined {
  const withdraws = request.decision === 'withdrawn' && ownStanding(facts, person.accountId) !== undefined;
  const against = barriers(policy, facts, person, now);
  const who = against.find(
    ({ code }) => (!withdraws || code === 'wrong-status') && (behalf === undefined || code !== 'not-in-group'),
  );
  if (who !== undefined) return refusalFor(who.code, who.sentence);
  const notTheirs = withdraws ? null : notOnBehalf(policy, facts, person, request, behalf, now);
  if (notTheirs !== null) return { code: 'not-delegated', message: notTheirs, status: 403 };
  const misplaced = misplacedIn(request, now);
  if (misplaced !== undefined) return misplaced;
  if (request.basis.trim() === '')
    return { code: 'basis-missing', message: 'Say why: the basis is empty.', status: 400 };
  switch (request.decision) {
    case 'withdrawn':
      return withdraws
        ? undefined
        : {
            code: 'nothing-to-withdraw',
            message: 'You have no decision on this change that could be taken back.',
            status: 409,
          };
    case 'disapproved':
      return actionsMissing(request);
    case 'approved':
      return notApprovable(policy, facts, now);
    case 'deferred':
      return undefined;
  }
}

/** Deciding for another needs their delegation, asked again at this moment. */
function notOnBehalf(
  policy: Policy,
  facts: GateFacts,
  person: Decider,
  request: DecisionRequest,
  behalf: Behalf | undefined,
  now: Date,
): string | null {
  if (request.delegation === undefined) return null;
  if (behalf === undefined || behalf.delegation.to.accountId !== person.accountId)
    return 'Nobody handed you such a say on this change.';
  if (isOutside(policy, person.groups) && providerAt(policy, now) === null)
    return 'You are of the outside provider, whose time is over.';
  return whyNotOnBehalf(policy, facts, behalf.delegation, behalf.delegator, now);
}

/** Conditions belong to approvals, and what is waited for to deferrals: nothing that was asked is left out silently. */
function misplacedIn({ decision, conditions, until, awaits }: DecisionRequest, now: Date): RecordRefusal | undefined {
  if (conditions !== undefined && decision !== 'approved')
    return { code: 'misplaced', message: 'Conditions go with an approval only.', status: 400 };
  if ((until !== undefined || awaits !== undefined) && decision !== 'deferred')
    return { code: 'misplaced', message: 'Only a deferral says until when, and what is awaited.', status: 400 };
  return until !== undefined && until <= now.toISOString()
    ? { code: 'until-past', message: 'A deferral lasts until a time that is still to come.', status: 400 }
    : undefined;
}

function refusalFor(code: MayDecideCode, message: string): RecordRefusal {
  if (code === 'own-change') return { code, message, status: 403 };
  if (code === 'wrong-status') return { code, message, status: 409 };
  if (code === 'being-prepared') return { code: 'history-incomplete', message, status: 409 };
  return { code: 'not-eligible', message, status: 403 };
}

function actionsMissing({ requiredActions = [] }: DecisionRequest): RecordRefusal | undefined {
  if (
    requiredActions.length > 0 &&
    requiredActions.every(({ what, owner }) => what.trim() !== '' && owner.trim() !== '')
  ) {
    return undefined;
  }
  const message = 'Disapproving needs at least one required action, each with what has to be done and an owner.';
  return { code: 'required-actions-missing', message, status: 400 };
}

function notApprovable(policy: Policy, facts: GateFacts, now: Date): RecordRefusal | undefined {
  const { snapshot } = facts;
  const [obstacle] = approvalObstacles(policy, facts, now);
  if (obstacle !== undefined) return { code: obstacle.code, message: obstacle.sentence, status: 409 };
  const deciding = decidingRules(policy, facts, approversAmong(standingDecisions(facts)), now);
  const inadequate = inadequateBy(deciding, facts);
  if (inadequate.length > 0) {
    const message = `The change cannot be approved yet. ${inadequate.map(({ sentence }) => sentence).join(' ')}`;
    return { code: 'fields-inadequate', message, status: 409 };
  }
  return windowIsOver(deciding, snapshot.content, now)
    ? { code: 'window-over', message: WINDOW_OVER, status: 409 }
    : undefined;
}

/**
 * The entry that already says exactly this: the person's own latest decision, still standing, of the same kind, basis
 * and required actions, on the same content under the same policy. Recording it again would add nothing, save that an
 * approval after an emergency pass has ended gives a new pass.
 */
export function sameDecision(
  policy: Policy,
  facts: GateFacts,
  person: Pick<Decider, 'accountId'>,
  request: DecisionRequest,
  now: Date,
): StoredEntry | undefined {
  const approvers = approversAmong(standingDecisions(facts));
  if (passOf(decidingRules(policy, facts, approvers, now), approvers, now)?.over === true) return undefined;
  const own = standingDecisions(facts).findLast(
    ({ accountId, body }) => accountId === person.accountId && body.void === undefined,
  );
  if (own?.invalidBecause !== null) return undefined;
  const { body, owners, seq } = own;
  const actions = request.requiredActions ?? [];
  const same =
    body.decision === request.decision &&
    body.policyVersion === policy.version &&
    body.basis === request.basis &&
    body.conditions === request.conditions &&
    body.until === request.until &&
    body.awaits === request.awaits &&
    body.onBehalfOf?.delegation === request.delegation &&
    body.contentDigest === contentDigest(facts.snapshot.content) &&
    body.requiredActions.length === actions.length &&
    actions.every(
      ({ what, owner }, i) =>
        body.requiredActions[i]?.what === what && (owners[i]?.accountId === owner || owners[i]?.displayName === owner),
    );
  return same ? facts.entries.find(({ entry }) => entry.seq === seq) : undefined;
}
