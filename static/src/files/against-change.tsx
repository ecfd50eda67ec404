import type { ReactElement } from 'react';
import type { FileRowsView } from '../../../src/contract/files';
import { Time } from '../parts/time';
import { useViewing } from '../parts/viewing';
import { whoWords, windowWords } from '../wording/files';

const WINDOWS = ['inside', 'before', 'after', 'unknown'] as const;
const WHO = ['implementer', 'another', 'unknown', 'nobody'] as const;

/** What a log is held against, and how all of it stands to that. Nothing for a file that is no log. */
export function AgainstChange({ view }: { readonly view: FileRowsView }): ReactElement | null {
  const { against, matching, totals } = view;
  const { locale } = useViewing();
  const number = new Intl.NumberFormat(locale);
  const matched = WINDOWS.reduce((sum, window) => sum + totals.window[window], 0);
  if (matched === 0) return null;
  const counts = [
    ...WINDOWS.map((window) => [totals.window[window], windowWords(window)] as const),
    ...WHO.map((who) => [totals.who[who], whoWords(who)] as const),
    [totals.onNamedSystems, 'on systems of the change'] as const,
  ].filter(([count]) => count > 0);
  return (
    <div className="against stack">
      <p className="small subtle">
        Held against the change as it is now: window{' '}
        {against.windowStart === null || against.windowEnd === null ? (
          'not said'
        ) : (
          <>
            <Time at={against.windowStart} relative={false} /> to <Time at={against.windowEnd} relative={false} />
          </>
        )}
        , implementer {against.implementer?.name ?? 'not said'}, systems{' '}
        {against.systems.length === 0 ? 'none' : against.systems.join(', ')}.
      </p>
      {matching.length === 0 ? (
        <p>Everything that changed something stands inside the change.</p>
      ) : (
        <ul className="sentences">
          {matching.map(({ code, sentence }, i) => (
            <li key={`${code} ${i}`}>{sentence}</li>
          ))}
        </ul>
      )}
      <p className="small subtle dotted">
        {counts.map(([count, words]) => (
          <span key={words}>
            {number.format(count)} {words}
          </span>
        ))}
      </p>
    </div>
  );
}
