import type { InadequateField } from '../change/adequacy';
import { FIELDS } from '../change/fields';
import type { ModifiedChange } from '../change/from-jira';
import { compareHistoryIds, latestResubmission, statusMoves } from '../change/history';
import { isPlaceholder } from '../change/placeholder';
import { REVIEWER_FIELDS } from '../change/participants';
import { requiredActionLines } from '../change/required-actions';
import type { ChangeSnapshot } from '../change/snapshot';
import type { Policy } from '../policy/policy';
import { unsettledActions } from './actions';
import { inadequateNow } from './adequate';
import { approvalObstacles, WINDOW_OVER, windowIsOver } from './barriers';
import { conflictSentence, freezeSentence, windowConflicts } from './frozen';
import { closingProblems } from './implementation';
import { judge, judgeContent } from './judge';
import type { GateFacts } from './recorded';
import { excerpt } from './refusal-message';
import type { Scope } from './standing';
import type { Verdict } from './verdict';
import { when } from './words';

export { requiredActionLines } from '../change/required-actions';

/** What a function validator is configured to check; the transitions of the default workflow in its order. */
export const STEPS = ['approve', 'disapprove', 'resubmit', 'schedule', 'execute', 'close', 'withdraw'] as const;
export type Step = (typeof STEPS)[number];

/** Where further approvers sign off, by the name that the issue shows. */
export const PANEL = 'the panel "Change control"';

const LONGEST_QUOTE = 80;

/**
 * Why a transition may not happen now, every reason at once; empty lets it pass. Judges content alone: a function
 * validator is told neither who acts nor, within its time, every page of a long changelog. `facts.snapshot` is the change
 * as stored; `screen` what the transition's screen makes of it (values on the screen win).
 */
export function checkTransition(
  policy: Policy,
  facts: GateFacts,
  step: Step,
  now: Date,
  screen?: ModifiedChange,
): string[] {
  const after: ModifiedChange = screen ?? { snapshot: facts.snapshot, edited: [], handedIn: [] };
  const live: GateFacts = { ...facts, snapshot: after.snapshot };
  const scope: Scope = facts.snapshot.historyComplete ? 'everybody' : 'content';
  const verdict = (scope === 'everybody' ? judge : judgeContent)(policy, live, now);
  switch (step) {
    case 'approve':
      return [
        ...approveProblems(verdict, inadequateNow(policy, live, now, scope), after, now),
        ...obstacles(policy, { ...facts, snapshot: after.snapshot }, now),
        ...overlaps(policy, live),
      ];
    case 'disapprove':
      return disapproveProblems(after);
    case 'resubmit':
      return resubmitProblems(verdict, live, now);
    case 'schedule':
      return verdict.reasons.map(({ sentence }) => sentence);
    case 'execute':
      return [
        ...verdict.reasons.map(({ sentence }) => sentence),
        ...outsideWindow(verdict, after.snapshot),
        ...overlaps(policy, live),
        ...verdict.freezesNow.map(
          (freeze) => `${freezeSentence(freeze)} Wait, or have a freeze exception recorded in ${PANEL}.`,
        ),
      ];
    case 'close':
      return closingProblems(live);
    case 'withdraw':
      // Opens nothing; who may withdraw is the condition's question.
      return [];
  }
}

/** Where the policy wants people to agree first, an overlap holds up Approve and Execute. */
const overlaps = (policy: Policy, facts: GateFacts): string[] =>
  policy.overlaps === 'agree'
    ? windowConflicts(facts).map(
        (conflict) =>
          `${conflictSentence(conflict, facts.snapshot.content.impactedSystems)} The owner or somebody who decides records that in ${PANEL}.`,
      )
    : [];

const obstacles = (policy: Policy, facts: GateFacts, now: Date): string[] =>
  approvalObstacles(policy, facts, now).map(({ sentence }) => sentence);

