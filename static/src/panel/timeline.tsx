import type { ReactElement } from 'react';
import type { TimelineEvent } from '../../../src/contract/panel';
import { LongList } from '../parts/long-list';
import { OutsideLink } from '../parts/outside-link';
import { Section } from '../parts/section';
import { Time } from '../parts/time';

/** What happened, newest first. */
export function Timeline({ events }: { readonly events: readonly TimelineEvent[] }): ReactElement {
  const newestFirst = [...events].sort((a, b) => Date.parse(b.at) - Date.parse(a.at) || (b.seq ?? 0) - (a.seq ?? 0));
  return (
    <Section title="Timeline" count={newestFirst.length}>
      {newestFirst.length === 0 ? (
        <p className="subtle">Nothing has been recorded yet.</p>
      ) : (
        <LongList items={newestFirst} first={5} noun="events" className="timeline" keyOf={(_, index) => index}>
          {(event) => (
            <div className={`event on-${event.kind}`}>
              <p>
                <OutsideLink url={event.url}>{event.text}</OutsideLink>
                {event.by !== null && <span className="subtle"> by {event.by}</span>}
              </p>
              <p className="small subtle">
                <Time at={event.at} />
                {event.seq !== null && `, entry ${event.seq}`}
              </p>
            </div>
          )}
        </LongList>
      )}
    </Section>
  );
}
