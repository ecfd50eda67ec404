import { useId } from 'react';
import type { ReactElement } from 'react';
import { Icon } from './icon';

interface FieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly error: string | null;
  readonly children: (control: {
    readonly id: string;
    readonly 'aria-invalid': boolean;
    readonly 'aria-describedby': string | undefined;
  }) => ReactElement;
}

/** Label, control, hint and error, tied together for screen readers. */
export function Field({ label, hint, error, children }: FieldProps): ReactElement {
  const id = useId();
  const describedBy = [hint !== undefined && `${id}-hint`, error !== null && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        'aria-invalid': error !== null,
        'aria-describedby': describedBy === '' ? undefined : describedBy,
      })}
      {hint !== undefined && (
        <p className="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error !== null && (
        <p className="field-error" id={`${id}-error`}>
          <Icon shape="bad" />
          <span>{error}</span>
        </p>
      )}
    </div>
  );
}
