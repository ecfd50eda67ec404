import { FINAL_STATUSES } from '../../gate/reasons';
import type { Facts } from '../facts';
import type { ReadingNote } from './note';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Whose turn it is: somebody or something touched or opened the change, or the hourly run came by. */
export type Occasion = 'touched' | 'hourly';

/**
 * Whether what Jira holds beside the fields is to be read again. Jira says when anything of the issue was last touched,
 * comments, attachments and links included, and that comes free with every reading of the change; what it does not say,
 * such as what development tools reported, is looked up after an hour when somebody looks, else once a day, and once a
 * week for a change that is over. What could not be read is tried again every hour.
 */
export function readingDue(note: ReadingNote | undefined, facts: Facts, now: Date, occasion: Occasion): boolean {
  if (note === undefined || note.updatedAt !== (facts.snapshot.updatedAt ?? null)) return true;
  if (note.more.length > 0 && note.evidence !== evidenceCount(facts)) return true;
  // A clock that was put back makes it look as if it had been read in the future.
  const age = Math.abs(now.getTime() - Date.parse(note.readAt));
  if (note.outstanding > 0 && age >= HOUR_MS - 5 * MINUTE_MS) return true;
  const over = FINAL_STATUSES.includes(facts.snapshot.status);
  return age >= (occasion === 'touched' ? HOUR_MS : over ? 7 * DAY_MS : DAY_MS);
}

export const evidenceCount = ({ entries }: Pick<Facts, 'entries'>): number =>
  entries.filter(({ entry }) => entry.kind === 'evidence').length;
