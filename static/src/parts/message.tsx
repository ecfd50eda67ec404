import type { ReactElement, ReactNode } from 'react';
import { Icon } from './icon';
import type { IconShape } from './icon';

interface MessageProps {
  readonly tone: IconShape;
  readonly title?: string;
  /** 'alert' for what the person has to know at once: it interrupts a screen reader. */
  readonly role?: 'alert' | 'status';
  /** The title is the heading of the whole screen. */
  readonly heading?: boolean;
  readonly children?: ReactNode;
}

export function Message({ tone, title, role, heading = false, children }: MessageProps): ReactElement {
  return (
    <div className={`message ${tone}`} role={role}>
      <Icon shape={tone} />
      <div className="stack">
        {title !== undefined &&
          (heading ? <h1 className="message-title">{title}</h1> : <p className="message-title">{title}</p>)}
        {children}
      </div>
    </div>
  );
}
