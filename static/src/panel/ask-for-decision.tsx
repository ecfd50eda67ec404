import { useState } from 'react';
import type { ReactElement } from 'react';
import { METHODS } from '../../../src/contract/panel';
import { ask, sayFailure } from '../bridge/ask';
import { Button } from '../parts/button';
import { Message } from '../parts/message';

/** Owner and requester have those who can still decide notified, without having to know who they are. */
export function AskForDecision({ announce }: { readonly announce: (text: string) => void }): ReactElement {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const send = async () => {
    setBusy(true);
    setError(null);
    try {
      const { told } = await ask(METHODS.askForDecision);
      const said = `${told === 1 ? '1 person who can decide is' : `${told} people who can decide are`} notified.`;
      setDone(said);
      announce(said);
    } catch (failure) {
      setError(sayFailure(failure));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="stack">
      {done === null && (
        <div>
          <Button busy={busy} onPress={() => void send()}>
            Ask for a decision
          </Button>
        </div>
      )}
      {done !== null && <Message tone="good" title={done} />}
      {error !== null && (
        <Message tone="bad" role="alert">
          <p>{error}</p>
        </Message>
      )}
    </div>
  );
}
