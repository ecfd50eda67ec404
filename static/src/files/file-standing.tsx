import { useEffect, useState } from 'react';
import type { ReactElement } from 'react';
import { METHODS } from '../../../src/contract/panel';
import type { FileRowsView, FileView } from '../../../src/contract/files';
import { ask } from '../bridge/ask';
import { Icon } from '../parts/icon';
import { useViewing } from '../parts/viewing';
import { standingWords } from '../wording/files';

/**
 * How many of the actions in a log do not match the change: before anybody opens its rows. Nothing for what is no log, and
 * while it is not known; whoever opens the rows is told why they could not be read.
 */
export function FileStanding({ file }: { readonly file: FileView }): ReactElement | null {
  const { locale } = useViewing();
  const [view, setView] = useState<FileRowsView | null>(null);
  const { seq, kind, outcome, effects } = file;
  const matters = outcome === 'read' && kind === 'execution-log' && effects.write + effects.unknown > 0;
  useEffect(() => {
    if (!matters) return undefined;
    let gone = false;
    ask(METHODS.readFile, { file: seq, from: 0, limit: 1, only: 'not-fitting' }).then(
      (read) => {
        if (!gone) setView(read);
      },
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [matters, seq]);
  if (view?.state !== 'held') return null;
  const words = standingWords({ notFitting: view.of, effects }, locale);
  return (
    <p className={view.of > 0 ? 'tick-line warned' : 'tick-line'}>
      <Icon shape={view.of > 0 ? 'warning' : 'good'} />
      <span>{words}</span>
    </p>
  );
}
