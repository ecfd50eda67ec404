import { useState } from 'react';
import type { ReactElement } from 'react';
import type { ExceptionView } from '../../../src/contract/panel';
import { METHODS } from '../../../src/contract/panel';
import { ask, sayFailure } from '../bridge/ask';
import { Button } from '../parts/button';
import { Field } from '../parts/field';
import type { SectionsProps } from './panel';

interface BreakGlassProps extends SectionsProps {
  readonly exception: ExceptionView;
  /** The server's clock, for an exception that has no time of its own. */
  readonly now: string;
}

/** Says afterwards that the rules were passed by on purpose. It approves nothing; the exception then tells why. */
export function BreakGlass(props: BreakGlassProps): ReactElement {
  const [open, setOpen] = useState(false);
  if (open) return <Form {...props} onKeep={() => setOpen(false)} />;
  return (
    <div>
      <Button look="quiet" label={`Declare break-glass: ${props.exception.sentence}`} onPress={() => setOpen(true)}>
        Declare break-glass
      </Button>
    </div>
  );
}

function Form({
  exception,
  now,
  change,
  announce,
  onKeep,
}: BreakGlassProps & { readonly onKeep: () => void }): ReactElement {
  const [what, setWhat] = useState('');
  const [why, setWhy] = useState('');
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const declare = async () => {
    setAsked(true);
    if (what.trim() === '' || why.trim() === '') return;
    setBusy(true);
    setFault(null);
    try {
      const usedAt = exception.at ?? now;
      const payload = { historyId: exception.move, usedAt, what: what.trim(), why: why.trim() };
      const recorded = await ask(METHODS.declareBreakGlass, payload);
      change.accept(recorded.change);
      announce('The use of break-glass is declared, with your name.');
    } catch (failure) {
      setFault(sayFailure(failure));
    } finally {
      setBusy(false);
    }
  };
  const missing = (text: string, say: string) => (asked && text.trim() === '' ? say : null);
  return (
    <div className="stack confirm" role="group" aria-label="Declare break-glass">
      <p className="small">This approves nothing. It records that the rules were passed by on purpose, and why.</p>
      <Field label="What was done, and by whom" error={missing(what, 'Say what was done.')}>
        {(control) => (
          <textarea {...control} autoFocus value={what} onChange={(event) => setWhat(event.target.value)} />
        )}
      </Field>
      <Field label="Why it could not wait" error={missing(why, 'Say why it could not wait.')}>
        {(control) => <textarea {...control} value={why} onChange={(event) => setWhy(event.target.value)} />}
      </Field>
      <div className="row">
        <Button look="primary" busy={busy} onPress={() => void declare()}>
          Declare with my name
        </Button>
        <Button look="quiet" onPress={onKeep}>
          Back
        </Button>
      </div>
      {fault !== null && (
        <p className="field-error" role="alert">
          {fault}
        </p>
      )}
    </div>
  );
}
