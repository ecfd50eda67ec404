import * as z from '#zod';
import { REFUSAL_PREFIX, refusalKey } from '../../ledger/keys';
import type { Ports } from '../../ports/ports';
import { listAll } from './list-all';

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
const KEPT_SECONDS = 48 * 60 * 60;

const refusal = z.lazy(() => z.object({ hour: z.string(), source: z.string(), reason: z.string(), count: z.number() }));
export type RefusalCount = Readonly<z.infer<typeof refusal>>;

/**
 * Counts a request that left nothing else: one bounded number for each hour, source and reason, never the body and
 * nothing that a stranger chose. Two at once may count as one. A count that fails changes no answer.
 */
export async function countRefusal(ports: Ports, source: string, reason: string): Promise<void> {
  const now = ports.clock.now();
  try {
    // A sender's name of an event may hold a colon, which parts the members of a key.
    const key = refusalKey(now, source, reason.replaceAll(':', '.'));
    const known = refusal.safeParse(await ports.store.get(key));
    const count = (known.success ? known.data.count : 0) + 1;
    const hour = `${now.toISOString().slice(0, 13)}:00:00.000Z`;
    await ports.store.set(key, { hour, source, reason, count }, { ttlSeconds: KEPT_SECONDS });
  } catch (failure) {
    ports.log.error('a refused request was not counted', failure);
  }
}

/** What was refused or ignored at the door in the last 24 hours, newest hour first. */
export async function readRefusals(ports: Ports): Promise<readonly RefusalCount[]> {
  const since = ports.clock.now().getTime() - DAY_MS;
  const items = await listAll(ports.store, REFUSAL_PREFIX);
  const counts = items.flatMap(({ value }) => {
    const known = refusal.safeParse(value);
    // An hour that began before the day but ended inside it belongs to it.
    return known.success && Date.parse(known.data.hour) > since - HOUR_MS ? [known.data] : [];
  });
  return counts.sort((a, b) => b.hour.localeCompare(a.hour) || b.count - a.count);
}
