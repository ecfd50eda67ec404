import { sha256Hex } from '../ledger/hash';
import { ISSUE_PREFIX, REFRESH_CURSOR_KEY } from '../ledger/keys';
import type { Ports } from '../ports/ports';
import { listAll } from './intake/list-all';

/**
 * How many changes one hourly run reads again. A change costs about 2 of the points that Jira counts (one request and one
 * issue; writes only where something differs), so a site stays under 2,500 points an hour, of the 65,000 that all
 * sites of an app have together (developer.atlassian.com, "Rate limiting", points-based quota).
 */
export const MOST_PER_RUN = 1_000;

/** Nothing runs out or falls due on these any more: once a day is enough, for the events that never came. */
const SETTLED: readonly string[] = ['Closed', 'Disapproved', 'Withdrawn'];
const HOURS = 24;
const HOUR_MS = 3_600_000;

/** Every change that the app knows is read again, each in a job of its own. */
export async function queueRefreshes(ports: Ports): Promise<void> {
  const run = runOf(ports);
  for (const { key } of await listAll(ports.store, ISSUE_PREFIX)) await queue(ports, key, run);
}

/**
 * The hourly share: every live change, and of the settled ones those whose hour it is. What a run has no room for comes
 * first in the next one, so that nothing waits for ever behind the others.
 */
export async function queueDueRefreshes(ports: Ports): Promise<void> {
  const run = runOf(ports);
  const due = (await listAll(ports.store, ISSUE_PREFIX)).filter(({ key, value }) =>
    isDue(key, value, ports.clock.now()),
  );
  const cursor: unknown = await ports.store.get(REFRESH_CURSOR_KEY);
  const from = typeof cursor === 'string' ? due.findIndex(({ key }) => key > cursor) : 0;
  const inTurn = from <= 0 ? due : [...due.slice(from), ...due.slice(0, from)];
  const taken = inTurn.slice(0, MOST_PER_RUN);
  for (const { key } of taken) await queue(ports, key, run);
  const last = taken.at(-1)?.key;
  if (taken.length < inTurn.length && last !== undefined) await ports.store.set(REFRESH_CURSOR_KEY, last);
  else if (cursor !== undefined) await ports.store.delete(REFRESH_CURSOR_KEY);
}

/** A settled change has its own hour of the day, by its id, so that they spread evenly. Unknown status is live. */
function isDue(key: string, value: unknown, now: Date): boolean {
  const status = typeof value === 'object' && value !== null && 'status' in value ? value.status : null;
  if (typeof status !== 'string' || !SETTLED.includes(status)) return true;
  const hour = Math.floor(now.getTime() / HOUR_MS) % HOURS;
  return Number.parseInt(sha256Hex(key).slice(0, 8), 16) % HOURS === hour;
}

async function queue(ports: Ports, key: string, run: string): Promise<void> {
  const issueId = key.slice(ISSUE_PREFIX.length);
  await ports.jobs.push({ job: 'refresh-change', issueId, run }, { onePerKey: `change-${issueId}` });
}

/** Jobs of one run share what is read once for all of them. */
const runOf = ({ clock }: Ports): string => String(clock.now().getTime());
