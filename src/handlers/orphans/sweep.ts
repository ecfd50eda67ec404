import { ORPHAN_UNFINISHED_PREFIX, orphanUnfinishedKey } from '../../ledger/keys';
import { Unavailable, type Ports } from '../../ports/ports';
import { listAll } from '../intake/list-all';
import { readActs } from './acts';
import { boundOrphans } from './archive';
import { finishDismissal } from './finish';
import { BROKEN_OFF_MS, completed } from './open';

/** Jira's search is asked for what was created within the last day; nobody is at it any more by then. */
const DAY_MS = 86_400_000;

/**
 * Completes what somebody set out to do about an unexplained delivery and did not get to the end of, and keeps the list
 * within its limit. To be called on schedule; harmless at any time.
 */
export async function sweepOrphans(ports: Ports): Promise<void> {
  for (const { key } of await listAll(ports.store, ORPHAN_UNFINISHED_PREFIX)) {
    const delivery = key.slice(ORPHAN_UNFINISHED_PREFIX.length);
    try {
      await sweepOne(ports, delivery);
    } catch (failure) {
      if (failure instanceof Unavailable) throw failure;
      // One that cannot be completed must not keep the others waiting.
      ports.log.error('what was begun about an unexplained delivery could not be completed', failure);
    }
  }
  await boundOrphans(ports);
}

async function sweepOne(ports: Ports, delivery: string): Promise<void> {
  const acts = await readActs(ports, delivery);
  const last = acts.at(-1);
  if (last?.act === 'dismiss') return finishDismissal(ports, delivery, last);
  const age = last === undefined ? DAY_MS : ports.clock.now().getTime() - Date.parse(last.at);
  if (age < BROKEN_OFF_MS) return;
  if ((await completed(ports, delivery, acts)) !== undefined) return;
  // No change was made: it stays on the list for the next person.
  if (age >= DAY_MS || last?.act === 'refused') await ports.store.delete(orphanUnfinishedKey(delivery));
}
