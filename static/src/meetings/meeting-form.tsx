import { useState } from 'react';
import type { ReactElement } from 'react';
import Spinner from '@atlaskit/spinner';
import type { MeetingListView, MeetingView } from '../../../src/contract/meetings';
import { METHODS } from '../../../src/contract/panel';
import { ask, sayFailure } from '../bridge/ask';
import { Button } from '../parts/button';
import { Field } from '../parts/field';
import { Message } from '../parts/message';
import { Moment } from '../parts/moment';
import { draftOf, faultsOf, newMeetingId, toggled, type MeetingDraft } from '../wording/meeting';

interface MeetingFormProps {
  readonly list: MeetingListView;
  readonly meeting: MeetingView | null;
  readonly onSaved: (meeting: MeetingView) => void;
  readonly onBack: () => void;
}

/** Agenda, attendees, chair and minutes: what the chair records. It decides nothing. */
export function MeetingForm({ list, meeting, onSaved, onBack }: MeetingFormProps): ReactElement {
  const [id] = useState(() => meeting?.id ?? newMeetingId());
  const [draft, setDraft] = useState<MeetingDraft>(() => draftOf(meeting, new Date()));
  const [shown, setShown] = useState(false);
  const [sending, setSending] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const faults = faultsOf(draft);
  const fault = (name: keyof typeof faults) => (shown ? faults[name] : null);
  const edit = (patch: Partial<MeetingDraft>) => setDraft((current) => ({ ...current, ...patch }));
  const save = async () => {
    setShown(true);
    setError(null);
    if (Object.values(faults).some((one) => one !== null)) return;
    setSending(true);
    try {
      onSaved(await ask(METHODS.saveMeeting, { id, basedOn: meeting?.revision ?? 0, ...draft }));
    } catch (failure) {
      setError(sayFailure(failure));
    } finally {
      setSending(false);
    }
  };
  return (
    <div className="stack meeting-form">
      <h2>{meeting === null ? 'Record a meeting' : `Edit ${meeting.title}`}</h2>
      <Field label="Title" error={fault('title')}>
        {(control) => (
          <input {...control} maxLength={200} value={draft.title} onChange={(e) => edit({ title: e.target.value })} />
        )}
      </Field>
      <Moment label="Held" value={draft.heldAt} error={fault('heldAt')} onChange={(heldAt) => edit({ heldAt })} />
      <Attendees list={list} meeting={meeting} draft={draft} edit={edit} fault={fault('attendees')} />
      <Field label="Chair" error={fault('chair')}>
        {(control) => (
          <select {...control} value={draft.chair} onChange={(e) => edit({ chair: e.target.value })}>
            <option value="">Choose a person</option>
            {peopleIn(list, meeting).map(({ accountId, name }) => (
              <option key={accountId} value={accountId}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Agenda list={list} meeting={meeting} draft={draft} edit={edit} fault={fault('agenda')} />
      <Field label="Minutes" hint="Goes into the evidence packs of the changes decided here." error={null}>
        {(control) => (
          <textarea
            {...control}
            maxLength={30_000}
            value={draft.minutes}
            onChange={(e) => edit({ minutes: e.target.value })}
          />
        )}
      </Field>
      {error !== null && (
        <Message tone="bad" role="alert">
          <p>{error}</p>
        </Message>
      )}
      <div className="row">
        <Button look="primary" busy={sending} onPress={() => void save()}>
          Save the record
        </Button>
        <Button look="quiet" onPress={onBack}>
          Back
        </Button>
        {sending && <Spinner size="small" label="Saving the record" />}
      </div>
    </div>
  );
}

interface PartProps {
  readonly list: MeetingListView;
  readonly meeting: MeetingView | null;
  readonly draft: MeetingDraft;
  readonly edit: (patch: Partial<MeetingDraft>) => void;
  readonly fault: string | null;
}

/** Those who decide, and whoever is in the record already. */
function peopleIn(list: MeetingListView, meeting: MeetingView | null): MeetingListView['people'] {
  const recorded = (meeting?.attendees ?? []).flatMap(({ person, role }) =>
    person.accountId === null || list.people.some(({ accountId }) => accountId === person.accountId)
      ? []
      : [{ accountId: person.accountId, name: person.name ?? 'Name not known', role }],
  );
  return [...list.people, ...recorded];
}

function Attendees({ list, meeting, draft, edit, fault }: PartProps): ReactElement {
  return (
    <fieldset className="stack">
      <legend className="message-title">Attendees</legend>
      {peopleIn(list, meeting).map(({ accountId, name, role }) => (
        <label key={accountId} className="meetings-pick">
          <input
            type="checkbox"
            checked={draft.attendees.some((one) => one.accountId === accountId)}
            onChange={() => edit({ attendees: toggled(draft.attendees, { accountId, role }) })}
          />
          <span>
            {name} <span className="subtle">{role}</span>
          </span>
        </label>
      ))}
      {fault !== null && <p className="field-error">{fault}</p>}
    </fieldset>
  );
}

function Agenda({ list, meeting, draft, edit, fault }: PartProps): ReactElement {
  const recorded = (meeting?.agenda ?? []).filter(({ key }) => !list.waiting.some((one) => one.key === key));
  const changes = [...recorded, ...list.waiting];
  return (
    <fieldset className="stack">
      <legend className="message-title">Agenda</legend>
      {changes.length === 0 && <p className="subtle">No change of this project waits for a decision.</p>}
      {changes.map(({ key, summary, needs }) => (
        <label key={key} className="meetings-pick">
          <input
            type="checkbox"
            checked={draft.agenda.includes(key)}
            onChange={() =>
              edit({
                agenda: draft.agenda.includes(key) ? draft.agenda.filter((one) => one !== key) : [...draft.agenda, key],
              })
            }
          />
          <span>
            <strong>{key}</strong> {summary} {needs !== '' && <span className="subtle">needs {needs}</span>}
          </span>
        </label>
      ))}
      {fault !== null && <p className="field-error">{fault}</p>}
    </fieldset>
  );
}
