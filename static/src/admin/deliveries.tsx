import type { ReactElement, ReactNode } from 'react';
import type { AdminView } from '../../../src/contract/panel';
import { METHODS } from '../../../src/contract/panel';
import { Message } from '../parts/message';
import { Section } from '../parts/section';
import { Time } from '../parts/time';
import { orphanWords } from '../wording/orphan';
import { Loaded } from './loaded';
import type { SectionProps } from './sections';

/** What senders delivered that is on no change: refused, waiting, or naming none. */
export default function Deliveries({ shown }: SectionProps): ReactElement {
  return (
    <Loaded method={METHODS.readAdmin} what="the deliveries" shown={shown}>
      {({ pending, refusals, orphans }) => (
        <>
          {pending > 0 && (
            <Message
              tone="information"
              title={`${pending} accepted ${pending === 1 ? 'delivery is' : 'deliveries are'} still being recorded`}
            />
          )}
          <Refusals refusals={refusals} />
          <Orphans orphans={orphans} />
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
          {refusals.map(({ hour, source, reason, count }) => (
            <tr key={`${hour} ${source} ${reason}`}>
              <td>
                <Time at={hour} relative={false} />
              </td>
              <td>{source}</td>
              <td>{reason}</td>
              <td>{count}</td>
            </tr>
          ))}
        </List>
      )}
    </Section>
  );
}

/** Authentic deliveries that no change has in its ledger: kept, because the work may have been done without a change. */
function Orphans({ orphans }: { readonly orphans: AdminView['orphans'] }): ReactElement {
  return (
    <Section title="Deliveries recorded on no change" count={orphans.length}>
      {orphans.length === 0 ? (
        <p className="subtle">Every delivery was recorded on a change.</p>
      ) : (
        <List
          name="Deliveries recorded on no change, and why"
          columns={['Received', 'Why', 'Names', 'Sender', 'Event', 'Delivery']}
        >
          {orphans.map((orphan, index) => (
            <tr key={orphan.deliveryId ?? index}>
              <td>
                <Time at={orphan.receivedAt} relative={false} />
              </td>
              <td>
                <Why reason={orphan.reason} />
              </td>
              <td>{orphan.names.length === 0 ? <span className="subtle">none</span> : orphan.names.join(', ')}</td>
              <td>{orphan.source}</td>
              <td>{orphan.event}</td>
              <td>
                {orphan.deliveryId === null ? <span className="subtle">none</span> : <code>{orphan.deliveryId}</code>}
              </td>
            </tr>
          ))}
        </List>
      )}
    </Section>
  );
}

function Why({ reason }: { readonly reason: AdminView['orphans'][number]['reason'] }): ReactElement {
  const { why, meaning } = orphanWords(reason);
  return (
    <>
      {why}
      <p className="small subtle">{meaning}</p>
    </>
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
