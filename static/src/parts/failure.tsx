import type { ReactElement } from 'react';
import { Refused, sayFailure } from '../bridge/ask';
import { Button } from './button';
import { Message } from './message';

interface FailureProps {
  readonly title: string;
  readonly error: unknown;
  readonly onRetry: () => void;
}

/** A screen that could not be shown: what happened, and the way on. */
export function Failure({ title, error, onRetry }: FailureProps): ReactElement {
  const notSetUp = error instanceof Refused && error.code === 'not-set-up';
  return (
    <main className="page">
      <Message
        tone={notSetUp ? 'information' : 'bad'}
        title={notSetUp ? 'Change control is not set up yet' : title}
        role={notSetUp ? 'status' : 'alert'}
        heading
      >
        <p>{sayFailure(error)}</p>
        <div>
          <Button onPress={onRetry}>Try again</Button>
        </div>
      </Message>
    </main>
  );
}
