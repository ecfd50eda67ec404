import type { ReactElement } from 'react';

/** The shape of what is coming, so that nothing jumps when it is there. */
export function Skeleton({ label }: { readonly label: string }): ReactElement {
  return (
    <div className="page stack" role="status" aria-label={label}>
      <div className="skeleton tall third" />
      <div className="skeleton half" />
      <div className="skeleton" />
      <div className="skeleton half" />
      <div className="skeleton" />
    </div>
  );
}
