import { randomUUID } from 'node:crypto';
import type { SiteParts } from '../../contract';
import type { Faults } from '../faults';
import type { Push } from '../proxy/stargate';
import { jitter } from './jitter';
import type { DeliveryRows } from './rows';

const SHUFFLE_MILLIS = 2000;
const USUAL_MILLIS = 60;

/** Queues of the app. A push is in the database before it is answered, whole or not at all. */
export class JobQueue {
  readonly #random = jitter();

  constructor(
    private readonly parts: SiteParts,
    private readonly rows: DeliveryRows,
    private readonly faults: Faults,
    private readonly wake: () => void,
  ) {}

  push(push: Push, consumer: { readonly key: string; readonly function: string }, fromCopy: boolean): void {
    this.parts.transaction(() => {
      this.rows.addJob(push.jobId);
      for (const event of push.payload) {
        // What a duplicate queues is not doubled again: a chain of jobs would grow without end.
        const fault = fromCopy ? { copies: 1, delayMs: 0, shuffle: false } : this.faults.ofDelivery('job');
        const eventId = randomUUID();
        for (let copy = 0; copy < fault.copies; copy += 1) {
          const spread = this.#random() * (fault.shuffle ? SHUFFLE_MILLIS : USUAL_MILLIS);
          this.rows.add({
            kind: 'job',
            moduleKey: consumer.key,
            functionKey: consumer.function,
            payload: { body: event.body, queueName: push.queueName, jobId: push.jobId, eventId },
            dueAt: this.rows.now() + (event.delayInSeconds ?? 0) * 1000 + fault.delayMs + spread,
            jobId: push.jobId,
            concurrency: event.concurrency ?? null,
            isCopy: fromCopy || copy > 0,
          });
        }
      }
    });
    this.wake();
  }

  stats(jobId: string) {
    return this.rows.jobStats(jobId);
  }

  /** Drops what has not started. False when there is no such job. */
  cancel(jobId: string): boolean {
    if (this.rows.jobStats(jobId) === undefined) return false;
    this.rows.cancelJob(jobId);
    return true;
  }
}
