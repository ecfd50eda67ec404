import { useEffect, useRef } from 'react';
import type { ReactElement, ReactNode } from 'react';
import type { Answers } from '../../../src/contract/panel';
import { NotRead } from '../parts/not-read';
import { Skeleton } from '../parts/skeleton';
import { useReading } from '../parts/use-reading';
import type { ReadMethod } from '../parts/use-reading';
import { useViewing, ViewingProvider } from '../parts/viewing';

interface LoadedProps<M extends ReadMethod> {
  readonly method: M;
  /** What is read, as in "the people": "Reading the people", "The people could not be read". */
  readonly what: string;
  readonly shown: boolean;
  /** Not read again when the section comes back to the front: something is being worked on in it. */
  readonly once?: boolean;
  readonly children: (answer: Answers[M], again: () => void) => ReactNode;
}

/** What a section shows of one reading: made when the section comes to the front, and again each time it does. */
export function Loaded<M extends ReadMethod>({
  method,
  what,
  shown,
  once = false,
  children,
}: LoadedProps<M>): ReactElement {
  const { answer, error, now, retry } = useReading(method);
  const viewing = useViewing();
  const wasShown = useRef(shown);
  useEffect(() => {
    if (shown && !wasShown.current && !once) retry();
    wasShown.current = shown;
  });
  if (error !== null) {
    return <NotRead title={`${capital(what)} could not be read`} error={error} onRetry={retry} />;
  }
  if (answer === null) return <Skeleton label={`Reading ${what}`} part />;
  return (
    <ViewingProvider value={{ ...viewing, now }}>
      <div className="stack sections" data-ready="true">
        {children(answer, retry)}
      </div>
    </ViewingProvider>
  );
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
