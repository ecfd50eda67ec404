import * as z from '#zod';
import type { NamedItem } from '../../evidence/item';
import { ORPHAN_PREFIX, orphanKey } from '../../ledger/keys';
import type { Ports } from '../../ports/ports';
import { listAll } from '../intake/list-all';
import { isHandled } from './acts';

const text = z.lazy(() => z.string());

/** What the delivery tells, in identifiers: nothing that somebody wrote, so that a list can be shown to those who decide. */
const about = z.lazy(() =>
  z.object({
    /** How many facts of which kind. */
    kinds: z.record(text, z.number()),
    repository: z.nullable(text),
    environment: z.nullable(text),
    /** The first few, in full. */
    commits: z.array(text),
  }),
);
export type OrphanAbout = z.infer<typeof about>;

export const orphanSchema = z.lazy(() =>
  z.object({
    source: z.string(),
    event: z.string(),
    deliveryId: z.nullable(z.string()),
    receivedAt: z.string(),
    /** Keys that it names and that are no controlled change, or that its facts could not be recorded on. */
    names: z.array(z.string()),
    reason: z.enum(['names-no-change', 'no-such-change', 'not-recordable', 'change-not-open']),
    /** Absent in records of the time before it was kept, and when the content cannot be read. */
    about: z.exactOptional(about),
  }),
);
export type Orphan = z.infer<typeof orphanSchema>;
export interface ListedOrphan extends Orphan {
  /** The name of the delivery. */
  readonly delivery: string;
}

const COMMITS_SHOWN = 5;

export function aboutOf(items: readonly NamedItem[]): OrphanAbout {
  const kinds: Record<string, number> = {};
  for (const { item } of items) kinds[item.kind] = (kinds[item.kind] ?? 0) + 1;
  return {
    kinds,
    repository: items.find(({ item }) => item.repository !== null)?.item.repository ?? null,
    environment: items.flatMap(({ item }) => item.attributes['environment'] ?? [])[0] ?? null,
    commits: [...new Set(items.flatMap(({ item }) => item.commits))].slice(0, COMMITS_SHOWN),
  };
}

/** Lists a delivery that no open change explains, unless somebody has seen to it already. The delivery itself stays. */
export async function listOrphan(ports: Ports, delivery: string, said: Orphan): Promise<void> {
  if (!(await isHandled(ports, delivery))) await ports.store.set(orphanKey(delivery), said);
}

/** Deliveries that no open change explains and that nobody has seen to, newest first. Older ones: see ./archive. */
export async function readOrphans(ports: Pick<Ports, 'store'>): Promise<readonly ListedOrphan[]> {
  const items = await listAll(ports.store, ORPHAN_PREFIX);
  const orphans = items.flatMap(({ key, value }) => {
    const known = orphanSchema.safeParse(value);
    return known.success ? [{ ...known.data, delivery: key.slice(ORPHAN_PREFIX.length) }] : [];
  });
  return orphans.sort((a, b) => b.receivedAt.localeCompare(a.receivedAt));
}
