import { useEffect, useRef } from 'react';
import type { PackView } from '../../../src/contract/panel';
import { METHODS } from '../../../src/contract/panel';
import { ask } from '../bridge/ask';
import type { ChangeState } from './use-change';

const POLL_MS = 1_000;
/** Of the platform's 1,200 calls a minute and user, a forgotten tab may cost 12. */
const SLOWEST_MS = 5_000;

const isUnfinished = ({ state }: PackView): boolean => state === 'queued' || state === 'assembling';

/**
 * Follows packs that are being made until each is ready or failed, also those that were started before this page was
 * opened. A failed look is repeated more slowly: the pack itself goes on.
 */
export function useUnfinishedPacks(
  packs: readonly PackView[],
  change: ChangeState,
  announce: (text: string) => void,
): void {
  const unfinished = packs.filter(isUnfinished).map(({ id }) => id);
  const latest = useRef({ change, announce });
  latest.current = { change, announce };
  const following = unfinished.join(' ');
  useEffect(() => {
    if (following === '') return undefined;
    let wait = POLL_MS;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let stopped = false;
    const look = async () => {
      try {
        const read = await Promise.all(following.split(' ').map((pack) => ask(METHODS.readPack, { pack })));
        if (isStopped()) return;
        read.forEach((pack) => latest.current.change.acceptPack(pack));
        const finished = read.filter((pack) => !isUnfinished(pack));
        for (const { state } of finished) {
          latest.current.announce(
            state === 'ready' ? 'The evidence pack is ready.' : 'The evidence pack could not be made.',
          );
        }
        if (finished.length > 0) await latest.current.change.refresh();
        wait = POLL_MS;
      } catch {
        wait = Math.min(wait * 2, SLOWEST_MS);
      }
      if (!isStopped()) timer = setTimeout(() => void look(), wait);
    };
    const isStopped = () => stopped;
    timer = setTimeout(() => void look(), wait);
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [following]);
}
