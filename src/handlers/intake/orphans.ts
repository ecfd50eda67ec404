import * as z from '#zod';
import { ORPHAN_PREFIX, orphanKey } from '../../ledger/keys';
import type { Ports } from '../../ports/ports';
import { listAll } from './list-all';

const orphan = z.lazy(() =>
  z.object({
    source: z.string(),
    event: z.string(),
    deliveryId: z.nullable(z.string()),
    receivedAt: z.string(),
    /** Keys that it names and that are no controlled change, or that its facts could not be recorded on. */
    names: z.array(z.string()),
    reason: z.enum(['names-no-change', 'no-such-change', 'not-recordable']),
  }),
);
export type Orphan = z.infer<typeof orphan>;

/** Lists a delivery that became no entry of any change. The delivery itself stays. */
export const listOrphan = (ports: Ports, delivery: string, said: Orphan): Promise<void> =>
  ports.store.set(orphanKey(delivery), said);

/** Deliveries that became no entry of any change, newest first. */
export async function readOrphans(ports: Ports): Promise<readonly Orphan[]> {
  const items = await listAll(ports.store, ORPHAN_PREFIX);
  const orphans = items.flatMap(({ value }) => {
    const known = orphan.safeParse(value);
    return known.success ? [known.data] : [];
  });
  return orphans.sort((a, b) => b.receivedAt.localeCompare(a.receivedAt));
}
