import type { ReactElement } from 'react';
import type { FileRow, FileRowsView } from '../../../src/contract/files';
import { Lozenge } from '../parts/lozenge';
import { OutsideLink } from '../parts/outside-link';
import { Time } from '../parts/time';
import { inWords } from '../wording/evidence';
import { effectWords, matchMark, systemWords, whoWords, windowWords } from '../wording/files';

/** One page of rows. Wider than the panel it scrolls by itself, by keyboard too. */
export function RowTable({ view, name }: { readonly view: FileRowsView; readonly name: string }): ReactElement {
  const isLog = view.rows.some(({ match }) => match !== null);
  return (
    <div className="table-frame" tabIndex={0} role="group" aria-label={`Rows of ${name}`}>
      <table role="table" className="table rows small">
        <caption className="unseen">What {name} states, one row each</caption>
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col">
              When
            </th>
            <th role="columnheader" scope="col">
              What
            </th>
            <th role="columnheader" scope="col">
              Who
            </th>
            {isLog && (
              <th role="columnheader" scope="col">
                Against the change
              </th>
            )}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {view.rows.map((row) => (
            <tr role="row" key={row.index}>
              <td role="cell">
                {row.at === null ? <span className="subtle">no time</span> : <Time at={row.at} relative={false} />}
              </td>
              <td role="cell">
                <What row={row} />
              </td>
              <td role="cell">
                <Who people={row.people} />
              </td>
              {isLog && <td role="cell">{row.match !== null && <Match row={row} match={row.match} />}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function What({ row }: { readonly row: FileRow }): ReactElement {
  const attributes = Object.entries(row.attributes);
  return (
    <div className="row-what">
      <p>
        <OutsideLink url={row.url}>{row.title}</OutsideLink>{' '}
        {row.state !== null && <span className="subtle">({inWords(row.state).toLowerCase()})</span>}
      </p>
      <p className="subtle dotted">
        {effectWords(row) !== null && <span>{effectWords(row)}</span>}
        {row.touches.length > 0 && <span>{row.touches.slice(0, 3).join(', ')}</span>}
        {row.touches.length > 3 && <span>and {row.touches.length - 3} more</span>}
      </p>
      {attributes.length > 0 && (
        <details>
          <summary>
            More<span className="unseen"> about row {row.index + 1}</span>
          </summary>
          <dl className="before-after">
            <div className="attribute">
              <dt>Named</dt>
              <dd>{row.id}</dd>
            </div>
            {row.touches.length > 3 && (
              <div className="attribute">
                <dt>Touches</dt>
                <dd>{row.touches.join(', ')}</dd>
              </div>
            )}
            {attributes.map(([name, value]) => (
              <div key={name} className="attribute">
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </div>
  );
}

function Who({ people }: { readonly people: FileRow['people'] }): ReactElement {
  if (people.length === 0) return <span className="subtle">nobody named</span>;
  return (
    <>
      {people.map(({ role, name }, i) => (
        <p key={i} className="row-who">
          {name} <span className="subtle">({role.replaceAll('-', ' ')})</span>
        </p>
      ))}
    </>
  );
}

interface MatchProps {
  readonly row: FileRow;
  readonly match: NonNullable<FileRow['match']>;
}

function Match({ row, match }: MatchProps): ReactElement {
  const mark = matchMark(row);
  return (
    <>
      {mark !== null && <Lozenge tone={mark.tone}>{mark.text}</Lozenge>}
      <p className="subtle">
        {windowWords(match.window)}, {whoWords(match.who)}, {systemWords(match.systems)}
      </p>
    </>
  );
}
