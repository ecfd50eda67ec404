import { useCallback, useEffect, useRef, useState } from 'react';
import type { ReactElement } from 'react';
import { METHODS } from '../../../../src/contract/panel';
import type { SetupChoices, SetupView } from '../../../../src/contract/setup';
import { ask, sayFailure } from '../../bridge/ask';
import { Button } from '../../parts/button';
import { Message } from '../../parts/message';
import { Section } from '../../parts/section';
import { Undo } from './undo';

interface ApplyingProps {
  readonly choices: SetupChoices;
  readonly onDone: (view: SetupView) => void;
  readonly onBack: () => void;
}

const WAIT_MS = 2_000;

/** Calls on until everything is there. Closing the page stops it between two things; it goes on from there. */
export function Applying({ choices, onDone, onBack }: ApplyingProps): ReactElement {
  const [view, setView] = useState<SetupView | null>(null);
  const [error, setError] = useState<unknown>(null);
  const left = useRef(false);
  const top = useRef<HTMLParagraphElement>(null);
  const run = useCallback(async () => {
    setError(null);
    try {
      while (!left.current) {
        const answer = await ask(METHODS.applySetup, { choices });
        setView(answer);
        if (answer.state === 'done') {
          onDone(answer);
          return;
        }
        if (answer.waiting !== null) await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
      }
    } catch (failure) {
      setError(failure);
    }
  }, [choices, onDone]);
  const started = useRef(false);
  useEffect(() => {
    left.current = false;
    if (!started.current) {
      started.current = true;
      top.current?.focus();
      void run();
    }
    return () => {
      left.current = true;
    };
  }, [run]);
  const { done = 0, total = 0, doing = null } = view ?? {};
  return (
    <Section title="Setting up" ready>
      <p ref={top} tabIndex={-1}>
        Jira is being set up as you. You may close this page: set-up stops after the thing it is doing, and goes on from
        there when you come back.
      </p>
      <progress className="progress" aria-label="Parts that are there" max={Math.max(total, 1)} value={done} />
      <p role="status">
        {total === 0 ? 'Looking at what is there.' : `${done} of ${total} parts are there.`}{' '}
        {view?.waiting ?? (doing === null ? '' : `Now: ${doing}.`)}
      </p>
      {error !== null && (
        <Message tone="bad" title="Set-up stopped" role="alert">
          <p>{sayFailure(error)} What was made stays, and nothing is made twice.</p>
          <div className="row">
            <Button look="primary" onPress={() => void run()}>
              Try again
            </Button>
            <Button onPress={onBack}>Back to the choices</Button>
          </div>
        </Message>
      )}
      <Undo made={view?.made ?? []} />
    </Section>
  );
}
