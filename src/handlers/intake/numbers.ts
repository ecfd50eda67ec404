import * as z from '#zod';
import { numberedRun } from '../../evidence/numbered';
import type { NamedItem } from '../../evidence/item';
import type { ObservedGap } from '../../gate/health/observed';
import { sha256Hex } from '../../ledger/hash';
import { RUN_SERIES_PREFIX, runNumberKey, runSeriesKey } from '../../ledger/keys';
import type { Ports } from '../../ports/ports';
import { senderName } from '../../providers/names';
import { listAll } from './list-all';

const series = z.lazy(() =>
  z.object({
    source: z.string(),
    repository: z.string(),
    series: z.string(),
    /** Up to which number everything was looked for, and the highest that was seen. */
    checked: z.number(),
    highest: z.number(),
    /** Numbers below the highest that were looked for in vain, and since when. */
    absent: z.array(z.object({ number: z.number(), since: z.string() })),
  }),
);
type Series = z.infer<typeof series>;

const DAY_MS = 24 * 60 * 60 * 1000;
const KEPT_DAYS = 30;
/** A run may take long, and its delivery come late; a day later nothing more is on its way. */
const GRACE_MS = DAY_MS;
const MOST_ABSENT = 100;
const MOST_LOOKED_FOR = 500;

/**
 * Notes the numbers of runs that a delivery tells of, whatever change they are about or none. Each number has a key of its
 * own, made once: the note of the series is only a hint of how far they go, and losing an update of it loses a gap at most
 * and never makes one up. Idempotent.
 */
export async function noteNumbers(ports: Ports, source: string, items: readonly NamedItem[]): Promise<void> {
  const at = ports.clock.now().toISOString();
  for (const { item } of items) {
    const run = numberedRun(source, item);
    if (run === undefined) continue;
    const { repository, number } = run;
    const id = sha256Hex(`${source}\n${repository}\n${run.series}`).slice(0, 32);
    await ports.store.create(runNumberKey(id, number), { at }, { ttlSeconds: (KEPT_DAYS * DAY_MS) / 1000 });
    const known = series.safeParse(await ports.store.get(runSeriesKey(id))).data;
    if (known !== undefined && number <= known.highest) continue;
    const first: Series = { source, repository, series: run.series, checked: number, highest: number, absent: [] };
    await ports.store.set(runSeriesKey(id), known === undefined ? first : { ...known, highest: number });
  }
}

/**
 * Which numbers never came, for more than a day and at most thirty. Looks for each by key, so that what a list does not
 * show yet is no gap.
 */
export async function findGaps(ports: Ports): Promise<readonly ObservedGap[]> {
  const gaps: ObservedGap[] = [];
  for (const { key, value } of await listAll(ports.store, RUN_SERIES_PREFIX)) {
    const known = series.safeParse(value).data;
    if (known === undefined) continue;
    const now = await looked(ports, key.slice(RUN_SERIES_PREFIX.length), known);
    if (JSON.stringify(now) !== JSON.stringify(known)) await ports.store.set(key, now);
    const age = (since: string): number => ports.clock.now().getTime() - Date.parse(since);
    const numbers = now.absent.filter(({ since }) => age(since) >= GRACE_MS).map(({ number }) => number);
    const { repository, series: name } = now;
    if (numbers.length > 0) gaps.push({ sender: senderName(now.source), repository, series: name, numbers });
  }
  return gaps;
}

async function looked(ports: Ports, id: string, known: Series): Promise<Series> {
  const now = ports.clock.now();
  const room = Math.min(known.highest - known.checked, MOST_LOOKED_FOR, MOST_ABSENT - known.absent.length);
  const next = Array.from({ length: Math.max(0, room) }, (_, i) => known.checked + 1 + i);
  const wanted = [...known.absent.map(({ number }) => number), ...next];
  const found = await ports.store.getMany(wanted.map((number) => runNumberKey(id, number)));
  const since = new Map(known.absent.map((one) => [one.number, one.since]));
  const absent = wanted
    .filter((_, i) => found[i] === undefined)
    .map((number) => ({ number, since: since.get(number) ?? now.toISOString() }))
    .filter((one) => now.getTime() - Date.parse(one.since) < KEPT_DAYS * DAY_MS);
  return { ...known, checked: known.checked + next.length, absent };
}
