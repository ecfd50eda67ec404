import type { ReactElement } from 'react';
import type { RegisterRow } from '../../../src/contract/panel';
import { Field } from '../parts/field';
import { valuesOf } from '../wording/register';
import type { RegisterFilter } from '../wording/register';

interface FiltersProps {
  readonly rows: readonly RegisterRow[];
  readonly filter: RegisterFilter;
  readonly onChange: (filter: RegisterFilter) => void;
}

const STATES: readonly (readonly [state: RegisterFilter['state'], label: string])[] = [
  ['any', 'All'],
  ['mine', 'Waiting for me'],
  ['open', 'Open'],
  ['needs', 'Not open'],
  ['exceptions', 'With exceptions'],
];

export function Filters({ rows, filter, onChange }: FiltersProps): ReactElement {
  const state = (value: string) => STATES.find(([known]) => known === value)?.[0] ?? 'any';
  return (
    <div className="filters" role="search" aria-label="Filter the register">
      <Field label="Find by key, summary or owner" error={null}>
        {(control) => (
          <input
            {...control}
            type="search"
            value={filter.text}
            onChange={(event) => onChange({ ...filter, text: event.target.value })}
          />
        )}
      </Field>
      <Choice
        label="Status"
        value={filter.status}
        values={valuesOf(rows, (row) => row.status)}
        onChange={(status) => onChange({ ...filter, status })}
      />
      <Choice
        label="Change type"
        value={filter.changeType}
        values={valuesOf(rows, (row) => row.changeType)}
        onChange={(changeType) => onChange({ ...filter, changeType })}
      />
      <Field label="Show" error={null}>
        {(control) => (
          <select
            {...control}
            value={filter.state}
            onChange={(event) => onChange({ ...filter, state: state(event.target.value) })}
          >
            {STATES.map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        )}
      </Field>
    </div>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string | null;
  readonly values: readonly string[];
  readonly onChange: (value: string | null) => void;
}

function Choice({ label, value, values, onChange }: ChoiceProps): ReactElement {
  return (
    <Field label={label} error={null}>
      {(control) => (
        <select
          {...control}
          value={value ?? ''}
          onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
        >
          <option value="">All</option>
          {values.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
