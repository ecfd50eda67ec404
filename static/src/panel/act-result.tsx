import type { ReactElement } from 'react';
import { Message } from '../parts/message';
import type { Act } from './use-act';

/** What became of it: recorded, or why not. */
export function ActResult({ act }: { readonly act: Act }): ReactElement {
  return (
    <>
      {act.done !== null && <Message tone="good" title={act.done} />}
      {act.error !== null && (
        <Message tone="bad" role="alert">
          <p>{act.error}</p>
        </Message>
      )}
    </>
  );
}
