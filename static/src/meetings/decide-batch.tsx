import { useState } from 'react';
import type { ReactElement } from 'react';
import type { MeetingDecidedRow, MeetingView } from '../../../src/contract/meetings';
import { METHODS } from '../../../src/contract/panel';
import { ask, Refused, sayFailure } from '../bridge/ask';
import { Button } from '../parts/button';
import { Field } from '../parts/field';
import { Message } from '../parts/message';
import { batchOf, EMPTY_ROW, rowFault, sayBatch, type BatchRow } from '../wording/meeting';

interface DecideBatchProps {
  readonly meeting: MeetingView;
  readonly onDecided: () => void;
}

type Results = Readonly<
  Record<string, MeetingDecidedRow | { readonly outcome: 'unanswered'; readonly message: string }>
>;

/** The viewer's own decisions for the whole agenda: one basis for all, or one each; every row has its own result. */
export function DecideBatch({ meeting, onDecided }: DecideBatchProps): ReactElement {
  const [rows, setRows] = useState<Readonly<Record<string, BatchRow>>>({});
  const [basis, setBasis] = useState('');
  const [shown, setShown] = useState(false);
  const [results, setResults] = useState<Results>({});
  const [progress, setProgress] = useState<{ readonly done: number; readonly of: number } | null>(null);
  const rowOf = (key: string): BatchRow => rows[key] ?? EMPTY_ROW;
  const edit = (key: string, patch: Partial<BatchRow>) => setRows({ ...rows, [key]: { ...rowOf(key), ...patch } });
  const batch = batchOf(
    meeting.agenda.map(({ key }) => key),
    rows,
    basis,
  );
  const faults = batch.filter(({ fault }) => fault !== null);
  const record = async () => {
    setShown(true);
    if (batch.length === 0 || faults.length > 0) return;
    setResults({});
    for (const [i, { key, payload }] of batch.entries()) {
      setProgress({ done: i, of: batch.length });
      const result = await recordOne(meeting.id, key, payload);
      setResults((current) => ({ ...current, [key]: result }));
    }
    setProgress(null);
    setShown(false);
    onDecided();
  };
  const said = sayBatch(Object.values(results).map(({ outcome }) => outcome));
  return (
    <section className="stack" aria-label="Your decisions in this meeting">
      <h3>Your decisions in this meeting</h3>
      <p className="subtle">You decide for yourself alone; the other attendees record theirs.</p>
      <Field label="Basis for all" hint="Used where a change has none of its own." error={null}>
        {(control) => (
          <textarea {...control} maxLength={8000} value={basis} onChange={(e) => setBasis(e.target.value)} />
        )}
      </Field>
      <ul className="decisions">
        {meeting.agenda.map(({ key, summary, mayDecide, reasons }) => (
          <li key={key} className="decision stack">
            <span>
              <strong>{key}</strong> {summary}
            </span>
            {mayDecide ? (
              <Row
                name={key}
                row={rowOf(key)}
                attendees={meeting.attendees}
                fault={shown ? rowFault(rowOf(key), basis) : null}
                onChange={(patch) => edit(key, patch)}
              />
            ) : (
              <ul className="reasons small">
                {reasons.map(({ code, sentence }) => (
                  <li key={code}>{sentence}</li>
                ))}
              </ul>
            )}
            <Result result={results[key]} />
          </li>
        ))}
      </ul>
      <div role="status">
        {progress !== null && (
          <p>
            Recording {progress.done + 1} of {progress.of}
          </p>
        )}
        {progress === null && said !== null && <Message tone={said.tone} title={said.title} />}
        {shown && batch.length === 0 && <p className="field-error">Choose a decision for at least one change.</p>}
      </div>
      <div>
        <Button look="primary" busy={progress !== null} onPress={() => void record()}>
          Record my decisions
        </Button>
      </div>
    </section>
  );
}

async function recordOne(meeting: string, key: string, payload: object): Promise<Results[string]> {
  try {
    const { rows } = await ask(METHODS.decideInMeeting, { meeting, decisions: [{ key, ...payload }] });
    return rows[0] ?? { outcome: 'unanswered', message: 'The app gave no answer for this change.' };
  } catch (failure) {
    const doubt = failure instanceof Refused ? '' : ' It may be recorded: sending it again does no harm.';
    return { outcome: 'unanswered', message: `${sayFailure(failure)}${doubt}` };
  }
}

function Result({ result }: { readonly result: Results[string] | undefined }): ReactElement | null {
  if (result === undefined) return null;
  switch (result.outcome) {
    case 'recorded':
      return <p className="small">Recorded.</p>;
    case 'recorded-before':
      return <p className="small">You had decided this already; nothing was added.</p>;
    case 'refused':
      return <p className="field-error">{result.refusal.message}</p>;
    case 'unanswered':
      return <p className="field-error">{result.message}</p>;
  }
}

interface RowProps {
  readonly name: string;
  readonly row: BatchRow;
  readonly attendees: MeetingView['attendees'];
  readonly fault: string | null;
  readonly onChange: (patch: Partial<BatchRow>) => void;
}

function Row({ name, row, attendees, fault, onChange }: RowProps): ReactElement {
  return (
    <div className="stack">
      <Field label={`Decision on ${name}`} error={fault}>
        {(control) => (
          <select
            {...control}
            value={row.decision}
            onChange={(e) => onChange({ decision: e.target.value as BatchRow['decision'] })}
          >
            <option value="">None now</option>
            <option value="approved">Approve</option>
            <option value="disapproved">Disapprove</option>
            <option value="deferred">Defer</option>
          </select>
        )}
      </Field>
      {row.decision !== '' && (
        <Field label={`Basis for ${name} alone`} hint="Optional." error={null}>
          {(control) => (
            <input
              {...control}
              maxLength={8000}
              value={row.basis}
              onChange={(e) => onChange({ basis: e.target.value })}
            />
          )}
        </Field>
      )}
      {row.decision === 'disapproved' && (
        <>
          <Field label={`Required action on ${name}`} error={null}>
            {(control) => (
              <input
                {...control}
                maxLength={2000}
                value={row.what}
                onChange={(e) => onChange({ what: e.target.value })}
              />
            )}
          </Field>
          <Field label={`Owner of the required action on ${name}`} hint="A name as Jira shows it." error={null}>
            {(control) => (
              <input
                {...control}
                list={`owners-${name}`}
                maxLength={128}
                value={row.owner}
                onChange={(e) => onChange({ owner: e.target.value })}
              />
            )}
          </Field>
          <datalist id={`owners-${name}`}>
            {attendees.flatMap(({ person }) =>
              person.name === null ? [] : [<option key={person.name} value={person.name} />],
            )}
          </datalist>
        </>
      )}
    </div>
  );
}
