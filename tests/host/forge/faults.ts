import * as z from 'zod/mini';

const share = z.optional(z.number().check(z.minimum(0), z.maximum(1)));
const every = z.optional(z.int().check(z.minimum(1)));
const calls = { failEvery: every, failAfterWriteEvery: every, throttleEvery: every };

export const faultsSchema = z.strictObject({
  events: z.optional(
    z.strictObject({
      duplicate: share,
      drop: share,
      reorder: z.optional(z.boolean()),
      delayMs: z.optional(z.number().check(z.minimum(0))),
    }),
  ),
  kvs: z.optional(z.strictObject(calls)),
  jira: z.optional(
    z.strictObject({
      ...calls,
      status: z.optional(z.int().check(z.minimum(400), z.maximum(599))),
      retryAfter: z.optional(z.number().check(z.minimum(0))),
    }),
  ),
  crashAt: every,
});
export type FaultPlan = z.infer<typeof faultsSchema>;

/** What is to happen to one call of the app. */
export type CallFault = 'none' | 'fail' | 'fail-after-write' | 'throttle';

/** Named as in the plan. */
const nothingInjected = () => ({
  events: { duplicate: 0, drop: 0, reorder: 0, delayMs: 0 },
  kvs: { failEvery: 0, failAfterWriteEvery: 0, throttleEvery: 0 },
  jira: { failEvery: 0, failAfterWriteEvery: 0, throttleEvery: 0 },
  crashAt: 0,
});

/**
 * Faults injected into what the app does, never into calls from outside. Deterministic: every n-th call counts from
 * the moment the plan was set, shares are spread evenly, so a share of 0.5 takes every second delivery.
 */
export class Faults {
  #plan: FaultPlan = {};
  #injected = nothingInjected();
  #calls = { kvs: 0, kvsWrites: 0, jira: 0, jiraWrites: 0, durable: 0 };
  #shares = { duplicate: 0, drop: 0 };

  /** Replaces the plan; `{}` clears it. Every n-th call counts anew; what was injected stays counted. */
  set(plan: FaultPlan): void {
    this.#plan = plan;
    this.#calls = { kvs: 0, kvsWrites: 0, jira: 0, jiraWrites: 0, durable: 0 };
    this.#shares = { duplicate: 0, drop: 0 };
  }

  /** How many of each were injected since the site was started, and the plan in force. */
  report(): ReturnType<typeof nothingInjected> & { readonly plan: FaultPlan } {
    return { ...structuredClone(this.#injected), plan: this.#plan };
  }

  /** No faults, and none counted: as after a start. */
  forget(): void {
    this.set({});
    this.#injected = nothingInjected();
  }

  get jira(): { readonly status?: number | undefined; readonly retryAfter?: number | undefined } {
    return this.#plan.jira ?? {};
  }

  /** True once, at the n-th call of storage or push to a queue since the plan was set: its process is to be killed. */
  crashesNow(): boolean {
    if (this.#plan.crashAt === undefined) return false;
    this.#calls.durable += 1;
    if (this.#calls.durable !== this.#plan.crashAt) return false;
    this.#injected.crashAt += 1;
    return true;
  }

  ofCall(service: 'kvs' | 'jira', write: boolean): CallFault {
    const plan = this.#plan[service];
    if (plan === undefined) return 'none';
    const injected = this.#injected[service];
    const calls = (this.#calls[service] += 1);
    const writes = write ? (this.#calls[`${service}Writes`] += 1) : 0;
    if (due(plan.throttleEvery, calls)) {
      injected.throttleEvery += 1;
      return 'throttle';
    }
    if (due(plan.failEvery, calls)) {
      injected.failEvery += 1;
      return 'fail';
    }
    if (write && due(plan.failAfterWriteEvery, writes)) {
      injected.failAfterWriteEvery += 1;
      return 'fail-after-write';
    }
    return 'none';
  }

  /** How an event or job that was accepted is to arrive. Jobs are promised at least once and are never dropped. */
  ofDelivery(kind: 'event' | 'job'): { readonly copies: number; readonly delayMs: number; readonly shuffle: boolean } {
    const plan = this.#plan.events ?? {};
    const { events } = this.#injected;
    if (kind === 'event' && this.#share('drop', plan.drop)) {
      events.drop += 1;
      return { copies: 0, delayMs: 0, shuffle: false };
    }
    const twice = this.#share('duplicate', plan.duplicate);
    if (twice) events.duplicate += 1;
    if (plan.reorder === true) events.reorder += 1;
    if ((plan.delayMs ?? 0) > 0) events.delayMs += 1;
    return { copies: twice ? 2 : 1, delayMs: plan.delayMs ?? 0, shuffle: plan.reorder === true };
  }

  #share(which: 'duplicate' | 'drop', share: number | undefined): boolean {
    this.#shares[which] += share ?? 0;
    // A sum of shares such as 0.1 ten times stays a hair below the whole number.
    if (this.#shares[which] < 1 - 1e-9) return false;
    this.#shares[which] -= 1;
    return true;
  }
}

const due = (every: number | undefined, count: number): boolean => every !== undefined && count % every === 0;
