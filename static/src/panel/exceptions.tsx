import { useState } from 'react';
import type { ReactElement } from 'react';
import type { ChangeView } from '../../../src/contract/panel';
import { METHODS } from '../../../src/contract/panel';
import { ask, sayFailure } from '../bridge/ask';
import { Button } from '../parts/button';
import { Message } from '../parts/message';
import { Time } from '../parts/time';
import { BreakGlass } from './break-glass';
import type { SectionsProps } from './panel';

interface ExceptionsProps extends SectionsProps {
  readonly view: ChangeView;
}

/** What did not go as the process says, before everything else: an assessor who finds one alone looks for more. */
export function Exceptions({ view, change, announce }: ExceptionsProps): ReactElement | null {
  const { exceptions } = view.verdict;
  if (exceptions.length === 0) return null;
  const title = exceptions.length === 1 ? '1 exception' : `${exceptions.length} exceptions`;
  return (
    <section aria-label="Exceptions">
      <Message tone="warning" title={title}>
        <ul className="stack">
          {exceptions.map((exception) => (
            <li key={`${exception.code} ${exception.at ?? ''} ${exception.sentence}`}>
              {exception.sentence}
              {exception.at !== null && (
                <span className="subtle">
                  {' '}
                  <Time at={exception.at} />
                </span>
              )}
              {exception.mayConfirm && <Confirm at={exception.at} change={change} announce={announce} />}
              {exception.mayDeclare && (
                <BreakGlass exception={exception} now={view.now} change={change} announce={announce} />
              )}
            </li>
          ))}
        </ul>
      </Message>
    </section>
  );
}

/** The person who moved the change says afterwards that the move was their decision. */
function Confirm({ at, change, announce }: SectionsProps & { readonly at: string | null }): ReactElement {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const confirm = async () => {
    setBusy(true);
    setError(null);
    try {
      const basis = `I moved this change${at === null ? '' : ` at ${at}`} and confirm that the move was my decision.`;
      const recorded = await ask(METHODS.recordDecision, { decision: 'approved', basis });
      change.accept(recorded.change);
      announce('Your move is confirmed as your decision.');
    } catch (failure) {
      setError(sayFailure(failure));
      void change.refresh();
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="stack confirm">
      <div>
        <Button busy={busy} onPress={() => void confirm()}>
          Confirm as my decision
        </Button>
      </div>
      {error !== null && (
        <p className="field-error" role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
