import type { Policy } from '../policy/policy';
import type { Deciding } from './deciding';
import { adoptionNotice } from './before-control';
import { conflictSentence, freezeSentence, freezesInWindow, windowConflicts } from './frozen';
import type { GateFacts } from './recorded';
import { FINAL_STATUSES } from './reasons';
import type { Pass, Reason, Review } from './verdict';
import { versionWords, when } from './words';

export interface Noticed {
  readonly today: Policy;
  readonly facts: GateFacts;
  readonly deciding: Deciding;
  readonly pass: Pass | null;
  readonly review: Review | null;
}

/** What neither opens nor closes, and people should know. */
export function noticesFor(noticed: Noticed): Reason[] {
  const { today, facts, deciding } = noticed;
  const { notice, judgedAs, policy } = deciding;
  const live = !FINAL_STATUSES.includes(facts.snapshot.status);
  return [
    ...(notice === null
      ? []
      : [{ code: judgedAs === 'Discovered' ? 'discovered' : 'judged-as-normal', sentence: notice } as const]),
    ...(policy.version === today.version
      ? []
      : [
          {
            code: 'policy-differs',
            sentence: `It was decided under ${versionWords(policy.version)}; ${versionWords(today.version)} is in force today. Freeze periods and who is barred are today's.`,
          } as const,
        ]),
    ...adoptionNotice(facts),
    ...timed(noticed),
    ...(live ? inTheWay(noticed) : []),
  ];
}

function timed({ pass, review }: Noticed): Reason[] {
  return [
    ...(pass === null || pass.over
      ? []
      : [{ code: 'pass-running', sentence: `The emergency pass ends on ${when(pass.endsAt)}.` } as const]),
    ...(review === null || review.state === 'done'
      ? []
      : [
          {
            code: review.state === 'due' ? 'review-due' : 'review-overdue',
            sentence: `The retroactive review by ${review.needs.phrase} ${review.state === 'due' ? 'is due by' : 'was due by'} ${when(review.dueAt)}.`,
          } as const,
        ]),
  ];
}

function inTheWay({ today, facts }: Noticed): Reason[] {
  const { impactedSystems } = facts.snapshot.content;
  return [
    ...freezesInWindow(today, facts).map((freeze): Reason => ({
      code: 'freeze',
      sentence: `The change window touches it: ${freezeSentence(freeze)}`,
    })),
    ...windowConflicts(facts).map((conflict): Reason => ({
      code: 'window-conflict',
      sentence: conflictSentence(conflict, impactedSystems),
    })),
  ];
}
