import { judge } from '../gate/judge';
import { FINAL_STATUSES } from '../gate/reasons';
import { calendarKey } from '../ledger/keys';
import type { Ports } from '../ports/ports';
import { readCalendar, type CalendarEntry } from './calendar-read';
import type { Facts } from './facts';

/** What a change is to the others of its project; undefined when it is nothing to them any more. */
function entryOf(facts: Facts, now: Date): CalendarEntry | undefined {
  const { snapshot } = facts;
  const { open, review } = judge(facts.policy, facts, now);
  const reviewDueAt = review === null || review.state === 'done' ? null : review.dueAt;
  if (FINAL_STATUSES.includes(snapshot.status) && reviewDueAt === null) return undefined;
  const { impactedSystems: systems, windowStart, windowEnd } = snapshot.content;
  return {
    issueId: snapshot.issueId,
    key: snapshot.key,
    systems: [...systems],
    windowStart,
    windowEnd,
    open,
    reviewDueAt,
  };
}

/**
 * Writes what others of the project have to know of this change. Two writers at once may lose one of the two entries:
 * each change is written again by every job about it and by the hourly reconciler.
 */
export async function enterInCalendar(ports: Ports, facts: Facts): Promise<void> {
  const { project, issueId } = facts.snapshot;
  const before = await readCalendar(ports.store, project);
  const entry = entryOf(facts, ports.clock.now());
  const known = before.find((one) => one.issueId === issueId);
  if (JSON.stringify(known) === JSON.stringify(entry)) return;
  const others = before.filter((one) => one.issueId !== issueId);
  await ports.store.set(calendarKey(project), entry === undefined ? others : [...others, entry]);
}
