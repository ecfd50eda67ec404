import type { ReactElement } from 'react';
import { shortDigests, shortHash } from '../wording/evidence';

/** A commit or a digest in short; the whole of it on hover and for screen readers. Anything else stays as it is. */
export function ShortHash({ value }: { readonly value: string }): ReactElement {
  const short = shortDigests(shortHash(value));
  if (short === value) return <span>{value}</span>;
  return (
    <>
      <code title={value} aria-hidden="true">
        {short}
      </code>
      <span className="unseen">{value}</span>
    </>
  );
}
