import { useState } from 'react';
import type { ReactElement } from 'react';
import type { ChangeView, MarkingView } from '../../../src/contract/panel';
import { METHODS } from '../../../src/contract/panel';
import { ask, sayFailure } from '../bridge/ask';
import { Button } from '../parts/button';
import { Field } from '../parts/field';
import { Message } from '../parts/message';
import { Time } from '../parts/time';
import { ruleName } from '../wording/evidence';
import type { SectionsProps } from './panel';

interface MarkingsProps extends SectionsProps {
  readonly view: ChangeView;
}

/** Where something looks like CUI or a secret. The matched text itself is shown nowhere. */
export function Markings({ view, change, announce }: MarkingsProps): ReactElement | null {
  const open = view.markings.filter(({ cleared }) => cleared === null);
  const cleared = view.markings.filter((marking) => marking.cleared !== null);
  if (view.markings.length === 0) return null;
  return (
    <section aria-label="CUI markings" className="stack">
      {open.length > 0 && (
        <Message
          tone="bad"
          title={
            open.length === 1 ? '1 possible CUI marking or secret' : `${open.length} possible CUI markings or secrets`
          }
        >
          <p>
            Take it out of the work item, or clear it with a reason if it is none. No evidence pack leaves before that.
          </p>
          <ul className="stack">
            {open.map((marking) => (
              <Finding key={marking.finding} marking={marking} change={change} announce={announce} />
            ))}
          </ul>
        </Message>
      )}
      {cleared.length > 0 && <Cleared markings={cleared} />}
    </section>
  );
}

function Finding({ marking, change, announce }: SectionsProps & { readonly marking: MarkingView }): ReactElement {
  const [clearing, setClearing] = useState(false);
  return (
    <li className="stack">
      <div className="row">
        <span>
          <strong>{ruleName(marking.rule)}</strong> in {marking.place}{' '}
          <span className="subtle">({marking.severity})</span>
        </span>
        {!clearing && (
          <Button label={`Clear ${ruleName(marking.rule)} in ${marking.place}`} onPress={() => setClearing(true)}>
            Clear
          </Button>
        )}
      </div>
      {clearing && (
        <ClearForm marking={marking} change={change} announce={announce} onKeep={() => setClearing(false)} />
      )}
    </li>
  );
}

interface ClearFormProps extends SectionsProps {
  readonly marking: MarkingView;
  readonly onKeep: () => void;
}

function ClearForm({ marking, change, announce, onKeep }: ClearFormProps): ReactElement {
  const [reason, setReason] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const clear = async () => {
    if (reason.trim() === '') {
      setFault('Say why this is not CUI and no secret.');
      return;
    }
    setBusy(true);
    setFault(null);
    try {
      change.accept(await ask(METHODS.clearMarking, { finding: marking.finding, reason: reason.trim() }));
      announce('The finding is cleared, with your name and reason.');
    } catch (failure) {
      setFault(sayFailure(failure));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="stack">
      <Field label="Reason for clearing" hint="Recorded with your name." error={fault}>
        {(control) => (
          <textarea {...control} autoFocus value={reason} onChange={(event) => setReason(event.target.value)} />
        )}
      </Field>
      <div className="row">
        <Button look="primary" busy={busy} onPress={() => void clear()}>
          Clear with this reason
        </Button>
        <Button look="quiet" onPress={onKeep}>
          Back
        </Button>
      </div>
    </div>
  );
}

function Cleared({ markings }: { readonly markings: readonly MarkingView[] }): ReactElement {
  return (
    <ul className="small subtle">
      {markings.map(({ finding, rule, place, cleared }) => (
        <li key={finding}>
          {ruleName(rule)} in {place}: cleared{cleared?.by !== null && cleared?.by !== undefined && ` by ${cleared.by}`}
          {cleared !== null && (
            <>
              , <Time at={cleared.at} />: {cleared.reason}
            </>
          )}
        </li>
      ))}
    </ul>
  );
}
