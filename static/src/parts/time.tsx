import type { ReactElement } from 'react';
import { timeWords } from '../wording/times';
import { useViewing } from './viewing';

/** A moment in the viewer's zone (named), how long ago, and UTC on hover. A text that is no time is shown as it is. */
export function Time({ at, relative = true }: { readonly at: string; readonly relative?: boolean }): ReactElement {
  const viewing = useViewing();
  const words = timeWords(at, viewing.now, viewing);
  if (words === null) return <span>{at}</span>;
  return (
    <time dateTime={at} title={words.utc}>
      <span className="time-local">{words.local}</span>
      {relative && <span className="time-relative"> ({words.relative})</span>}
    </time>
  );
}
