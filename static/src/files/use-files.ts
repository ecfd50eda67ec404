import { useCallback, useEffect, useRef, useState } from 'react';
import type { FilesView } from '../../../src/contract/files';
import { METHODS } from '../../../src/contract/panel';
import { ask } from '../bridge/ask';

export interface FilesReading {
  readonly view: FilesView | null;
  readonly error: unknown;
  /** True while it asks again by itself because something is being read. */
  readonly reading: boolean;
  readonly retry: () => void;
  /** A file with this digest was handed in and is to appear. */
  readonly expect: (digest: string) => void;
}

/** A file is read by a job, within seconds as a rule. */
const PAUSE_MS = 2_500;
/** After this many looks it is left to the person: a job that failed is tried again for hours. */
const LOOKS = 24;

/** The files of this change, read again for a while when some are still to come. */
export function useFiles(onChanged: () => void): FilesReading {
  const [view, setView] = useState<FilesView | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [expected, setExpected] = useState<readonly string[]>([]);
  const [looks, setLooks] = useState(0);
  const changed = useRef(onChanged);
  useEffect(() => void (changed.current = onChanged));
  const known = useRef<number | null>(null);
  const read = useCallback(async () => {
    setError(null);
    try {
      const next = await ask(METHODS.listFiles);
      setView(next);
      if (known.current !== null && known.current !== next.files.length) changed.current();
      known.current = next.files.length;
      setExpected((digests) => digests.filter((digest) => !next.files.some((file) => file.digest === digest)));
    } catch (failure) {
      setError(failure);
    }
  }, []);
  useEffect(() => void read(), [read]);
  const open = (view?.waiting ?? 0) > 0 || expected.length > 0;
  const reading = open && looks < LOOKS && error === null;
  useEffect(() => {
    if (!reading) return undefined;
    const timer = setTimeout(() => {
      setLooks((count) => count + 1);
      void read();
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [reading, looks, read, view]);
  return {
    view,
    error,
    reading,
    retry: () => {
      setLooks(0);
      void read();
    },
    expect: (digest) => {
      setLooks(0);
      setExpected((digests) => [...digests, digest]);
      void read();
    },
  };
}
