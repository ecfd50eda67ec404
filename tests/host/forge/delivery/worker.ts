import type { Outcome } from '../process/pool';
import { nextStep } from './next-step';
import type { Delivery, DeliveryRows } from './rows';
import type { Schedule } from './schedule';
import { QUEUE } from '../limits';

const AT_ONCE = 4;
const LOOK_EVERY_MILLIS = 200;

export interface Delivered {
  events: number;
  jobs: number;
  retries: number;
}

/** What is owed did not come to an end in time. */
export class DrainTimeout extends Error {}

/** Makes the deliveries that are due, several at a time, for as long as the site runs. */
export class Worker {
  readonly #running = new Map<number, Delivery>();
  readonly #drains = new Set<Delivered>();
  #idle: (() => void)[] = [];
  #timer: NodeJS.Timeout | undefined;
  #soon = false;
  #stopped = true;

  constructor(
    private readonly rows: DeliveryRows,
    private readonly schedule: Schedule,
    private readonly deliver: (delivery: Delivery, payload: Record<string, unknown>) => Promise<Outcome>,
    private readonly report: (problem: string) => void,
  ) {}

  start(): void {
    this.#stopped = false;
    this.#timer = setInterval(() => this.#look(), LOOK_EVERY_MILLIS);
    this.wake();
  }

  /** Nothing new is started. What runs is not waited for: it stays owed, and is made again by the next start. */
  stop(): void {
    this.#stopped = true;
    clearInterval(this.#timer);
  }

  /** Looks soon, after the database transaction that called has ended. */
  wake(): void {
    if (this.#soon || this.#stopped) return;
    this.#soon = true;
    setImmediate(() => {
      this.#soon = false;
      this.#look();
    });
  }

  /** Makes everything that is owed without waiting for due times; the clock stays. Counts what was delivered. */
  async drain(mostMillis: number): Promise<Delivered> {
    const counts: Delivered = { events: 0, jobs: 0, retries: 0 };
    const end = Date.now() + mostMillis;
    this.#drains.add(counts);
    try {
      for (;;) {
        this.schedule.check();
        if (this.#running.size === 0 && this.rows.counts().pending === 0) return counts;
        const left = end - Date.now();
        if (left <= 0) throw new DrainTimeout('Deliveries are still pending.');
        this.wake();
        await this.#settled(left);
      }
    } finally {
      this.#drains.delete(counts);
    }
  }

  /** Resolves when a delivery has ended, or after a while. */
  #settled(mostMillis: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, Math.min(mostMillis, LOOK_EVERY_MILLIS));
      this.#idle.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  #look(): void {
    if (this.#stopped) return;
    this.schedule.check();
    const free = AT_ONCE - this.#running.size;
    if (free <= 0) return;
    for (const delivery of this.rows.next(this.#drains.size > 0, [...this.#running.keys()], 200)) {
      if (this.#running.size >= AT_ONCE) return;
      if (this.#mayRun(delivery)) void this.#make(delivery);
    }
  }

  /** Concurrency is per key, shared by all queues. */
  #mayRun({ concurrency }: Delivery): boolean {
    if (concurrency === null) return true;
    const running = [...this.#running.values()].filter((other) => other.concurrency?.key === concurrency.key);
    return running.length < concurrency.limit;
  }

  async #make(delivery: Delivery): Promise<void> {
    this.#running.set(delivery.id, delivery);
    try {
      const outcome = await this.deliver(delivery, this.#payload(delivery));
      // The site is ending: not acknowledged, so still owed.
      if (!this.#stopped) this.#settle(delivery, outcome);
    } catch (error) {
      this.report(`Delivery ${delivery.id} to ${delivery.functionKey} failed in the site: ${String(error)}`);
    } finally {
      this.#running.delete(delivery.id);
      for (const wake of this.#idle.splice(0)) wake();
      this.wake();
    }
  }

  #settle(delivery: Delivery, outcome: Outcome): void {
    const skipped = delivery.skipped + Math.max(0, delivery.dueAt - this.rows.now());
    const age = this.rows.now() - delivery.bornAt + skipped;
    const next = nextStep(delivery.kind, delivery.attempt, age, outcome);
    for (const counts of this.#drains) count(counts, delivery);
    if (next.step === 'delivered') {
      this.rows.delivered(delivery);
      return;
    }
    if (next.step === 'again') {
      this.rows.again(delivery, this.rows.now() + next.afterMillis, skipped, next.note);
      return;
    }
    this.rows.bury(delivery, next.error);
    this.report(`${delivery.kind} for ${delivery.functionKey} given up after ${delivery.attempt + 1}: ${next.error}`);
  }

  #payload(delivery: Delivery): Record<string, unknown> {
    const { payload, attempt, retry, bornAt, skipped } = delivery;
    if (attempt === 0) return { ...payload };
    const remainingTimeMs = Math.max(0, QUEUE.windowMillis - (this.rows.now() - bornAt + skipped));
    const retentionWindow = { startTime: new Date(bornAt).toISOString(), remainingTimeMs };
    return {
      ...payload,
      retryContext: {
        retryCount: attempt,
        retryReason: retry?.reason,
        ...(retry?.data === undefined ? {} : { retryData: retry.data }),
        ...(delivery.kind === 'job' ? { retentionWindow } : {}),
      },
    };
  }
}

/** Scheduled runs are waited for and not counted. */
function count(counts: Delivered, { kind, attempt }: Delivery): void {
  if (kind === 'scheduled') return;
  if (attempt > 0) counts.retries += 1;
  else if (kind === 'job') counts.jobs += 1;
  else counts.events += 1;
}
