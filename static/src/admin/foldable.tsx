import { useState } from 'react';
import type { ReactElement, ReactNode } from 'react';

interface FoldableProps {
  readonly title: string;
  /** Whether it is open at first; afterwards it stays as the person left it, whatever is typed in it. */
  readonly isNew: boolean;
  readonly children: ReactNode;
}

/** One entry of a list that may be long: its name, and the rest on request. */
export function Foldable({ title, isNew, children }: FoldableProps): ReactElement {
  const [open, setOpen] = useState(isNew);
  return (
    <details className="item" open={open} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{title}</summary>
      {children}
    </details>
  );
}
