import { editsSince, statusMoves } from '../change/history';
import type { AccountId } from '../change/snapshot';
import type { Policy } from '../policy/policy';
import type { Members } from './decision-state';
import { recordedDecisions, type GateFacts } from './recorded';
import type { Verdict } from './verdict';
import { peopleOf, reviewers } from './waiting';
import { when } from './words';

/** Something that people have to be told, once. Every text names the change and what to do, and quotes no field. */
export interface DueNotice {
  /** Names the event; whoever was told of it is never told again. Several when one message tells of several. */
  readonly events: readonly string[];
  readonly to: readonly AccountId[];
  readonly subject: string;
  readonly lines: readonly string[];
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** An event that is older is not told any more: after an update or an outage nobody is woken for what everybody knows. */
const TOO_OLD_MS = 7 * DAY_MS;

/** Reminders after the review was due: one a day, no more than these. */
export const OVERDUE_REMINDERS = 7;

const PANEL = 'Open the change and look at the panel "Change control".';

/** What is to be told of a change now, whether or not it was told already. */
export function dueNotices(
  policy: Policy,
  facts: GateFacts,
  verdict: Verdict,
  members: Members,
  now: Date,
): readonly DueNotice[] {
  return [
    ...voided(facts, verdict, now),
    ...withdrawnDecisions(facts, now),
    ...withdrawnChange(facts, now),
    ...review(policy, facts, verdict, members, now),
  ].filter(({ to }) => to.length > 0);
}

const fresh = (at: string, now: Date): boolean => now.getTime() - Date.parse(at) <= TOO_OLD_MS;

const people = (...accounts: readonly (AccountId | null)[]): AccountId[] =>
  [...new Set(accounts)].flatMap((id) => (id === null ? [] : [id]));

/** An edit voided approvals: owner and those who gave them. */
function voided({ snapshot, entries }: GateFacts, verdict: Verdict, now: Date): DueNotice[] {
  const heads = new Map(recordedDecisions(entries).map(({ seq, body }) => [seq, body.historyHead]));
  const gone = verdict.decisions.filter(({ seq, decision, invalidBecause }) => {
    if (decision !== 'approved' || invalidBecause?.code !== 'edited-since') return false;
    const [first] = editsSince(snapshot, heads.get(seq) ?? '0');
    return first !== undefined && fresh(first.entry.at, now);
  });
  if (gone.length === 0) return [];
  return [
    {
      events: gone.map(({ seq }) => `voided.${seq}`),
      to: people(snapshot.content.owner, ...gone.map(({ accountId }) => accountId)),
      subject: `${snapshot.key}: edited after it was approved`,
      lines: [
        `A controlled field of ${snapshot.key} was edited after it was approved, so ${gone.length === 1 ? 'an approval does' : `${gone.length} approvals do`} not count any more and the change is closed to deployments until it is approved again.`,
        `${PANEL} It shows what was edited, old beside new. Those who decide approve again or object.`,
      ],
    },
  ];
}

/** Somebody took back their decision: the owner, and the others who have decided. */
function withdrawnDecisions({ snapshot, entries }: GateFacts, now: Date): DueNotice[] {
  const made = recordedDecisions(entries);
  return made
    .filter(({ body }) => body.decision === 'withdrawn' && body.void === undefined && fresh(body.decidedAt, now))
    .map(({ seq, accountId }) => ({
      events: [`withdrawn.${seq}`],
      to: people(snapshot.content.owner, ...made.map((one) => one.accountId)).filter((id) => id !== accountId),
      subject: `${snapshot.key}: a decision was withdrawn`,
      lines: [
        `A decision on ${snapshot.key} was withdrawn by the person who made it.`,
        `${PANEL} It shows what is needed now.`,
      ],
    }));
}

/** The change itself was withdrawn: owner and deciders, save who did it. */
function withdrawnChange({ snapshot, entries }: GateFacts, now: Date): DueNotice[] {
  const move = statusMoves(snapshot).at(-1);
  if (snapshot.status !== 'Withdrawn' || move?.to !== 'Withdrawn' || !fresh(move.at, now)) return [];
  const deciders = recordedDecisions(entries).map(({ accountId }) => accountId);
  return [
    {
      events: [`change-withdrawn.${move.historyId}`],
      to: people(snapshot.content.owner, ...deciders).filter((id) => id !== move.by),
      subject: `${snapshot.key}: the change was withdrawn`,
      lines: [`${snapshot.key} was withdrawn. There is nothing left to decide or to do.`],
    },
  ];
}

/**
 * Reminders of a retroactive review to those whom it needs: as many hours before as the policy says, when it is due, and
 * then once a day. Only the stage that has come is told; stages that were missed while nothing ran are not made up for.
 */
function review(policy: Policy, facts: GateFacts, verdict: Verdict, members: Members, now: Date): DueNotice[] {
  const { review: owed } = verdict;
  const { key } = facts.snapshot;
  if (owed === null || owed.state === 'done') return [];
  const { reminderHours, overdueReviewsStop } = policy.emergency;
  const stage = reviewStage(owed.dueAt, reminderHours, now);
  if (stage === null) return [];
  const late = owed.state === 'overdue';
  const stops = late && overdueReviewsStop ? ' Until then no further emergency pass is given in this project.' : '';
  return [
    {
      events: [`review.${Date.parse(owed.dueAt)}.${stage}`],
      to: reviewers(policy, facts, verdict, peopleOf(members), now),
      subject: late ? `${key}: the retroactive review is overdue` : `${key}: a retroactive review is due`,
      lines: [
        `The emergency change ${key} ${late ? 'had' : 'has'} to be reviewed by ${when(owed.dueAt)}. Still needed: ${owed.needs.phrase}.`,
        `${PANEL} Record whether you accept what was done.${stops}`,
      ],
    },
  ];
}

/**
 * 'before-24' in the hours before that the policy names, 'due' in the first day after, then 'overdue-1' and so on. Null
 * when nobody is to be told: too early, told often enough, or a policy without reminders.
 */
export function reviewStage(dueAt: string, reminderHours: readonly number[], now: Date): string | null {
  if (reminderHours.length === 0) return null;
  const late = now.getTime() - Date.parse(dueAt);
  if (late < 0) {
    const reached = reminderHours.filter((hours) => -late <= hours * HOUR_MS);
    return reached.length === 0 ? null : `before-${Math.min(...reached)}`;
  }
  const day = Math.floor(late / DAY_MS);
  if (day === 0) return 'due';
  return day <= OVERDUE_REMINDERS ? `overdue-${day}` : null;
}
