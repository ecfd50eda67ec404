import { FINAL_STATUSES } from '../../gate/reasons';
import type { JudgedDecision } from '../../gate/verdict';
import type { PackFacts } from '../facts';
import { accountText, personText } from '../person';
import { count, utc } from '../text';
import { markup } from './html';
import type { Html } from './html';

/** Statuses that say more of a change than whether it is open. */
const OVER: readonly string[] = [...FINAL_STATUSES, 'Executed'];

/**
 * Where the change stands: one that is over by its status, and since when, before whether it is open; and always which
 * decisions stand. That a closed change opens nothing says nothing against its decisions.
 */
export function stateBox(facts: PackFacts): Html {
  const { verdict, snapshot } = facts.input;
  const over = OVER.includes(snapshot.status);
  const reasons = verdict.reasons.filter(({ code }) => code !== 'change-closed');
  return markup`<div class="state">
    <strong>${titleOf(facts)}</strong>
    ${over ? markup`<p>${movedText(facts)}</p>` : null}
    <p>${decisionsText(facts)}</p>
    ${
      reasons.length === 0
        ? null
        : markup`<ul>
            ${reasons.map(({ sentence }) => markup`<li>${sentence}</li>`)}
          </ul>`
    }
    ${verdict.notices.map(({ sentence }) => markup`<p>${sentence}</p>`)}
  </div>`;
}

function titleOf({ input: { verdict, snapshot } }: PackFacts): string {
  const { status } = snapshot;
  if (FINAL_STATUSES.includes(status)) return `${status}: nothing is open any more`;
  const objected = verdict.decisions.some(
    ({ decision, valid }) => valid && (decision === 'disapproved' || decision === 'deferred'),
  );
  const open = verdict.open
    ? 'Open: the recorded decisions stand for the content as exported'
    : verdict.decided && !objected
      ? 'Not open: the recorded decisions stand, and something else is in the way'
      : 'Not open: the recorded decisions do not open this change';
  return status === 'Executed' ? `Executed. ${open}` : open;
}

/** When Jira's history last moved it to the status that it has, and who did. */
function movedText({ input: { snapshot } }: PackFacts): string {
  const { status, history, historyComplete } = snapshot;
  const last = history
    .filter(({ items }) => items.some(({ field, toText }) => field === 'status' && toText === status))
    .reduce<(typeof history)[number] | undefined>((a, b) => (a === undefined || a.at <= b.at ? b : a), undefined);
  if (last === undefined)
    return `Jira’s history${historyComplete ? '' : ', as far as it could be read,'} does not say when it became ${status}, or by whom.`;
  return `${status} since ${utc(last.at)}, moved there by ${accountText(snapshot, last.author)}.`;
}

function decisionsText({ input }: PackFacts): string {
  const { decisions, decided, needs } = input.verdict;
  if (decisions.length === 0) return 'No decision is recorded.';
  const standing = decisions.filter(({ valid, decision }) => valid && decision !== 'withdrawn');
  const fallen = decisions.length - standing.length;
  const named = standing.map((one) => `${one.decision} by ${deciderText(input, one)} on ${utc(one.decidedAt)}`);
  const asked = !FINAL_STATUSES.includes(input.snapshot.status) || input.snapshot.status === 'Closed';
  return [
    standing.length === 0 ? 'No recorded decision stands.' : `Decisions that stand: ${named.join('; ')}.`,
    ...(decided ? ['No further approval is needed by the policy.'] : []),
    ...(decided || !asked ? [] : [`Still needed by the policy: ${needs.phrase}.`]),
    ...(fallen === 0
      ? []
      : [`${count(fallen, 'recorded decision')} ${fallen === 1 ? 'does' : 'do'} not stand; why is under 3.4.3[c].`]),
  ].join(' ');
}

function deciderText({ snapshot }: PackFacts['input'], { accountId, displayName }: JudgedDecision): string {
  if (accountId === null) return 'somebody erased from the ledger';
  return displayName === null ? accountText(snapshot, accountId) : personText({ accountId, displayName });
}
