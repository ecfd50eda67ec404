import { ISSUE_PREFIX } from '../ledger/keys';
import type { Ports } from '../ports/ports';
import { sweepAdoptions } from './adoption/record';
import { sweepPacks } from './packs/unfinished';
import { sweepOrphans } from './orphans/sweep';
import { settlePeople } from './people/store';
import { settlePolicy } from './policy/store';
import { sweepPending } from './record-delivery';

/**
 * The hourly trigger: product events may be late or never come, so every known change is read again, and deliveries
 * that were stored but not recorded, and packs whose job was lost, are queued again. The policy and the people map in force
 * are brought in line with the ledger. Duplicates of this run are harmless.
 */
export async function reconcile(ports: Ports): Promise<void> {
  await settlePolicy(ports);
  await settlePeople(ports);
  await sweepPending(ports);
  await sweepPacks(ports);
  await sweepAdoptions(ports);
  await sweepOrphans(ports);
  await queueRefreshes(ports);
}

/** Every change that the app knows is read again, each in a job of its own. */
export async function queueRefreshes(ports: Ports): Promise<void> {
  let cursor: string | undefined;
  do {
    const page = await ports.store.list(ISSUE_PREFIX, cursor);
    for (const { key } of page.items) {
      const issueId = key.slice(ISSUE_PREFIX.length);
      await ports.jobs.push({ job: 'refresh-change', issueId }, { onePerKey: `change-${issueId}` });
    }
    cursor = page.next;
  } while (cursor !== undefined);
}
