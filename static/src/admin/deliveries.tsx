import type { ReactElement, ReactNode } from 'react';
import type { AdminView } from '../../../src/contract/panel';
import { METHODS } from '../../../src/contract/panel';
import { Message } from '../parts/message';
import { Section } from '../parts/section';
import { Time } from '../parts/time';
import { Unexplained } from '../unexplained/unexplained';
import { Loaded } from './loaded';
import type { SectionProps } from './sections';

/** What senders delivered that no open change explains: refused, waiting, or on the list. */
export default function Deliveries({ shown }: SectionProps): ReactElement {
  return (
    <Loaded method={METHODS.readAdmin} what="the deliveries" shown={shown}>
      {({ pending, refusals }) => (
        <>
          {pending > 0 && (
            <Message
              tone="information"
              title={`${pending} accepted ${pending === 1 ? 'delivery is' : 'deliveries are'} still being recorded`}
            />
          )}
          <Refusals refusals={refusals} />
          <Unexplained />
        </>
      )}
    </Loaded>
  );
}

/** What was refused at the door in the last 24 hours, counted by hour. */
function Refusals({ refusals }: { readonly refusals: AdminView['refusals'] }): ReactElement {
  const total = refusals.reduce((sum, { count }) => sum + count, 0);
  return (
    <Section title="Refused in the last 24 hours" count={total}>
      {refusals.length === 0 ? (
        <p className="subtle">No delivery was refused.</p>
      ) : (
        <List name="Refused deliveries by hour and reason" columns={['Hour', 'Sender', 'Reason', 'How many']}>
          {refusals.map(({ hour, source, sender, reason, why, count }) => (
            <tr key={`${hour} ${source} ${reason}`}>
              <td>
                <Time at={hour} relative={false} />
              </td>
              <td>{sender}</td>
              <td>
                {why} <span className="subtle">({reason})</span>
              </td>
              <td>{count}</td>
            </tr>
          ))}
        </List>
      )}
    </Section>
  );
}

interface ListProps {
  readonly name: string;
  readonly columns: readonly string[];
  readonly children: ReactNode;
}

function List({ name, columns, children }: ListProps): ReactElement {
  return (
    <div className="table-frame" tabIndex={0} role="group" aria-label={name}>
      <table className="table">
        <caption className="unseen">{name}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
