import { useEffect, useRef } from 'react';
import type { ChangeView } from '../../../src/contract/panel';
import { METHODS } from '../../../src/contract/panel';
import { ask } from '../bridge/ask';
import type { ChangeState } from './use-change';

/** After the panel is shown and has had time for everything else. */
const AFTER_MS = 1_500;

/**
 * Has development information read as the viewer once a day, since only a person can read it: after the panel is shown,
 * once for each opening, and without a word when it fails, because nobody asked for it. The section says how it went.
 */
export function useDevelopment(view: ChangeView, change: ChangeState): void {
  const asked = useRef(false);
  const { due } = view.fromJira.development;
  const { refresh } = change;
  useEffect(() => {
    if (!due || asked.current) return undefined;
    const timer = setTimeout(() => {
      asked.current = true;
      // Read again rather than taken over: whatever was done meanwhile is newer than that answer.
      ask(METHODS.readDevelopment).then(refresh, () => undefined);
    }, AFTER_MS);
    return () => clearTimeout(timer);
  }, [due, refresh]);
}
