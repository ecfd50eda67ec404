import { useState } from 'react';
import type { ReactElement } from 'react';
import type { EditedField } from '../../../src/contract/panel';
import { Button } from '../parts/button';
import { Person } from '../parts/person';
import { Time } from '../parts/time';
import { clipEnd, clipStart, difference } from '../wording/difference';

/** What was edited after the decision, old beside new, with the changed words marked. */
export function EditedFields({ fields }: { readonly fields: readonly EditedField[] }): ReactElement {
  return (
    <div className="table-frame">
      <table className="table edited">
        <caption className="unseen">What was edited since this decision</caption>
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">When decided</th>
            <th scope="col">Now</th>
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => (
            <Row key={`${field.field} ${field.at}`} field={field} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

const AROUND = 120;
const LONGEST = 600;

function Row({ field }: { readonly field: EditedField }): ReactElement {
  const [whole, setWhole] = useState(false);
  const parts = difference(field.before, field.after);
  const long = field.before.length > LONGEST || field.after.length > LONGEST;
  const start = whole || !long ? parts.start : clipStart(parts.start, AROUND);
  const end = whole || !long ? parts.end : clipEnd(parts.end, AROUND);
  const clip = (text: string) => (whole || !long ? text : clipEnd(text, LONGEST));
  return (
    <tr>
      <th scope="row">
        {field.field}
        <p className="subtle">
          edited by <Person person={field.by} />, <Time at={field.at} />
        </p>
        {long && (
          <Button
            look="quiet"
            tight
            expanded={whole}
            label={`${whole ? 'Show less' : 'Show whole text'} of ${field.field}`}
            onPress={() => setWhole(!whole)}
          >
            {whole ? 'Show less' : 'Show whole text'}
          </Button>
        )}
      </th>
      <td className="pre">
        {field.before === '' ? (
          <Empty />
        ) : (
          <>
            {start}
            {parts.before !== '' && <del>{clip(parts.before)}</del>}
            {end}
          </>
        )}
      </td>
      <td className="pre">
        {field.after === '' ? (
          <Empty />
        ) : (
          <>
            {start}
            {parts.after !== '' && <ins>{clip(parts.after)}</ins>}
            {end}
          </>
        )}
      </td>
    </tr>
  );
}

function Empty(): ReactElement {
  return <span className="subtle">empty</span>;
}
