import * as z from '#zod';
import { readingKey } from '../../ledger/keys';
import type { Ports } from '../../ports/ports';

const shape = z.lazy(() =>
  z.object({
    salt: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
    begun: z.number(),
    digest: z.exactOptional(z.string()),
  }),
);

/**
 * A file that is being read for a change: the salt of its statements, how often reading it was begun, and the digest under
 * which its statements were last about to be stored.
 */
export type Reading = z.infer<typeof shape>;

/** A reading that killed its process this often is not tried again. */
export const MAX_BEGUN = 3;

export interface ReadingOf {
  readonly issueId: string;
  readonly delivery: string;
  readonly index: number;
}

const keyOf = ({ issueId, delivery, index }: ReadingOf): string => readingKey(issueId, delivery, index);

/** The first salt stays, so that whoever of two readers is first writes the same bytes as the other. */
export async function openReading(ports: Ports, of: ReadingOf): Promise<Reading> {
  const fresh: Reading = { salt: ports.random.salt(), begun: 0 };
  if ((await ports.store.create(keyOf(of), fresh)) === 'created') return fresh;
  const kept = shape.safeParse(await ports.store.get(keyOf(of)));
  if (kept.success) return kept.data;
  await ports.store.set(keyOf(of), fresh);
  return fresh;
}

/** Noted before the file is read, and taken back once that came to an end: what is left over was killed. */
export const noteBegun = (ports: Ports, of: ReadingOf, reading: Reading): Promise<void> =>
  ports.store.set(keyOf(of), { ...reading, begun: reading.begun + 1 });
export const noteEnded = (ports: Ports, of: ReadingOf, reading: Reading): Promise<void> =>
  ports.store.set(keyOf(of), { ...reading, begun: 0 });

export const closeReading = (ports: Ports, of: ReadingOf): Promise<void> => ports.store.delete(keyOf(of));
