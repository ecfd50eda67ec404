import { router } from '@forge/bridge';
import type { ReactElement, ReactNode } from 'react';
import { linkOf } from '../wording/evidence';

/** A link out of Jira. The frame may not open windows itself; Jira asks before it leaves for an external address. */
export function OutsideLink({
  url,
  children,
}: {
  readonly url: string | null;
  readonly children: ReactNode;
}): ReactElement {
  const href = linkOf(url);
  if (href === null) return <span>{children}</span>;
  return (
    <a
      href={href}
      rel="noreferrer"
      onClick={(event) => {
        event.preventDefault();
        void router.open(href);
      }}
    >
      {children}
    </a>
  );
}
