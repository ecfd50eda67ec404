import { statusMoves } from '../change/history';
import type { EntryBodies, StoredEntry } from '../ledger/entry';
import type { GateFacts } from './recorded';
import type { Exception, Reason } from './verdict';
import { when } from './words';

/** How the change was adopted; undefined for one that has been under control from its start. */
export function adoptionOf(entries: readonly StoredEntry[]): EntryBodies['adopted'] | undefined {
  for (const { entry } of entries) if (entry.kind === 'adopted') return entry.body;
  return undefined;
}

/**
 * Whether something that Jira dates `at` was before control began on this change. Jira's time is compared with the app's,
 * so a move within the seconds by which they differ may fall on either side; it opens nothing on both.
 */
export const beforeControl = ({ entries }: GateFacts, at: string): boolean => {
  const adopted = adoptionOf(entries);
  return adopted !== undefined && at < adopted.controlBeganAt;
};

/** Whether the status the change has now is still the one it came with. */
export const broughtItsStatus = (facts: GateFacts): boolean => {
  const last = statusMoves(facts.snapshot).at(-1);
  return adoptionOf(facts.entries) !== undefined && (last === undefined || beforeControl(facts, last.at));
};

/** Statuses that a change reaches by a decision, and Closed, which follows them. */
const MOVED_ON: readonly string[] = ['Approved', 'Scheduled', 'Executed', 'Closed'];

/** It came with a status that says "approved": said first, because nobody here decided it. */
export function cameDecided({ entries }: GateFacts, decided: boolean): Exception[] {
  const adopted = adoptionOf(entries);
  if (adopted === undefined || !MOVED_ON.includes(adopted.status)) return [];
  const since = decided ? '' : ' It opens nothing until it is decided here.';
  return [
    {
      code: 'before-control',
      sentence: `It was ${adopted.status} already when change control began on ${when(adopted.controlBeganAt)}, which is no approval.${since}`,
      at: adopted.controlBeganAt,
    },
  ];
}

/** It was there before control began: what its record can and cannot show. */
export function adoptionNotice({ entries }: GateFacts): Reason[] {
  const adopted = adoptionOf(entries);
  if (adopted === undefined) return [];
  return [
    {
      code: 'before-control',
      sentence: `It was created before change control began on ${when(adopted.controlBeganAt)}. What happened until then is known from Jira's history alone, and none of it counts as a decision.`,
    },
  ];
}
