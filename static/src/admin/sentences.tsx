import type { ReactElement } from 'react';
import { Message } from '../parts/message';

/** What stands in the way, all of it at once. */
export function Sentences({
  title,
  sentences,
}: {
  readonly title: string;
  readonly sentences: readonly string[];
}): ReactElement {
  return (
    <Message tone="warning" title={title} role="alert">
      <ul className="sentences">
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </Message>
  );
}