function approveProblems(
  verdict: Verdict,
  inadequate: readonly InadequateField[],
  { snapshot, edited }: ModifiedChange,
  now: Date,
): string[] {
  const barring = FIELDS.filter(({ key }) => edited.includes(key) && !REVIEWER_FIELDS.includes(key));
  const fundamental = ['not-controlled', 'ledger-broken', 'history-incomplete'];
  return [
    ...verdict.reasons.filter(({ code }) => fundamental.includes(code)).map(({ sentence }) => sentence),
    ...inadequate.map(({ sentence }) => sentence),
    ...barring.map(({ name }) => `${name} was changed on this screen: edit the change first, then approve it.`),
    ...(windowIsOver(verdict, snapshot.content, now) && !inadequate.some(({ code }) => code === 'window-inverted')
      ? [WINDOW_OVER]
      : []),
    ...tooFew(verdict),
  ];
}

/** This transition is one decision: whoever else is needed signs off before it. */
function tooFew({ needs }: Verdict): string[] {
  if (needs.missing < 2) return [];
  return [
    `Approve is one person's decision, and the change still needs an approval by ${needs.phrase}. All but the last sign off in ${PANEL}; the last one uses Approve.`,
  ];
}

function disapproveProblems({ snapshot, handedIn }: ModifiedChange): string[] {
  const { decisionBasis = '', requiredActions = '' } = snapshot.disposition ?? {};
  const lines = requiredActionLines(requiredActions);
  const stale = (field: 'decisionBasis' | 'requiredActions'): boolean =>
    !handedIn.includes(field) && isFromBefore(snapshot, field);
  const problems: string[] = [];
  if (isPlaceholder(decisionBasis)) problems.push('Decision basis is empty: say why the change is disapproved.');
  else if (stale('decisionBasis'))
    problems.push('Decision basis is from before the change was resubmitted: write it anew.');
  if (lines.length === 0)
    problems.push('Required actions is empty: write at least one line, what has to be done and @owner.');
  else if (stale('requiredActions'))
    problems.push('Required actions are from before the change was resubmitted: write them anew.');
  for (const { what, owner } of lines) {
    if (owner === null)
      problems.push(
        `Required actions: "${excerpt(what, LONGEST_QUOTE)}" names no owner. Write @owner at the end of the line.`,
      );
  }
  return problems;
}

/** A basis written for an earlier decision says nothing about this one. */
function isFromBefore(snapshot: ChangeSnapshot, field: 'decisionBasis' | 'requiredActions'): boolean {
  const resubmission = latestResubmission(snapshot);
  if (resubmission === undefined) return false;
  const written = snapshot.history.findLast(({ items }) => items.some((item) => item.field === field));
  return written === undefined || compareHistoryIds(written.id, resubmission.historyId) < 0;
}

function resubmitProblems({ decided }: Verdict, facts: GateFacts, now: Date): string[] {
  const { status } = facts.snapshot;
  if (status === 'Disapproved') return [...beingRecorded(facts, now), ...unsettledActions(facts)];
  if (status !== 'Approved' && status !== 'Scheduled') return [`A change that is ${status} cannot be resubmitted.`];
  if (decided)
    return [
      'The decisions on this change stand, so there is nothing to resubmit. Edit it first, or have it disapproved.',
    ];
  return unsettledActions(facts);
}

/** How long the event of a transition to Disapproved is waited for before the change may be asked for again without it. */
const RECORDING_MS = 5 * 60_000;

/**
 * A disapproval by transition is recorded a moment later, and until then its required actions are not known. One whose
 * event never came must not hold the change up for ever.
 */
function beingRecorded({ snapshot, entries }: GateFacts, now: Date): string[] {
  const move = statusMoves(snapshot).findLast(({ to }) => to === 'Disapproved');
  if (move === undefined || now.getTime() - Date.parse(move.at) > RECORDING_MS) return [];
  const recorded = entries.some(
    ({ entry }) =>
      (entry.kind === 'decision' && entry.body.transition?.historyId === move.historyId) ||
      (entry.kind === 'moved' && entry.body.historyId === move.historyId),
  );
  return recorded ? [] : ['The disapproval is still being recorded, with its required actions. Try again in a minute.'];
}

function outsideWindow({ windowNow }: Verdict, { content: { windowStart, windowEnd } }: ChangeSnapshot): string[] {
  if (windowNow === true) return [];
  if (windowStart === null || windowEnd === null)
    return ['The change window is not set, so the change cannot be executed.'];
  return [`The change can be executed only inside its change window, ${when(windowStart)} to ${when(windowEnd)}.`];
}
