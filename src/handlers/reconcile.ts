import { LAST_RUN_KEY } from '../ledger/keys';
import type { Ports } from '../ports/ports';
import { sweepAdoptions } from './adoption/record';
import { sweepUploads } from './files/sweep';
import { sweepUnread } from './intake/unread';
import { sweepPacks } from './packs/unfinished';
import { checkHealth } from './health/check';
import { sweepOrphans } from './orphans/sweep';
import { settlePeople } from './people/store';
import { settlePolicy } from './policy/store';
import { settleTrust } from './trust/store';
import { sweepPending } from './record-delivery';
import { queueDueRefreshes } from './refresh-all';

/**
 * The hourly trigger: product events may be late or never come, so known changes are read again, and deliveries
 * that were stored but not recorded, files not read and packs whose job was lost are queued again, and what somebody
 * began to hand in and left is taken away. The policy, the people map and the signing keys in force are brought in line
 * with the ledger, and the controls are checked; the check comes before this run is noted, so that it sees when the
 * one before it was. Duplicates of this run are harmless.
 */
export async function reconcile(ports: Ports): Promise<void> {
  await settlePolicy(ports);
  await settlePeople(ports);
  await settleTrust(ports);
  await sweepPending(ports);
  await sweepUnread(ports);
  await sweepUploads(ports);
  await sweepPacks(ports);
  await sweepAdoptions(ports);
  await sweepOrphans(ports);
  await queueDueRefreshes(ports);
  try {
    await checkHealth(ports, 'app');
  } finally {
    await ports.store.set(LAST_RUN_KEY, { at: ports.clock.now().toISOString() });
  }
}
