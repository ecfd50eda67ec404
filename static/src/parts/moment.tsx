import type { ReactElement } from 'react';
import { timeWords } from '../wording/times';
import { instantOf, knownZone, wallTime } from '../wording/zoned';
import { Field } from './field';
import { useViewing } from './viewing';

interface MomentProps {
  readonly label: string;
  /** UTC ISO 8601, or '' while it is not filled in. */
  readonly value: string;
  readonly error?: string | null;
  readonly onChange: (instant: string) => void;
}

/** A date and time in the viewer's own zone, which is named, with the same moment in UTC below. */
export function Moment({ label, value, error = null, onChange }: MomentProps): ReactElement {
  const viewing = useViewing();
  const zone = knownZone(viewing.timeZone);
  const words = timeWords(value, viewing.now, viewing);
  return (
    <Field label={`${label} (${zone})`} hint={words === null ? 'Date and time.' : words.utc} error={error}>
      {(control) => (
        <input
          {...control}
          type="datetime-local"
          defaultValue={wallTime(value, zone)}
          onChange={(event) => onChange(instantOf(event.target.value, zone))}
        />
      )}
    </Field>
  );
}
