import { useState } from 'react';
import type { ReactElement } from 'react';
import { Button } from './button';

interface DigestProps {
  readonly value: string;
  /** What it is of, for the button's name: "hash of commit 1f2e3d4". */
  readonly of: string;
  readonly short?: string;
}

/** A hash in short; the whole of it for screen readers, on hover and to copy. */
export function Digest({ value, of, short = value.slice(0, 12) }: DigestProps): ReactElement {
  const [copied, setCopied] = useState<'no' | 'yes' | 'failed'>('no');
  const copy = () => {
    navigator.clipboard.writeText(value).then(
      () => setCopied('yes'),
      () => setCopied('failed'),
    );
  };
  if (copied === 'failed') return <code>{value}</code>;
  return (
    <span className="digest">
      <code title={value} aria-hidden="true">
        {short}
      </code>
      <span className="unseen">{value}</span>
      <Button look="quiet" tight label={`${copied === 'yes' ? 'Copied' : 'Copy'} ${of}`} onPress={copy}>
        {copied === 'yes' ? 'Copied' : 'Copy'}
      </Button>
    </span>
  );
}
