import { router } from '@forge/bridge';
import type { ReactElement } from 'react';
import type { RegisterRow } from '../../../src/contract/panel';
import { Button } from '../parts/button';
import { Lozenge } from '../parts/lozenge';
import { Time } from '../parts/time';
import { WAITING } from '../wording/register';
import { stateOf, TONES } from '../wording/verdict';

interface RegisterTableProps {
  readonly rows: readonly RegisterRow[];
  readonly onClear: () => void;
}

export function RegisterTable({ rows, onClear }: RegisterTableProps): ReactElement {
  if (rows.length === 0) {
    return (
      <div className="stack">
        <p className="subtle">No change matches this filter.</p>
        <div>
          <Button onPress={onClear}>Show all changes</Button>
        </div>
      </div>
    );
  }
  return (
    <div className="table-frame" tabIndex={0} role="group" aria-label="Changes">
      <table className="table register">
        <caption className="unseen">Changes, newest first</caption>
        <thead>
          <tr>
            {['Change', 'Status', 'Type', 'Owner', 'State', 'Exceptions', 'Evidence', 'Change window', 'Created'].map(
              (name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.key} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

const MOST_NAMES = 3;

/** A few names, and how many more. */
const shortened = (names: readonly string[]): string =>
  names.length <= MOST_NAMES
    ? names.join(', ')
    : `${names.slice(0, MOST_NAMES).join(', ')} and ${names.length - MOST_NAMES} more`;

function Row({ row }: { readonly row: RegisterRow }): ReactElement {
  const state = stateOf(row);
  const path = `/browse/${encodeURIComponent(row.key)}`;
  return (
    <tr>
      <th scope="row">
        <a
          href={path}
          onClick={(event) => {
            event.preventDefault();
            void router.navigate(path);
          }}
        >
          {row.key}
        </a>
        <div className="summary">{row.summary}</div>
      </th>
      <td>{row.status}</td>
      <td>{row.changeType ?? <span className="subtle">not set</span>}</td>
      <td>{row.owner ?? <span className="subtle">nobody</span>}</td>
      <td className="needs">
        <Lozenge tone={TONES[state.tone]}>{state.label}</Lozenge>
        {state.needs !== null && <div className="small subtle">{state.needs}</div>}
        {row.waitingForYou.length > 0 && (
          <div className="small">
            <strong>You can: {row.waitingForYou.map((what) => WAITING[what]).join(', ')}</strong>
          </div>
        )}
        {row.waitingFor.length > 0 && <div className="small subtle">Waiting for {shortened(row.waitingFor)}</div>}
      </td>
      <td>{row.exceptions > 0 ? <Lozenge tone="warning">{String(row.exceptions)}</Lozenge> : '0'}</td>
      <td>{row.evidence}</td>
      <td className="when">
        {row.window.start === null || row.window.end === null ? (
          <span className="subtle">not set</span>
        ) : (
          <>
            <Time at={row.window.start} relative={false} />
            <br />
            to <Time at={row.window.end} relative={false} />
          </>
        )}
      </td>
      <td className="when">
        <Time at={row.createdAt} relative={false} />
      </td>
    </tr>
  );
}
