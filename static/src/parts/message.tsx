import type { ReactElement, ReactNode } from 'react';
import { Icon } from './icon';
import type { IconShape } from './icon';

interface MessageProps {
  readonly tone: IconShape;
  readonly title?: string;
  /** 'alert' for what the person has to know at once: it interrupts a screen reader. */
  readonly role?: 'alert' | 'status';
  readonly children?: ReactNode;
}

export function Message({ tone, title, role, children }: MessageProps): ReactElement {
  return (
    <div className={`message ${tone}`} role={role}>
      <Icon shape={tone} />
      <div className="stack">
        {title !== undefined && <p className="message-title">{title}</p>}
        {children}
      </div>
    </div>
  );
}
