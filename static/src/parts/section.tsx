import { useId } from 'react';
import type { ReactElement, ReactNode } from 'react';

interface SectionProps {
  readonly title: string;
  readonly count?: number;
  readonly action?: ReactNode;
  readonly children: ReactNode;
}

/** A titled region: screen readers can jump from one to the next. */
export function Section({ title, count, action, children }: SectionProps): ReactElement {
  const id = useId();
  return (
    <section className="section" aria-labelledby={id}>
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
