import type { ReactElement } from 'react';
import { sayFailure } from '../bridge/ask';
import { Button } from './button';
import { Message } from './message';

interface FailureProps {
  readonly title: string;
  readonly error: unknown;
  readonly onRetry: () => void;
}

/** A screen that could not be shown: what happened, and the way on. */
export function Failure({ title, error, onRetry }: FailureProps): ReactElement {
  return (
    <main className="page">
      <Message tone="bad" title={title} role="alert" heading>
        <p>{sayFailure(error)}</p>
        <div>
          <Button onPress={onRetry}>Try again</Button>
        </div>
      </Message>
    </main>
  );
}
