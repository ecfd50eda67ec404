import { useId } from 'react';
import type { ReactElement, ReactNode } from 'react';

interface SectionProps {
  readonly title: string;
  readonly count?: number;
  readonly action?: ReactNode;
  /** Marks what a person waits for as being there. */
  readonly ready?: boolean;
  readonly children: ReactNode;
}

/** A titled region: screen readers can jump from one to the next. */
export function Section({ title, count, action, ready = false, children }: SectionProps): ReactElement {
  const id = useId();
  return (
    <section className="section" aria-labelledby={id} data-ready={ready ? 'true' : undefined}>
      <div className="section-head">
        <h2 id={id}>{title}</h2>
        {count !== undefined && <span className="count">{count}</span>}
        <span className="grow" />
        {action}
      </div>
      {children}
    </section>
  );
}
