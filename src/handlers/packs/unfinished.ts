import * as z from '#zod';
import { PACK_UNFINISHED_PREFIX, packUnfinishedKey } from '../../ledger/keys';
import { Unavailable, type Ports } from '../../ports/ports';
import { listAll } from '../intake/list-all';
import { isSettled, readPack, writePack, type PackRecord } from './record';

/** A job is picked up within seconds. Where it is only late, another one costs a read and finds the pack made. */
const QUEUED_MS = 60_000;
/** A job lives 900 s (manifest): the one that wrote the last progress has ended, and without a result. */
const ASSEMBLING_MS = 960_000;

/** A job is delivered for 24 hours, and by then whoever asked has long given up: what failed so often will fail again. */
const GIVE_UP_MS = 24 * 60 * 60 * 1000;

export const isTooOld = (ports: Pick<Ports, 'clock'>, { createdAt }: Pick<PackRecord, 'createdAt'>): boolean =>
  ports.clock.now().getTime() - Date.parse(createdAt) > GIVE_UP_MS;

type Pack = Pick<PackRecord, 'issueId' | 'id'>;

const marker = z.lazy(() => z.object({ issueId: z.string(), pack: z.string(), queuedAt: z.string() }));

/** Says, before the pack exists, that somebody has to see to it that it ends. */
export const markUnfinished = (ports: Ports, { issueId, id }: Pack): Promise<void> =>
  ports.store.set(packUnfinishedKey(issueId, id), {
    issueId,
    pack: id,
    queuedAt: ports.clock.now().toISOString(),
  });

export const clearUnfinished = (ports: Ports, { issueId, id }: Pack): Promise<void> =>
  ports.store.delete(packUnfinishedKey(issueId, id));

/** One at a time for each change: jobs of the same pack that come at the same time would do the same work twice. */
export const queueAssembly = (ports: Ports, { issueId, id }: Pack): Promise<void> =>
  ports.jobs.push({ job: 'assemble-pack', issueId, pack: id }, { onePerKey: `pack-${issueId}` });

/** Ends a pack without a result. `sentence` also says what to do. */
export async function failPack(ports: Ports, record: PackRecord, code: string, sentence: string): Promise<void> {
  await writePack(ports, { ...record, state: 'failed', failure: { code, sentence } });
  await clearUnfinished(ports, record);
}

/**
 * Queues a pack's job again when neither the job nor anybody who queued it gave a sign of life for so long that the
 * job must have been lost. Writes the marker only: a job that does come meanwhile is not overwritten.
 */
export async function resumeIfStalled(ports: Ports, record: PackRecord): Promise<void> {
  if (isSettled(record)) return;
  const limit = record.state === 'queued' ? QUEUED_MS : ASSEMBLING_MS;
  const isQuiet = (since: string) => ports.clock.now().getTime() - Date.parse(since) > limit;
  if (!isQuiet(record.movedAt ?? record.createdAt)) return;
  const marked = marker.safeParse(await ports.store.get(packUnfinishedKey(record.issueId, record.id)));
  if (marked.success && !isQuiet(marked.data.queuedAt)) return;
  await queueAssembly(ports, record);
  await markUnfinished(ports, record);
}

/** Sees to every pack that is neither ready nor failed. To be called on schedule; harmless at any time. */
export async function sweepPacks(ports: Ports): Promise<void> {
  for (const { key, value } of await listAll(ports.store, PACK_UNFINISHED_PREFIX)) {
    try {
      await sweepOne(ports, key, value);
    } catch (failure) {
      if (failure instanceof Unavailable) throw failure;
      // A record that was altered must not keep the others waiting.
      ports.log.error('an unfinished pack could not be read', failure);
    }
  }
}

async function sweepOne(ports: Ports, key: string, value: unknown): Promise<void> {
  const { issueId, pack, queuedAt } = marker.parse(value);
  const record = await readPack(ports, issueId, pack);
  if (record !== undefined && !isSettled(record)) return resumeIfStalled(ports, record);
  // Without a record its number was never taken, unless that is being done right now.
  const age = ports.clock.now().getTime() - Date.parse(queuedAt);
  if (record !== undefined || age > ASSEMBLING_MS) await ports.store.delete(key);
}
