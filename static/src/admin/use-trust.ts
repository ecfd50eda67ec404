import { useCallback, useEffect, useState } from 'react';
import { METHODS } from '../../../src/contract/panel';
import type { KeyView, TrustView } from '../../../src/contract/trust';
import { ask, sayFailure } from '../bridge/ask';

export interface TrustEditing {
  readonly view: TrustView | null;
  readonly readError: unknown;
  readonly busy: boolean;
  readonly error: string | null;
  readonly done: string | null;
  /** True once it is saved. */
  readonly register: (payload: Readonly<Record<string, unknown>>) => Promise<boolean>;
  readonly revoke: (key: KeyView, from: string, reason: string) => Promise<boolean>;
  readonly forget: () => void;
  readonly retry: () => void;
}

/** The registered signing keys: read, and added to or revoked one act at a time. */
export function useTrust(): TrustEditing {
  const [view, setView] = useState<TrustView | null>(null);
  const [readError, setReadError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const read = useCallback(async () => {
    setReadError(null);
    try {
      setView(await ask(METHODS.readTrust));
    } catch (failure) {
      setReadError(failure);
    }
  }, []);
  useEffect(() => void read(), [read]);
  const run = async (work: () => Promise<TrustView>, said: string): Promise<boolean> => {
    setBusy(true);
    setError(null);
    setDone(null);
    try {
      setView(await work());
      setDone(said);
      return true;
    } catch (failure) {
      setError(sayFailure(failure));
      return false;
    } finally {
      setBusy(false);
    }
  };
  const basedOn = view?.version;
  return {
    view,
    readError,
    busy,
    error,
    done,
    register: (payload) =>
      run(
        () => ask(METHODS.registerKeys, { ...payload, basedOn }),
        'Registered. What comes in from now on is checked against it; a file that was read before is checked when it is handed in again.',
      ),
    revoke: ({ id, label }, from, reason) =>
      run(() => ask(METHODS.revokeKey, { basedOn, key: id, from, reason }), `“${label}” is revoked.`),
    forget: () => {
      setError(null);
      setDone(null);
    },
    retry: () => void read(),
  };
}
