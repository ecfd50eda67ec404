import { forwardRef } from 'react';
import type { ReactElement, ReactNode, Ref } from 'react';

interface ButtonProps {
  readonly look?: 'primary' | 'danger' | 'quiet' | undefined;
  readonly tight?: boolean;
  /** While busy the button keeps the focus and its name, and does nothing. */
  readonly busy?: boolean;
  readonly describedBy?: string | undefined;
  readonly expanded?: boolean;
  /** The full name where several buttons of a list look the same; starts with the visible text. */
  readonly label?: string;
  readonly onPress: () => void;
  readonly children: ReactNode;
}

/**
 * A native button in Atlassian's looks. @atlaskit/button would add 44 KB of gzipped script to the panel's first paint,
 * most of it feature flags.
 */
function ButtonBase(props: ButtonProps, ref: Ref<HTMLButtonElement>): ReactElement {
  const { look, tight = false, busy = false, describedBy, expanded, label, onPress, children } = props;
  return (
    <button
      ref={ref}
      type="button"
      className={['button', look, tight && 'tight'].filter(Boolean).join(' ')}
      aria-disabled={busy}
      aria-describedby={describedBy}
      aria-expanded={expanded}
      aria-label={label}
      onClick={() => {
        if (!busy) onPress();
      }}
    >
      {children}
    </button>
  );
}

export const Button = forwardRef(ButtonBase);
