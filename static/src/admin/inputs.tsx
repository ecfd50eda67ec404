import type { ReactElement, ReactNode } from 'react';
import type { PolicyForm } from '../../../src/contract/policy';
import { Field } from '../parts/field';
import { linesOf } from '../wording/policy-draft';

/** What every part of the policy's editor is given. */
export interface PartProps {
  readonly draft: PolicyForm;
  readonly edit: (patch: Partial<PolicyForm>) => void;
}

interface TextProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

export function TextInput({ label, hint, value, onChange }: TextProps): ReactElement {
  return (
    <Field label={label} error={null} {...(hint === undefined ? {} : { hint })}>
      {(control) => <input {...control} value={value} onChange={(event) => onChange(event.target.value)} />}
    </Field>
  );
}

export function Paragraph({ label, value, onChange }: TextProps): ReactElement {
  return (
    <Field label={label} error={null}>
      {(control) => <textarea {...control} value={value} onChange={(event) => onChange(event.target.value)} />}
    </Field>
  );
}

interface ListProps {
  readonly label: string;
  readonly hint?: string;
  readonly values: readonly string[];
  readonly onChange: (values: string[]) => void;
}

/** A list as text, one entry a line. The text is the browser's own, so that an empty line can be typed. */
export function Lines({ label, hint = 'One a line.', values, onChange }: ListProps): ReactElement {
  return (
    <Field label={label} hint={hint} error={null}>
      {(control) => (
        <textarea
          {...control}
          rows={Math.min(6, Math.max(2, values.length + 1))}
          defaultValue={values.join('\n')}
          onChange={(event) => onChange(linesOf(event.target.value))}
        />
      )}
    </Field>
  );
}

interface NumberProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: number | null;
  readonly min: number;
  /** NaN for what is no number. */
  readonly onChange: (value: number | null) => void;
}

export function NumberInput({ label, hint, value, min, onChange }: NumberProps): ReactElement {
  return (
    <Field label={label} error={null} {...(hint === undefined ? {} : { hint })}>
      {(control) => (
        <input
          {...control}
          type="number"
          min={min}
          defaultValue={value ?? ''}
          onChange={({ target }) => onChange(target.value === '' ? null : target.valueAsNumber)}
        />
      )}
    </Field>
  );
}

export { Moment } from '../parts/moment';

interface CheckProps {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

export function Check({ label, checked, onChange }: CheckProps): ReactElement {
  return (
    <label className="check">
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.target.checked)} />
      <span>{label}</span>
    </label>
  );
}

/** A titled group of fields. */
export function Part({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactElement {
  return (
    <fieldset className="part stack">
      <legend>{title}</legend>
      {children}
    </fieldset>
  );
}
