import { useCallback, useEffect, useState } from 'react';
import type { ReactElement } from 'react';
import type { MeetingListView, MeetingView } from '../../../src/contract/meetings';
import { METHODS } from '../../../src/contract/panel';
import { ask } from '../bridge/ask';
import { Button } from '../parts/button';
import { Failure } from '../parts/failure';
import { Lozenge } from '../parts/lozenge';
import { Message } from '../parts/message';
import { Person } from '../parts/person';
import { Skeleton } from '../parts/skeleton';
import { Time } from '../parts/time';
import { DecideBatch } from './decide-batch';
import { MeetingForm } from './meeting-form';

interface MeetingProps {
  readonly id: string;
  readonly list: MeetingListView;
  readonly onBack: () => void;
}

/** One meeting as it was saved last, with its changes as they are now. */
export function Meeting({ id, list, onBack }: MeetingProps): ReactElement {
  const [meeting, setMeeting] = useState<MeetingView | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [editing, setEditing] = useState(false);
  const read = useCallback(async () => {
    setError(null);
    try {
      setMeeting(await ask(METHODS.readMeeting, { meeting: id }));
    } catch (failure) {
      setError(failure);
    }
  }, [id]);
  useEffect(() => void read(), [read]);
  if (error !== null)
    return <Failure title="The meeting could not be read" error={error} onRetry={() => void read()} />;
  if (meeting === null) return <Skeleton label="Reading the meeting" />;
  if (editing)
    return (
      <MeetingForm
        list={list}
        meeting={meeting}
        onBack={() => setEditing(false)}
        onSaved={(saved) => {
          setMeeting(saved);
          setEditing(false);
        }}
      />
    );
  return (
    <div className="stack">
      <div>
        <Button look="quiet" onPress={onBack}>
          All meetings
        </Button>
      </div>
      <div className="meetings-head">
        <h2>{meeting.title}</h2>
        {meeting.maySave && <Button onPress={() => setEditing(true)}>Edit the record</Button>}
      </div>
      {!meeting.intact && (
        <Message tone="bad" title="This record does not verify">
          <p>It was altered after it was saved. A Jira admin looks into it; nothing can be decided in it.</p>
        </Message>
      )}
      <Facts meeting={meeting} />
      <Agenda meeting={meeting} />
      {meeting.attends && meeting.agenda.length > 0 && <DecideBatch meeting={meeting} onDecided={() => void read()} />}
      {!meeting.attends && (
        <p className="subtle">
          Decisions are taken here by the attendees, each for themselves. You are not among them.
        </p>
      )}
      <section className="stack">
        <h3>Minutes</h3>
        <p className="pre">{meeting.minutes === '' ? 'None are written yet.' : meeting.minutes}</p>
      </section>
    </div>
  );
}

function Facts({ meeting }: { readonly meeting: MeetingView }): ReactElement {
  const [last] = meeting.saves;
  return (
    <dl className="meeting-facts">
      <dt>Held</dt>
      <dd>
        <Time at={meeting.heldAt} />
      </dd>
      <dt>Chair</dt>
      <dd>
        <Person person={meeting.chair} />
      </dd>
      <dt>Attendees</dt>
      <dd>
        <ul className="plain">
          {meeting.attendees.map(({ person, role }, i) => (
            <li key={person.accountId ?? i}>
              <Person person={person} /> <span className="subtle">{role}</span>
            </li>
          ))}
        </ul>
      </dd>
      {last !== undefined && (
        <>
          <dt>Record</dt>
          <dd>
            Save {last.revision} by {last.by ?? 'somebody whose name is not known'}, <Time at={last.at} />
          </dd>
        </>
      )}
    </dl>
  );
}

const DECIDED = {
  approved: ['good', 'Approved'],
  disapproved: ['bad', 'Disapproved'],
  deferred: ['warning', 'Deferred'],
  withdrawn: ['neutral', 'Withdrawn'],
} as const;

function Agenda({ meeting }: { readonly meeting: MeetingView }): ReactElement {
  return (
    <section className="stack">
      <h3>Agenda</h3>
      {meeting.hidden > 0 && <p className="subtle">{meeting.hidden} more on the agenda that you may not see.</p>}
      <ul className="decisions">
        {meeting.agenda.map(({ key, summary, status, open, needs, decisions }) => (
          <li key={key} className="decision">
            <div className="row">
              <strong>{key}</strong>
              <span className="grow">{summary}</span>
              <Lozenge tone={open ? 'good' : 'waiting'}>{open ? 'Open' : status}</Lozenge>
            </div>
            {!open && needs !== '' && <p className="small subtle">Needs {needs}</p>}
            {decisions.map((one, i) => (
              <p key={i} className="row small">
                <Lozenge tone={one.valid ? DECIDED[one.decision][0] : 'neutral'}>{DECIDED[one.decision][1]}</Lozenge>
                <span>
                  {one.by ?? 'Name not known'}, <Time at={one.at} />
                  {!one.valid && '; does not count'}
                </span>
              </p>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}
