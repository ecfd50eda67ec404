import { setTimeout as sleep } from 'node:timers/promises';

/** A failed call to the platform, told apart by what a repeat of it could do. */
export interface PlatformFailure {
  /** The platform did not do it, or did it and lost the answer: a repeat may work. */
  readonly transient: boolean;
  readonly retryAfterSeconds?: number;
}

const DELAYS_MS = [25, 75, 200, 500];
const LONGEST_WAIT_MS = 2_000;

/**
 * Calls until it works, at most five times within about a second, and only while the failure is transient. The last
 * failure is thrown as it came. `attempt` 0 is the first: later ones may find that an earlier one was done after all.
 */
export async function withRetry<T>(
  call: (attempt: number) => Promise<T>,
  classify: (failure: unknown) => PlatformFailure,
): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await call(attempt);
    } catch (failure) {
      const delay = DELAYS_MS[attempt];
      const { transient, retryAfterSeconds } = classify(failure);
      if (!transient || delay === undefined) throw failure;
      const asked = (retryAfterSeconds ?? 0) * 1_000;
      // A longer Retry-After than a person or a sender would wait for is left to the queue's own retry.
      if (asked > LONGEST_WAIT_MS) throw failure;
      await sleep(Math.max(delay, asked));
    }
  }
}
