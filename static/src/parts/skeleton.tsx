import type { ReactElement } from 'react';

/** The shape of what is coming, so that nothing jumps when it is there: of a whole screen, or of a part of one. */
export function Skeleton({ label, part = false }: { readonly label: string; readonly part?: boolean }): ReactElement {
  const Frame = part ? 'div' : 'main';
  return (
    <Frame className={part ? 'stack skeletons' : 'page stack skeletons'} aria-busy="true">
      {part ? <p className="unseen">{label}</p> : <h1 className="unseen">{label}</h1>}
      <div className="skeleton tall third" />
      <div className="skeleton half" />
      <div className="skeleton" />
      <div className="skeleton half" />
      <div className="skeleton" />
    </Frame>
  );
}
