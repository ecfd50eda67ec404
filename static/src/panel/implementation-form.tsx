import { useRef, useState } from 'react';
import type { ReactElement, ReactNode } from 'react';
import Spinner from '@atlaskit/spinner';
import type { ChangeView } from '../../../src/contract/panel';
import { METHODS } from '../../../src/contract/panel';
import { Button } from '../parts/button';
import { Field } from '../parts/field';
import { Moment } from '../parts/moment';
import { useViewing } from '../parts/viewing';
import { choices } from '../wording/draft';
import { draftOf, faultsOf, OUTCOMES, toPayload, UPDATES } from '../wording/implementation';
import type { ImplementationDraft, ImplementationFaults } from '../wording/implementation';
import type { Act } from './use-act';

interface ImplementationFormProps {
  readonly view: ChangeView;
  readonly act: Act;
  readonly onDone: () => void;
  readonly onBack: () => void;
}

const YES_NO = { yes: 'Yes', no: 'No' } as const;

/** What was done: asked in full, because Close is refused without any of it. A refusal keeps everything typed. */
export function ImplementationForm({ view, act, onDone, onBack }: ImplementationFormProps): ReactElement {
  const viewing = useViewing();
  const [draft, setDraft] = useState<ImplementationDraft>(() => draftOf(view.implementation));
  const [faults, setFaults] = useState<ImplementationFaults>({});
  const form = useRef<HTMLDivElement>(null);
  const edit = (patch: Partial<ImplementationDraft>) => {
    setDraft((current) => ({ ...current, ...patch }));
    setFaults((current) => without(current, Object.keys(patch)));
  };
  const send = async () => {
    const found = faultsOf(draft, viewing.now);
    setFaults(found);
    if (Object.keys(found).length > 0) {
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
      return;
    }
    if (await act.send(METHODS.recordImplementation, toPayload(draft), 'The implementation record is kept.')) onDone();
  };
  const people = choices(view.people, viewing.locale).map(({ accountId, label }) => [accountId, label] as const);
  const pick = (key: Picked, label: string, options: readonly (readonly [string, string])[]) => (
    <Pick
      label={label}
      error={faults[key] ?? null}
      value={draft[key]}
      options={options}
      onChange={(value) => edit({ [key]: value })}
    />
  );
  const moment = (key: 'startedAt' | 'endedAt' | 'verifiedAt', label: string) => (
    <Moment label={label} value={draft[key]} error={faults[key] ?? null} onChange={(value) => edit({ [key]: value })} />
  );
  return (
    <div className="stack" ref={form} role="group" aria-label="Implementation record">
      <div className="pair">
        {moment('startedAt', 'Work began')}
        {moment('endedAt', 'Work ended')}
        {pick('outcome', 'Outcome', Object.entries(OUTCOMES))}
        {pick('backoutUsed', 'Backout plan used', Object.entries(YES_NO))}
      </div>
      <Paragraph
        label="Post-implementation verification"
        hint="How it was checked that the security controls are still satisfied, and what was found."
        error={faults.verification ?? null}
        value={draft.verification}
        onChange={(verification) => edit({ verification })}
      />
      <div className="pair">
        {pick('controlsSatisfied', 'Controls still satisfied', Object.entries(YES_NO))}
        {pick('verifiedBy', 'Verified by', people)}
        {moment('verifiedAt', 'Verified')}
      </div>
      <div className="pair">
        {pick('baselineUpdated', 'Baseline', Object.entries(UPDATES))}
        {pick('inventoryUpdated', 'Inventory', Object.entries(UPDATES))}
        {pick('planUpdated', 'System security plan', Object.entries(UPDATES))}
      </div>
      <Paragraph
        label="Notes"
        hint="Deviations, what is left to do. Optional."
        error={null}
        value={draft.notes}
        onChange={(notes) => edit({ notes })}
      />
      <div className="row">
        <Button look="primary" busy={act.sending} onPress={() => void send()}>
          Keep the record
        </Button>
        <Button look="quiet" onPress={onBack}>
          Back
        </Button>
        {act.sending && <Spinner size="small" label="Recording" />}
      </div>
    </div>
  );
}

type Picked =
  | 'outcome'
  | 'backoutUsed'
  | 'controlsSatisfied'
  | 'verifiedBy'
  | 'baselineUpdated'
  | 'inventoryUpdated'
  | 'planUpdated';

const without = (faults: ImplementationFaults, keys: readonly string[]): ImplementationFaults =>
  Object.fromEntries(Object.entries(faults).filter(([key]) => !keys.includes(key)));

interface ControlProps {
  readonly label: string;
  readonly error: string | null;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function Pick({
  label,
  error,
  value,
  options,
  onChange,
}: ControlProps & { readonly options: readonly (readonly [string, ReactNode])[] }): ReactElement {
  return (
    <Field label={label} error={error}>
      {(control) => (
        <select {...control} value={value} onChange={(event) => onChange(event.target.value)}>
          <option value="">Choose</option>
          {options.map(([key, text]) => (
            <option key={key} value={key}>
              {text}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

function Paragraph({ label, hint, error, value, onChange }: ControlProps & { readonly hint: string }): ReactElement {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => <textarea {...control} value={value} onChange={(event) => onChange(event.target.value)} />}
    </Field>
  );
}
