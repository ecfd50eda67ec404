import { events } from '@forge/bridge';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { ChangeView, PackView } from '../../../src/contract/panel';
import { METHODS } from '../../../src/contract/panel';
import { ask } from '../bridge/ask';

export interface ChangeState {
  readonly view: ChangeView | null;
  /** Why the newest reading failed; with a `view` beside it, that view is older. */
  readonly error: unknown;
  /** The server's clock, ticking on from the last reading. */
  readonly now: Date;
  readonly refresh: () => Promise<void>;
  /** Takes over a newer view that an action answered with. */
  readonly accept: (view: ChangeView) => void;
  readonly acceptPack: (pack: PackView) => void;
}

/** Jira says `JIRA_ISSUE_CHANGED` within seconds of an edit, and several times for one save. */
const SETTLE_MS = 400;
const TICK_MS = 30_000;

interface Reading {
  readonly view: ChangeView;
  readonly readAt: number;
}

/**
 * Reads the change with one call, and again whenever Jira says that the issue changed. The shown view stays until a
 * newer one is there; an answer that was overtaken is dropped.
 */
export function useChange(): ChangeState {
  const [reading, setReading] = useState<Reading | null>(null);
  const [error, setError] = useState<unknown>(null);
  const newest = useRef(0);
  const shown = useRef(false);

  const accept = useCallback((view: ChangeView) => {
    newest.current += 1;
    shown.current = true;
    setReading({ view, readAt: Date.now() });
    setError(null);
  }, []);

  const acceptPack = useCallback((pack: PackView) => {
    setReading((current) => (current === null ? null : { ...current, view: withPack(current.view, pack) }));
  }, []);

  const refresh = useCallback(async () => {
    const mine = (newest.current += 1);
    if (!shown.current) setError(null);
    try {
      const view = await ask(METHODS.readChange);
      if (mine === newest.current) accept(view);
    } catch (failure) {
      if (mine === newest.current) setError(failure);
    }
  }, [accept]);

  useEffect(() => void refresh(), [refresh]);
  useIssueChanged(refresh);
  const tick = useTick();

  const now =
    reading === null ? new Date(tick) : new Date(Date.parse(reading.view.now) + Math.max(0, tick - reading.readAt));
  return { view: reading?.view ?? null, error, now, refresh, accept, acceptPack };
}

function withPack(view: ChangeView, pack: PackView): ChangeView {
  const known = view.packs.some((other) => other.id === pack.id);
  return {
    ...view,
    packs: known ? view.packs.map((other) => (other.id === pack.id ? pack : other)) : [pack, ...view.packs],
  };
}

function useIssueChanged(refresh: () => Promise<void>): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const subscription = events.on('JIRA_ISSUE_CHANGED', () => {
      clearTimeout(timer);
      timer = setTimeout(() => void refresh(), SETTLE_MS);
    });
    subscription.catch((cause: unknown) => {
      console.warn('Jira does not tell this frame about edits; the panel is as of when it was opened.', cause);
    });
    return () => {
      clearTimeout(timer);
      void subscription.then(({ unsubscribe }) => unsubscribe()).catch(() => undefined);
    };
  }, [refresh]);
}

function useTick(): number {
  const [tick, setTick] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setTick(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return tick;
}
