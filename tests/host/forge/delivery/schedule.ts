import { SITE, moduleAri, type Manifest } from '../manifest';
import type { DeliveryRows } from './rows';

const INTERVAL_MILLIS = { fiveMinute: 300_000, hour: 3_600_000, day: 86_400_000, week: 604_800_000 } as const;
/** "Scheduled triggers start about five minutes after the deployment." */
const FIRST_MILLIS = 300_000;

/**
 * Scheduled triggers, by the site's clock. A clock that jumps over several runs makes one; a run that the site's end
 * cut short is made again, as Forge warns of duplicates.
 */
export class Schedule {
  /** While true nothing comes due: for a clock that is moved by weeks to and fro while a new site is filled. */
  held = false;

  constructor(
    private readonly manifest: Manifest,
    private readonly rows: DeliveryRows,
  ) {}

  /** Owes every trigger that came due. True when there was one. */
  check(): boolean {
    if (this.held) return false;
    let any = false;
    for (const { key, function: functionKey, interval } of this.manifest.modules.scheduledTrigger) {
      const now = this.rows.now();
      const next = this.rows.scheduledFor(key);
      if (next === undefined) this.rows.schedule(key, now + FIRST_MILLIS);
      if (next === undefined || next > now) continue;
      this.rows.schedule(key, now + INTERVAL_MILLIS[interval]);
      if (this.rows.isPending(key)) continue;
      any = true;
      this.rows.add({
        kind: 'scheduled',
        moduleKey: key,
        functionKey,
        payload: this.payload(key),
        dueAt: now,
        jobId: null,
        concurrency: null,
        isCopy: false,
      });
    }
    return any;
  }

  /** What a scheduled function is given; there is no person. */
  payload(moduleKey: string): Record<string, unknown> {
    return { context: { cloudId: SITE.cloudId, moduleKey: moduleAri(this.manifest, moduleKey) } };
  }
}
