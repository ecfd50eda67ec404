import type { ReactElement } from 'react';
import type { AdminView } from '../../../src/contract/panel';
import { Lozenge } from '../parts/lozenge';
import { Section } from '../parts/section';

/** Which Jira field holds which part of a change request. A field that is not found makes every approval fail. */
export function Fields({ fields }: { readonly fields: AdminView['fields'] }): ReactElement {
  return (
    <Section title="Fields" count={fields.length}>
      <div className="table-frame" tabIndex={0} role="group" aria-label="Fields">
        <table className="table">
          <caption className="unseen">Fields of a change request and where Jira keeps them</caption>
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col">In Jira</th>
              <th scope="col">An edit voids decisions</th>
            </tr>
          </thead>
          <tbody>
            {fields.map((field) => (
              <tr key={field.name}>
                <td>{field.name}</td>
                <td>{field.id === null ? <Lozenge tone="bad">Not found</Lozenge> : <code>{field.id}</code>}</td>
                <td>{field.controlled ? 'yes' : 'no'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}
