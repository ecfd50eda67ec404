import { newestUnreadKey, pendingPrefix, unreadKey, unreadPrefix } from '../../ledger/keys';
import type { Ports } from '../../ports/ports';
import { listAll } from './list-all';

/** Far longer than any query lags behind; after that the list of the markers is enough. */
const LAG_SECONDS = 60 * 60;

/**
 * Says that the files of a delivery are still to be read for a change, and queues that. To be called before the delivery
 * is pending no more: what the files state may bar somebody, so the deploy gate waits for it. A queue that is down is no
 * reason to fail: the scheduled sweep finds the marker.
 */
export async function markUnread(ports: Ports, delivery: string, issueId: string): Promise<void> {
  await ports.store.set(unreadKey(issueId, delivery), { since: ports.clock.now().toISOString() });
  await ports.store.set(newestUnreadKey(issueId), delivery, { ttlSeconds: LAG_SECONDS });
  try {
    await ports.jobs.push({ job: 'read-files', delivery, issueId });
  } catch (failure) {
    ports.log.error('files of a delivery were not queued to be read and wait for the sweep', failure);
  }
}

export const clearUnread = (ports: Pick<Ports, 'store'>, delivery: string, issueId: string): Promise<void> =>
  ports.store.delete(unreadKey(issueId, delivery));

/**
 * Deliveries with files that are still to be read for a change. The list of the markers is eventually consistent; the
 * newest, which it may not show yet, is looked up by key.
 */
export async function unreadOf(ports: Pick<Ports, 'store'>, issueId: string): Promise<readonly string[]> {
  const prefix = unreadPrefix(issueId);
  const [listed, newest] = await Promise.all([listAll(ports.store, prefix), ports.store.get(newestUnreadKey(issueId))]);
  const named = new Set(listed.map(({ key }) => key.slice(prefix.length)));
  if (typeof newest === 'string') named.add(newest);
  const deliveries = [...named];
  // Read by key: a list may also show for a while what was taken away.
  const still = await ports.store.getMany(deliveries.map((delivery) => unreadKey(issueId, delivery)));
  return deliveries.filter((_, i) => still[i] !== undefined);
}

/** Queues the reading of files again whose job was lost. To be called on schedule; harmless at any time. */
export async function sweepUnread(ports: Ports): Promise<void> {
  for (const { key } of await listAll(ports.store, unreadPrefix())) {
    const [issueId = '', delivery = ''] = key.slice(unreadPrefix().length).split(':');
    await ports.jobs.push({ job: 'read-files', delivery, issueId });
  }
}

/** How many deliveries that name a change are accepted and neither recorded nor read. Eventually consistent. */
export async function countWaiting(
  ports: Pick<Ports, 'store'>,
  change: { readonly key: string; readonly issueId: string },
): Promise<number> {
  const prefix = pendingPrefix(change.key);
  const [unread, pending] = await Promise.all([unreadOf(ports, change.issueId), listAll(ports.store, prefix)]);
  return new Set([...unread, ...pending.map(({ key }) => key.slice(prefix.length))]).size;
}
