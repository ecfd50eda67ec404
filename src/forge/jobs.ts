import { Queue } from '@forge/events';
import type { Jobs } from '../ports/ports';
import { Unavailable } from '../ports/ports';
import { withRetry } from './retry';

/** The queue named in the manifest's consumer. Delivered at least once, within 24 hours, in no order. */
export const forgeJobs: Jobs = {
  async push(job, options) {
    const event = {
      body: { ...job },
      ...(options?.delaySeconds === undefined ? {} : { delayInSeconds: options.delaySeconds }),
      ...(options?.onePerKey === undefined ? {} : { concurrency: { key: options.onePerKey, limit: 1 } }),
    };
    try {
      await withRetry(
        () => new Queue({ key: 'change-jobs' }).push(event),
        () => ({ transient: true }),
      );
    } catch (cause) {
      throw new Unavailable('queue', `The job ${job.job} could not be queued`, { cause });
    }
  },
};
