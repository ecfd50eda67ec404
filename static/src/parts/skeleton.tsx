import type { ReactElement } from 'react';

/** The shape of what is coming, so that nothing jumps when it is there. */
export function Skeleton({ label }: { readonly label: string }): ReactElement {
  return (
    <main className="page stack skeletons" aria-busy="true">
      <h1 className="unseen">{label}</h1>
      <div className="skeleton tall third" />
      <div className="skeleton half" />
      <div className="skeleton" />
      <div className="skeleton half" />
      <div className="skeleton" />
    </main>
  );
}
