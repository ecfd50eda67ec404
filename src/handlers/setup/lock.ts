import * as z from '#zod';
import { SETUP_LOCK_KEY } from '../../ledger/keys';
import type { Ports } from '../../ports/ports';

/** Longer than a resolver may take (25 s), so that a lock of a call that still runs is never taken over. */
export const LOCK_SECONDS = 30;

const shape = z.lazy(() => z.object({ holder: z.string(), until: z.string() }));

/**
 * Runs the work while nobody else does; undefined when somebody else does. A call that was killed leaves its lock behind,
 * which ends by itself.
 */
export async function alone<T>(
  ports: Pick<Ports, 'store' | 'clock' | 'random'>,
  work: () => Promise<T>,
): Promise<T | undefined> {
  const { store, clock, random } = ports;
  const now = clock.now();
  const lock = { holder: random.id(), until: new Date(now.getTime() + LOCK_SECONDS * 1_000).toISOString() };
  const held = shape.safeParse(await store.get(SETUP_LOCK_KEY));
  if (held.success && held.data.until <= now.toISOString()) await store.delete(SETUP_LOCK_KEY);
  if ((await store.create(SETUP_LOCK_KEY, lock)) !== 'created') return undefined;
  try {
    return await work();
  } finally {
    await store.delete(SETUP_LOCK_KEY);
  }
}
