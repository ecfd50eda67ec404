import type { ReactElement } from 'react';
import { countWords } from '../../wording/setup';
import { Lines } from '../inputs';
import { MapTo, withMember } from './map-to';
import type { Wizarding } from './use-wizard';

/** The systems that hold CUI, and the fields of a change request. */
export function FieldsStep({ wizard }: { readonly wizard: Wizarding }): ReactElement {
  const { site, choices, edit } = wizard;
  const fields = site?.fields ?? [];
  return (
    <div className="stack">
      <Lines
        label="Systems that process, store or transmit CUI"
        hint="One a line, by the names your people use. They become the options of “Impacted CUI systems”, beside “None: no CUI system is touched” and “Unknown”. Put the names that logs use for a system in brackets behind it, as in “File server (fs-01, i-0aa)”: a log is matched to a system by its name here or by one in the brackets, and by nothing else. More can be added later."
        values={choices.systems}
        onChange={(systems) => edit({ systems })}
      />
      <details className="item">
        <summary>
          The {fields.length} fields of a change request.{' '}
          {countWords(
            fields,
            fields.map(({ key }) => choices.fields[key] !== undefined),
          )}
        </summary>
        <table className="table mapping">
          <caption className="unseen">Fields of a change request and what stands for each in Jira</caption>
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col">In Jira</th>
            </tr>
          </thead>
          <tbody>
            {fields.map((field) => (
              <tr key={field.key}>
                <td>
                  {field.name}, {field.type}
                  <p className="small subtle">{field.description}</p>
                </td>
                <td>
                  <MapTo
                    name={field.name}
                    foundId={field.foundId}
                    candidates={field.candidates}
                    value={choices.fields[field.key]}
                    onChange={(id) => edit({ fields: withMember(choices.fields, field.key, id) })}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </div>
  );
}
