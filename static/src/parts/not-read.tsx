import type { ReactElement } from 'react';
import { sayFailure } from '../bridge/ask';
import { Button } from './button';
import { Message } from './message';

interface NotReadProps {
  readonly title: string;
  readonly error: unknown;
  readonly onRetry: () => void;
}

/** A part of a screen that could not be read: why, and the way to ask again. A whole screen is `Failure`. */
export function NotRead({ title, error, onRetry }: NotReadProps): ReactElement {
  return (
    <Message tone="bad" title={title} role="alert">
      <p>{sayFailure(error)}</p>
      <div>
        <Button onPress={onRetry}>Try again</Button>
      </div>
    </Message>
  );
}
