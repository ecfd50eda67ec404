import * as z from '#zod';
import { orphanArchiveKey, orphanKey, ORPHAN_ARCHIVE_STATE_KEY } from '../../ledger/keys';
import type { Ports } from '../../ports/ports';
import { orphanSchema, readOrphans, type ListedOrphan } from './list';

/** How many unexplained deliveries one reading of the list brings; older ones are moved into pages of their own. */
export const LIST_LIMIT = 1000;
/** A page takes at most 100 records and this many bytes, well below the 240 KiB of a stored value. */
const PAGE_SIZE = 100;
const PAGE_BYTES = 180 * 1024;

const ROUNDS = 20;

const state = z.lazy(() => z.object({ pages: z.number(), count: z.number(), until: z.string() }));
const page = z.lazy(() => z.array(z.object({ delivery: z.string(), orphan: orphanSchema })));

/** How many were moved out of the list, and when the newest of them came; null when none was. */
export async function archiveState(ports: Pick<Ports, 'store'>): Promise<z.infer<typeof state> | null> {
  return state.safeParse(await ports.store.get(ORPHAN_ARCHIVE_STATE_KEY)).data ?? null;
}

/** A page of those that were moved, from 0 for the oldest; empty for one that is not there. */
export async function archivedPage(ports: Pick<Ports, 'store'>, index: number): Promise<readonly ListedOrphan[]> {
  const known = page.safeParse(await ports.store.get(orphanArchiveKey(index)));
  return known.success ? known.data.map(({ delivery, orphan }) => ({ ...orphan, delivery })) : [];
}

/** On the list or moved out of it; undefined when it is, or was, on neither. */
export async function findOrphan(ports: Pick<Ports, 'store'>, delivery: string): Promise<ListedOrphan | undefined> {
  const listed = orphanSchema.safeParse(await ports.store.get(orphanKey(delivery)));
  if (listed.success) return { ...listed.data, delivery };
  const { pages } = (await archiveState(ports)) ?? { pages: 0 };
  for (let i = pages - 1; i >= 0; i -= 1) {
    const found = (await archivedPage(ports, i)).find((one) => one.delivery === delivery);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * Keeps the list within its limit: the oldest go into a page, which is created once, then out of the list. Broken off
 * between the two, they are in both for a while and are taken out by the next run. To be called on schedule.
 */
export async function boundOrphans(ports: Ports): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = (await archiveState(ports)) ?? { pages: 0, count: 0, until: '' };
    const moved = before.pages === 0 ? [] : await archivedPage(ports, before.pages - 1);
    for (const { delivery } of moved) await ports.store.delete(orphanKey(delivery));
    const listed = (await readOrphans(ports)).filter(({ delivery }) => !moved.some((one) => one.delivery === delivery));
    const oldest = fitting(await stillListed(ports, listed.slice(LIST_LIMIT).toReversed()));
    const newest = oldest.at(-1);
    if (newest === undefined) return;
    const index = before.pages;
    const value = oldest.map(({ delivery, ...orphan }) => ({ delivery, orphan }));
    // Another run has this page: it goes on with it.
    if ((await ports.store.create(orphanArchiveKey(index), value)) === 'exists') return adopt(ports, before);
    await ports.store.set(ORPHAN_ARCHIVE_STATE_KEY, {
      pages: index + 1,
      count: before.count + oldest.length,
      until: newest.receivedAt,
    });
  }
}

/** A page that was created by a run which broke off before it was counted. */
async function adopt(ports: Ports, before: { pages: number; count: number }): Promise<void> {
  const moved = await archivedPage(ports, before.pages);
  await ports.store.set(ORPHAN_ARCHIVE_STATE_KEY, {
    pages: before.pages + 1,
    count: before.count + moved.length,
    until: moved.at(-1)?.receivedAt ?? '',
  });
  for (const { delivery } of moved) await ports.store.delete(orphanKey(delivery));
}

/** Read by key: a query may show for a while what was taken away. */
async function stillListed(ports: Ports, orphans: readonly ListedOrphan[]): Promise<readonly ListedOrphan[]> {
  const some = orphans.slice(0, PAGE_SIZE);
  const values = await ports.store.getMany(some.map(({ delivery }) => orphanKey(delivery)));
  return some.filter((_, i) => values[i] !== undefined);
}

function fitting(orphans: readonly ListedOrphan[]): readonly ListedOrphan[] {
  const taken: ListedOrphan[] = [];
  let bytes = 0;
  for (const orphan of orphans) {
    bytes += Buffer.byteLength(JSON.stringify(orphan));
    if (bytes > PAGE_BYTES) break;
    taken.push(orphan);
  }
  return taken;
}
