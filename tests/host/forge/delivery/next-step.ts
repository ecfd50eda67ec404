import * as z from 'zod/mini';
import { EVENT, QUEUE } from '../limits';
import type { Outcome } from '../process/pool';
import type { DeliveryKind, RetryNote } from './rows';

export type NextStep =
  | { readonly step: 'delivered' }
  | { readonly step: 'again'; readonly afterMillis: number; readonly note: RetryNote }
  | { readonly step: 'dead'; readonly error: string };

/** What InvocationError of @forge/events serialises to when a function returns it. */
const retryRequest = z.object({
  _retry: z.literal(true),
  retryOptions: z.optional(
    z.object({
      retryAfter: z.optional(z.number()),
      retryReason: z.optional(z.string()),
      retryData: z.optional(z.unknown()),
    }),
  ),
});

/**
 * What follows an attempt. Jobs ("Async events"): every failure is tried again, with a growing pause, until 24 hours
 * have passed. Product events and post functions ("Events"): only a returned InvocationError or an error of the
 * platform (crash, time limit) is, at most 4 times; a throw is not. Scheduled triggers: never.
 */
export function nextStep(kind: DeliveryKind, attempt: number, age: number, outcome: Outcome): NextStep {
  const asked = outcome.kind === 'returned' ? retryRequest.safeParse(outcome.value) : undefined;
  if (outcome.kind === 'returned' && asked?.success !== true) return { step: 'delivered' };
  const error = errorOf(outcome);
  if (kind === 'scheduled') return { step: 'dead', error };
  const options = asked?.success === true ? asked.data.retryOptions : undefined;
  const data = options?.retryData;
  if (data !== undefined && !isRetryData(data))
    return { step: 'dead', error: 'retryData is an object of at most 4 KB.' };
  const mayRepeat = kind === 'job' ? age < QUEUE.windowMillis : outcome.kind !== 'threw' && attempt < EVENT.retries;
  if (!mayRepeat) return { step: 'dead', error };
  const seconds = Math.min(options?.retryAfter ?? backoffSeconds(attempt), EVENT.retryAfterSeconds);
  const note = { reason: options?.retryReason ?? reasonOf(outcome), ...(data === undefined ? {} : { data }) };
  return { step: 'again', afterMillis: Math.max(1, seconds) * 1000, note };
}

/** Doubles from five seconds to about fifteen minutes. */
export const backoffSeconds = (attempt: number): number =>
  Math.min(5 * 2 ** Math.min(attempt, 20), QUEUE.longestBackoffSeconds);

const isRetryData = (data: unknown): boolean =>
  typeof data === 'object' &&
  data !== null &&
  !Array.isArray(data) &&
  Buffer.byteLength(JSON.stringify(data)) <= EVENT.retryDataBytes;

function reasonOf(outcome: Outcome): string {
  if (outcome.kind === 'timed-out') return 'FUNCTION_TIME_OUT';
  if (outcome.kind === 'crashed') return 'FUNCTION_PLATFORM_UNKNOWN_ERROR';
  return 'FUNCTION_RETRY_REQUEST';
}

export function errorOf(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'returned':
      return 'the function asked for one more attempt than there are';
    case 'threw':
      return `${outcome.error.name}: ${outcome.error.message}`;
    case 'crashed':
      return outcome.reason;
    case 'timed-out':
      return `the function did not end within ${outcome.seconds} s`;
  }
}
