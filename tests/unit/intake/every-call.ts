import type { Fault, StoreCall } from '../../fakes/store';

/** What goes wrong at the n-th call of storage. */
export type Plan = readonly [name: string, faultAt: (n: number) => (call: StoreCall) => Fault | undefined];

export const PLANS: readonly Plan[] = [
  ['nothing is done at the n-th call', (n) => (call) => (call.n === n ? 'before' : undefined)],
  ['the answer of the n-th call is lost', (n) => (call) => (call.n === n ? 'after' : undefined)],
  ['the process dies before the n-th call', (n) => (call) => (call.n >= n ? 'before' : undefined)],
  [
    'the process dies after the n-th call',
    (n) => (call) => (call.n === n ? 'after' : call.n > n ? 'before' : undefined),
  ],
];

/** Runs `attempt` with a fault at call n = 1, 2, … until a run has no n-th call any more; answers how many it took. */
export async function forEveryCall(attempt: (n: number) => Promise<boolean>): Promise<number> {
  for (let n = 1; ; n++) if (!(await attempt(n))) return n;
}
