import { useEffect, useRef } from 'react';
import type { ReactElement } from 'react';
import { Field } from '../parts/field';
import type { DecisionForm } from './use-decision';

interface BasisFieldProps {
  readonly form: DecisionForm;
  readonly hint: string;
  readonly focused?: boolean;
}

/** Why somebody decides as they do: asked of every decision, and what an assessor reads first. */
export function BasisField({ form, hint, focused = false }: BasisFieldProps): ReactElement {
  const area = useRef<HTMLTextAreaElement>(null);
  const fault = form.faults.basis;
  useEffect(() => {
    if (focused) area.current?.focus();
  }, [focused]);
  useEffect(() => {
    if (fault !== null) area.current?.focus();
  }, [fault]);
  return (
    <Field label="Basis" hint={hint} error={fault}>
      {(control) => (
        <textarea
          {...control}
          ref={area}
          required
          value={form.draft.basis}
          onChange={(event) => form.edit({ basis: event.target.value })}
        />
      )}
    </Field>
  );
}
