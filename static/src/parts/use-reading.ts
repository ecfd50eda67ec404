import { useCallback, useEffect, useState } from 'react';
import type { Answers } from '../../../src/contract/panel';
import { ask } from '../bridge/ask';

/** The methods that only read and take nothing. */
export type ReadMethod =
  'admin.read' | 'adopt.read' | 'health.read' | 'people.read' | 'register.read' | 'secrets.read' | 'setup.read';

export interface Reading<T> {
  readonly answer: T | null;
  readonly error: unknown;
  /** When it was read, by the browser's clock. */
  readonly now: Date;
  readonly retry: () => void;
}

/** One reading of a list, and again on request. */
export function useReading<M extends ReadMethod>(method: M): Reading<Answers[M]> {
  const [answer, setAnswer] = useState<Answers[M] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [now, setNow] = useState(() => new Date());
  const read = useCallback(async () => {
    setError(null);
    try {
      setAnswer(await ask(method));
      setNow(new Date());
    } catch (failure) {
      setError(failure);
    }
  }, [method]);
  useEffect(() => void read(), [read]);
  return { answer, error, now, retry: () => void read() };
}
