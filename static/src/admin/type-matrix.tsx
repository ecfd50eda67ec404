import type { ReactElement, ReactNode } from 'react';
import type { ChangeTypeKey } from '../../../src/contract/policy';
import { CHANGE_TYPES } from '../wording/policy-fields';

/** A table with a column for each way in which a change is judged. `name` is what its region is called. */
export function TypeMatrix(props: {
  readonly name: string;
  readonly caption: string;
  readonly first: string;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <div className="table-frame" tabIndex={0} role="group" aria-label={props.name}>
      <table className="table matrix">
        <caption className="unseen">{props.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{props.first}</th>
            {CHANGE_TYPES.map((type) => (
              <th key={type} scope="col">
                {type}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{props.children}</tbody>
      </table>
    </div>
  );
}

/** A row of it: what it is about, and a cell for each way in which a change is judged. */
export function TypeRow(props: {
  readonly name: string;
  readonly cell: (type: ChangeTypeKey) => ReactElement;
}): ReactElement {
  return (
    <tr>
      <th scope="row">{props.name}</th>
      {CHANGE_TYPES.map((type) => (
        <td key={type}>{props.cell(type)}</td>
      ))}
    </tr>
  );
}
