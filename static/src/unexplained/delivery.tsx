import { useState } from 'react';
import type { ReactElement } from 'react';
import type { OrphanView } from '../../../src/contract/panel';
import { sayFailure } from '../bridge/ask';
import { Button } from '../parts/button';
import { Field } from '../parts/field';
import { Lozenge } from '../parts/lozenge';
import { Time } from '../parts/time';
import { contentWords, orphanWords, placeWords } from '../wording/orphan';
import type { OrphanList } from './unexplained';

interface DeliveryProps {
  readonly orphan: OrphanView;
  readonly projects: readonly string[];
  /** The project of the page, where there is one. */
  readonly project: string | undefined;
  readonly list: OrphanList;
}

/** One delivery: what it tells, why it is here, and the two things that can be done about it. */
export function Delivery({ orphan, projects, project, list }: DeliveryProps): ReactElement {
  const [dismissing, setDismissing] = useState(false);
  const [chosen, setChosen] = useState(project ?? projects[0] ?? '');
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const run = async (work: () => Promise<void>) => {
    setBusy(true);
    setFault(null);
    try {
      await work();
    } catch (failure) {
      setFault(sayFailure(failure));
    } finally {
      setBusy(false);
    }
  };
  const name = `${orphan.sourceName} ${orphan.event}`;
  return (
    <div className="stack delivery">
      <Told orphan={orphan} />
      {dismissing ? (
        <DismissForm
          busy={busy}
          fault={fault}
          onDismiss={(reason) => void run(() => list.dismiss(orphan.delivery, reason))}
          onKeep={() => setDismissing(false)}
        />
      ) : (
        <div className="row">
          {project === undefined && projects.length > 1 && (
            <select
              aria-label={`Project for ${name}`}
              value={chosen}
              onChange={(event) => setChosen(event.target.value)}
            >
              {projects.map((key) => (
                <option key={key}>{key}</option>
              ))}
            </select>
          )}
          <Button
            busy={busy}
            label={`Open a change for ${name}`}
            onPress={() => void run(() => list.open(orphan.delivery, chosen))}
          >
            Open a change
          </Button>
          <Button look="quiet" label={`Dismiss ${name}`} onPress={() => setDismissing(true)}>
            Dismiss
          </Button>
        </div>
      )}
      {fault !== null && !dismissing && (
        <p className="field-error" role="alert">
          {fault}
        </p>
      )}
    </div>
  );
}

function Told({ orphan }: { readonly orphan: OrphanView }): ReactElement {
  const { why, meaning } = orphanWords(orphan.reason);
  const content = contentWords(orphan);
  const place = placeWords(orphan);
  return (
    <div className="stack tight">
      <div className="row">
        <strong>{content ?? orphan.event}</strong>
        {place !== null && <span>{place}</span>}
        <Lozenge tone={orphan.reason === 'change-not-open' ? 'bad' : 'warning'}>{why}</Lozenge>
      </div>
      <p className="small subtle">
        {orphan.sourceName} {orphan.event}, received <Time at={orphan.receivedAt} relative={false} />
        {orphan.names.length > 0 && `, names ${orphan.names.slice(0, 5).join(', ')}`}
        {orphan.names.length > 5 && ` and ${orphan.names.length - 5} more`}
      </p>
      {orphan.about !== undefined && orphan.about.commits.length > 0 && (
        <p className="small subtle">
          {orphan.about.commits.map((commit) => (
            <code key={commit} title={commit}>
              {commit.slice(0, 10)}{' '}
            </code>
          ))}
        </p>
      )}
      <p className="small subtle">{meaning}</p>
    </div>
  );
}

interface DismissFormProps {
  readonly busy: boolean;
  readonly fault: string | null;
  readonly onDismiss: (reason: string) => void;
  readonly onKeep: () => void;
}

function DismissForm({ busy, fault, onDismiss, onKeep }: DismissFormProps): ReactElement {
  const [reason, setReason] = useState('');
  const [empty, setEmpty] = useState(false);
  const dismiss = () => {
    const given = reason.trim();
    setEmpty(given === '');
    if (given !== '') onDismiss(given);
  };
  return (
    <div className="stack" role="group" aria-label="Dismiss this delivery">
      <Field
        label="Why it needs no change"
        hint="Recorded with your name. The delivery itself stays."
        error={empty ? 'Say why it needs no change.' : fault}
      >
        {(control) => (
          <textarea {...control} autoFocus value={reason} onChange={(event) => setReason(event.target.value)} />
        )}
      </Field>
      <div className="row">
        <Button look="primary" busy={busy} onPress={dismiss}>
          Dismiss with this reason
        </Button>
        <Button look="quiet" onPress={onKeep}>
          Back
        </Button>
      </div>
    </div>
  );
}
