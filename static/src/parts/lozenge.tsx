import type { ReactElement } from 'react';

export type LozengeTone = 'neutral' | 'good' | 'bad' | 'waiting' | 'warning';

/** A state in a word. Colour repeats what the word says. */
export function Lozenge({ tone, children }: { readonly tone: LozengeTone; readonly children: string }): ReactElement {
  return <span className={`lozenge ${tone}`}>{children}</span>;
}
