import { useCallback, useEffect, useState } from 'react';
import type { ReactElement } from 'react';
import type { MeetingListView, MeetingView } from '../../../src/contract/meetings';
import { METHODS } from '../../../src/contract/panel';
import { ask } from '../bridge/ask';
import { Button } from '../parts/button';
import { Failure } from '../parts/failure';
import { Message } from '../parts/message';
import { Skeleton } from '../parts/skeleton';
import { Time } from '../parts/time';
import { Meeting } from './meeting';
import { MeetingForm } from './meeting-form';
import './meetings.css';

type Place = { readonly at: 'list' } | { readonly at: 'new' } | { readonly at: 'meeting'; readonly id: string };

/** The meetings of the board: agenda, attendees, minutes, and the decisions that each attendee takes in them. */
export function Meetings(): ReactElement {
  const [list, setList] = useState<MeetingListView | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [place, setPlace] = useState<Place>({ at: 'list' });
  const read = useCallback(async () => {
    setError(null);
    try {
      setList(await ask(METHODS.listMeetings));
    } catch (failure) {
      setError(failure);
    }
  }, []);
  useEffect(() => void read(), [read]);
  if (list === null)
    return error === null ? (
      <Skeleton label="Reading the meetings" />
    ) : (
      <Failure title="The meetings could not be read" error={error} onRetry={() => void read()} />
    );
  const back = () => {
    setPlace({ at: 'list' });
    void read();
  };
  const saved = ({ id }: MeetingView) => setPlace({ at: 'meeting', id });
  switch (place.at) {
    case 'new':
      return <MeetingForm list={list} meeting={null} onSaved={saved} onBack={back} />;
    case 'meeting':
      return <Meeting id={place.id} list={list} onBack={back} />;
    case 'list':
      return <List list={list} onOpen={setPlace} />;
  }
}

function List({
  list,
  onOpen,
}: {
  readonly list: MeetingListView;
  readonly onOpen: (place: Place) => void;
}): ReactElement {
  return (
    <div className="stack">
      <div className="meetings-head">
        <h2>Meetings</h2>
        {list.maySave && (
          <Button look="primary" onPress={() => onOpen({ at: 'new' })}>
            Record a meeting
          </Button>
        )}
      </div>
      {list.meetings.length === 0 ? (
        <Message tone="information" title="No meeting is recorded yet">
          <p>
            A meeting record holds agenda, attendees and minutes of a change board. Each attendee takes their own
            decisions in it, for all changes at once.
          </p>
        </Message>
      ) : (
        <table className="meetings-table">
          <thead>
            <tr>
              <th scope="col">Meeting</th>
              <th scope="col">Held</th>
              <th scope="col">Chair</th>
              <th scope="col">Changes</th>
              <th scope="col">Attendees</th>
            </tr>
          </thead>
          <tbody>
            {list.meetings.map(({ id, title, heldAt, chair, changes, attendees }) => (
              <tr key={id}>
                <th scope="row">
                  <button type="button" className="meetings-link" onClick={() => onOpen({ at: 'meeting', id })}>
                    {title}
                  </button>
                </th>
                <td>
                  <Time at={heldAt} />
                </td>
                <td>{chair ?? 'Name not known'}</td>
                <td>{changes}</td>
                <td>{attendees}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}
