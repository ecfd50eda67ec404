import type { ReactElement, ReactNode } from 'react';
import { Message } from '../parts/message';
import type { Unsaved } from './use-rule';

/** What is saved was written by something else: it is said, kept, and replaced only on request. */
export function Foreign({ children }: { readonly children?: ReactNode }): ReactElement {
  return (
    <Message tone="warning" title="What is saved was not made on this screen">
      <p>Jira runs it as it is, and this screen cannot say in words what it does. Read its expression below.</p>
      {children}
    </Message>
  );
}

/** Jira asked for the configuration and did not get one. */
export function NotSaved({ unsaved }: { readonly unsaved: Unsaved }): ReactElement {
  return (
    <Message tone="bad" title="Nothing was saved" role="alert">
      {unsaved.sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </Message>
  );
}
