import type { InadequateField } from '../change/adequacy';
import type { ChangeSnapshot } from '../change/snapshot';
import type { Policy } from '../policy/policy';
import { governs } from '../policy/requirement';
import type { Scope, StandingDecision } from './standing';
import type { ConditionState } from './conditions';
import { excerpt } from './refusal-message';
import type { Needs, Pass, Reason } from './verdict';
import { DID, nameOf, when } from './words';

/** Statuses in which nothing is open, whatever was decided. */
export const FINAL_STATUSES: readonly string[] = ['Closed', 'Disapproved', 'Withdrawn'];

export interface Standing {
  readonly policy: Policy;
  readonly snapshot: ChangeSnapshot;
  readonly scope: Scope;
  readonly decisions: readonly StandingDecision[];
  readonly needs: Needs;
  readonly conditions: readonly ConditionState[];
  readonly pass: Pass | null;
  /** By the rules that it is judged by. */
  readonly inadequate: readonly InadequateField[];
  /** What does not verify in the ledger, the first of it. */
  readonly ledgerBreak: string | null;
}

/** Everything that keeps a change from being open, most fundamental first. Empty means open. */
export function reasonsAgainst(standing: Standing): Reason[] {
  const { policy, snapshot, ledgerBreak } = standing;
  const reasons: Reason[] = [];
  if (!governs(policy, snapshot)) {
    const sentence = `${snapshot.key} is not a change request of a project under change control, so no decision counts for it.`;
    reasons.push({ code: 'not-controlled', sentence });
  }
  if (ledgerBreak !== null) {
    const sentence = `The ledger of this change does not verify (${ledgerBreak}). Ask a Jira admin to look into it.`;
    reasons.push({ code: 'ledger-broken', sentence });
  }
  if (!snapshot.historyComplete && standing.scope === 'everybody') {
    const sentence =
      'The history of this change could not be read completely, so nobody can be cleared. Try again later.';
    reasons.push({ code: 'history-incomplete', sentence });
  }
  return [
    ...reasons,
    ...closed(snapshot),
    ...objections(standing),
    ...undecided(standing),
    ...conditional(standing),
    ...expired(standing),
    ...inadequate(standing.inadequate),
  ];
}

function closed({ status }: ChangeSnapshot): Reason[] {
  if (!FINAL_STATUSES.includes(status)) return [];
  const next = status === 'Disapproved' ? ' Use Resubmit to ask again.' : '';
  return [{ code: 'change-closed', sentence: `The change is ${status}.${next}` }];
}

/** Objections that stand: the decisions of those who disapproved or deferred and have not decided otherwise since. */
export const standingObjections = (decisions: readonly StandingDecision[]): StandingDecision[] =>
  decisions.filter(
    ({ body, invalidBecause }) =>
      invalidBecause === null && (body.decision === 'disapproved' || body.decision === 'deferred'),
  );

/** " until 2026-03-09 08:00 UTC, awaiting the vendor's fix": what a deferral waits for. */
function deferral({ until, awaits }: StandingDecision['body']): string {
  return `${until === undefined ? '' : ` until ${when(until)}`}${awaits === undefined ? '' : `, awaiting ${excerpt(awaits, LONGEST_CONDITION)}`}`;
}

function objections({ snapshot, decisions }: Standing): Reason[] {
  return standingObjections(decisions).map(({ body, accountId, displayName }) => {
    const name = nameOf(snapshot, accountId, displayName);
    return {
      code: body.decision === 'deferred' ? 'deferred' : 'disapproved',
      sentence: `${name} ${DID[body.decision]} this change on ${when(body.decidedAt)}${deferral(body)}. It stays closed until ${name} decides otherwise or it is resubmitted.`,
    };
  });
}

function undecided({ snapshot, decisions, needs }: Standing): Reason[] {
  if (needs.missing === 0) return [];
  const approvals = decisions.filter(({ body }) => body.decision === 'approved');
  const because = (code: string) => approvals.filter(({ invalidBecause }) => invalidBecause?.code === code);
  const said = (one: StandingDecision): string =>
    `The approval by ${nameOf(snapshot, one.accountId, one.displayName)} of ${when(one.body.decidedAt)} does not count any more. ${one.invalidBecause?.sentence ?? ''}`;
  return [
    ...because('edited-since').map((one): Reason => ({ code: 'voided', sentence: said(one) })),
    ...because('decider-barred').map((one): Reason => ({ code: 'decider-barred', sentence: said(one) })),
    ...(FINAL_STATUSES.includes(snapshot.status)
      ? []
      : [{ code: 'decision-needed', sentence: `Needs an approval by ${needs.phrase}.` } as const]),
  ];
}

/** An approval with a condition is one, and opens nothing before the condition is settled. */
function conditional({ conditions }: Standing): Reason[] {
  return conditions
    .filter(({ outcome }) => outcome === 'open')
    .map(({ conditions: text, setByName }) => ({
      code: 'condition-open',
      sentence: `${setByName} approved on a condition that nobody has confirmed yet: "${excerpt(text, LONGEST_CONDITION)}". ${setByName} or another person who decides confirms in the panel that it is met.`,
    }));
}

const LONGEST_CONDITION = 300;

function expired({ pass }: Standing): Reason[] {
  if (pass?.over !== true) return [];
  return [
    {
      code: 'pass-expired',
      sentence: `The emergency pass ended on ${when(pass.endsAt)}. A new approval gives a new one.`,
    },
  ];
}

function inadequate(found: readonly InadequateField[]): Reason[] {
  const inverted = found.filter(({ code }) => code === 'window-inverted');
  const rest = found.filter(({ code }) => code !== 'window-inverted');
  return [
    ...(rest.length === 0
      ? []
      : [{ code: 'fields-inadequate', sentence: rest.map(({ sentence }) => sentence).join(' ') } as const]),
    ...inverted.map(({ sentence }): Reason => ({ code: 'window-inverted', sentence })),
  ];
}
