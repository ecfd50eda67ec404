import * as z from '#zod';
import type { Surroundings } from '../gate/recorded';
import { calendarKey } from '../ledger/keys';
import type { Store } from '../ports/ports';

const entrySchema = z.lazy(() =>
  z.object({
    issueId: z.string(),
    key: z.string(),
    systems: z.array(z.string()),
    windowStart: z.nullable(z.string()),
    windowEnd: z.nullable(z.string()),
    open: z.boolean(),
    /** Until when the retroactive review has to be done; null when none is due or it is done. */
    reviewDueAt: z.nullable(z.string()),
  }),
);
const calendarSchema = z.lazy(() => z.array(entrySchema));
export type CalendarEntry = z.infer<typeof entrySchema>;

/** The live changes of a project as they were last written. */
export async function readCalendar(store: Store, project: string): Promise<CalendarEntry[]> {
  return calendarFrom(await store.get(calendarKey(project)));
}

function calendarFrom(value: unknown): CalendarEntry[] {
  // A value that is not understood is rebuilt by the reconciler; meanwhile nothing is known of the other changes.
  return value === undefined ? [] : (calendarSchema.safeParse(value).data ?? []);
}

/** What is known of the project's other changes, for judging one of them, from what is stored under its calendar's key. */
export function surroundingsFrom(value: unknown, issueId: string, at: Date): Surroundings {
  const entries = calendarFrom(value).filter((one) => one.issueId !== issueId);
  const now = at.toISOString();
  return {
    overdueReviews: entries.flatMap(({ key, reviewDueAt }) => (reviewDueAt !== null && reviewDueAt < now ? [key] : [])),
    others: entries.flatMap(({ key, systems, windowStart, windowEnd, open }) =>
      open && windowStart !== null && windowEnd !== null ? [{ key, systems, windowStart, windowEnd }] : [],
    ),
  };
}
