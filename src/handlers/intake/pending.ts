import {
  deliveryChunkKey,
  deliveryKey,
  newestPendingKey,
  pendingKey,
  pendingPrefix,
  quarantineChunkKey,
  quarantineKey,
} from '../../ledger/keys';
import type { Ports } from '../../ports/ports';
import { deleteChunks } from './chunks';
import { listAll } from './list-all';
import { pendingMarker, type PendingMarker } from './pending-marker';

/** The scope of the marker that every delivery has; the other scopes are keys of changes, which have a hyphen. */
const EVERY = 'delivery';
/** Far longer than any query lags behind; after that the list of the markers is enough. */
const LAG_SECONDS = 60 * 60;
/** No writer lives that long (a web trigger has 55 s): what is still without a record was never accepted. */
const ABANDONED_MS = 24 * 60 * 60 * 1000;

/** Says, before the delivery exists, that its facts are not recorded yet: first for all, then for each change. */
export async function markPending(ports: Ports, delivery: string, marker: PendingMarker): Promise<void> {
  await ports.store.set(pendingKey(EVERY, delivery), marker);
  for (const change of marker.changes) {
    await ports.store.set(pendingKey(change, delivery), marker.since);
    await ports.store.set(newestPendingKey(change), delivery, { ttlSeconds: LAG_SECONDS });
  }
}

export const isPending = async (ports: Ports, delivery: string): Promise<boolean> =>
  (await ports.store.get(pendingKey(EVERY, delivery))) !== undefined;

/** Takes the markers away, the one by which they are found last. */
export async function clearPending(ports: Ports, delivery: string): Promise<void> {
  const marker = await readMarker(ports, delivery);
  for (const change of marker?.changes ?? []) await ports.store.delete(pendingKey(change, delivery));
  await ports.store.delete(pendingKey(EVERY, delivery));
}

/**
 * Whether facts that name this change were accepted and are not recorded yet. The list of the markers is eventually
 * consistent; the newest delivery, which it may not show yet, is looked up by key.
 */
export async function isChangePending(ports: Ports, key: string): Promise<boolean> {
  const [listed, newest] = await Promise.all([
    listAll(ports.store, pendingPrefix(key)),
    ports.store.get(newestPendingKey(key)),
  ]);
  const markers = [...listed.map((item) => item.key), ...(isName(newest) ? [pendingKey(key, newest)] : [])];
  // Read by key: a list may also show for a while what was taken away.
  const still = await ports.store.getMany([...new Set(markers)]);
  return still.some((marker) => marker !== undefined);
}

const isName = (value: unknown): value is string => typeof value === 'string';

/** How many deliveries were stored and are not recorded yet. Eventually consistent. */
export const countPending = async (ports: Ports): Promise<number> => (await pendingDeliveries(ports)).length;

/**
 * Queues every delivery again that was stored and never recorded, and removes what a writer left behind that never got
 * as far as accepting. To be called on schedule; harmless at any time, because recording twice adds nothing.
 */
export async function sweepPending(ports: Ports): Promise<void> {
  for (const delivery of await pendingDeliveries(ports)) {
    if ((await ports.store.get(deliveryKey(delivery))) !== undefined) {
      await ports.jobs.push({ job: 'record-delivery', delivery });
      continue;
    }
    // Read again: the list may show the marker of an attempt that has been replaced since.
    const marker = await readMarker(ports, delivery);
    const age = marker === undefined ? 0 : ports.clock.now().getTime() - Date.parse(marker.since);
    if (marker !== undefined && age > ABANDONED_MS) await removeAbandoned(ports, delivery, marker);
  }
}

async function removeAbandoned(ports: Ports, delivery: string, marker: PendingMarker): Promise<void> {
  await deleteChunks(ports.store, marker.chunks, (i) => deliveryChunkKey(delivery, i));
  await deleteChunks(ports.store, marker.quarantineChunks, (i) => quarantineChunkKey(delivery, i));
  await ports.store.delete(quarantineKey(delivery));
  await clearPending(ports, delivery);
}

async function pendingDeliveries(ports: Ports): Promise<readonly string[]> {
  const prefix = pendingPrefix(EVERY);
  return (await listAll(ports.store, prefix)).map(({ key }) => key.slice(prefix.length));
}

async function readMarker(ports: Ports, delivery: string): Promise<PendingMarker | undefined> {
  const marker = pendingMarker.safeParse(await ports.store.get(pendingKey(EVERY, delivery)));
  return marker.success ? marker.data : undefined;
}
