import { inadequateFields } from '../change/adequacy';
import { contentDigest } from '../change/digest';
import type { DecisionKind, StoredEntry } from '../ledger/entry';
import type { Decider, Policy } from '../policy/policy';
import { approvalObstacles, barriers, ownStanding, WINDOW_OVER, windowIsOver } from './barriers';
import { approversAmong, decidingRules } from './deciding';
import { passOf } from './emergency';
import type { GateFacts } from './recorded';
import { standingDecisions } from './standing';
import type { MayDecideCode } from './verdict';

/** What somebody asks to have recorded. `owner` is an account id. */
export interface DecisionRequest {
  readonly decision: DecisionKind;
  readonly basis: string;
  readonly requiredActions?: readonly { readonly what: string; readonly owner: string }[] | undefined;
}

/** Why it is not recorded. `status` is what the same refusal is over HTTP; `code` is stable. */
export interface RecordRefusal {
  readonly code:
    | 'own-change'
    | 'not-eligible'
    | 'wrong-status'
    | 'history-incomplete'
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
): RecordRefusal | undefined {
  const withdraws = request.decision === 'withdrawn' && ownStanding(facts, person.accountId) !== undefined;
  const against = barriers(policy, facts, person, now);
  const who = against.find(({ code }) => !withdraws || code === 'wrong-status');
  if (who !== undefined) return refusalFor(who.code, who.sentence);
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
  const inadequate = inadequateFields(snapshot.content);
  if (inadequate.length > 0) {
    const message = `The change cannot be approved yet. ${inadequate.map(({ sentence }) => sentence).join(' ')}`;
    return { code: 'fields-inadequate', message, status: 409 };
  }
  return windowIsOver(snapshot.content.windowEnd, now)
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
    body.contentDigest === contentDigest(facts.snapshot.content) &&
    body.requiredActions.length === actions.length &&
    actions.every(
      ({ what, owner }, i) =>
        body.requiredActions[i]?.what === what && (owners[i]?.accountId === owner || owners[i]?.displayName === owner),
    );
  return same ? facts.entries.find(({ entry }) => entry.seq === seq) : undefined;
}
