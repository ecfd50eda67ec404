import type { Drive } from './drive';

const MOST_CALLS = 80;

const crashes = async (drive: Drive): Promise<number> =>
  ((await drive.as('admin').request('GET', '/forge/faults')) as { crashAt: number }).crashAt;

/** Kills the handler's process at the n-th storage call or push of the operation, for n = 1, 2, 3 … until it survives. */
export async function killedEverywhere(
  drive: Drive,
  operate: (n: number) => Promise<void>,
  check: (n: number) => Promise<void>,
): Promise<number> {
  for (let n = 1; n <= MOST_CALLS; n += 1) {
    const before = await crashes(drive);
    await drive.faults({ crashAt: n });
    await operate(n);
    const met = (await crashes(drive)) > before;
    await drive.faults({});
    await check(n);
    if (!met) return n;
  }
  throw new Error(`the operation still met a crash at call ${MOST_CALLS}`);
}
