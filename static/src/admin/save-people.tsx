import { useState } from 'react';
import type { ReactElement } from 'react';
import Spinner from '@atlaskit/spinner';
import { Button } from '../parts/button';
import { Field } from '../parts/field';
import { Message } from '../parts/message';
import type { PeopleEditing } from './use-people';

/** What was edited is not in force until it is saved, with a reason. */
export function SavePeople({ editing }: { readonly editing: PeopleEditing }): ReactElement {
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const save = () => {
    setMissing(reason.trim() === '');
    if (reason.trim() !== '') void editing.save(reason.trim());
  };
  return (
    <Message tone="information" title="Edited, and not saved yet">
      <Field
        label="Reason"
        hint="Goes into the ledger with your name and how many people changed; nobody’s data does."
        error={missing ? 'Say why the people map changes.' : null}
      >
        {(control) => (
          <input {...control} maxLength={2000} value={reason} onChange={(event) => setReason(event.target.value)} />
        )}
      </Field>
      {editing.error !== null && (
        <p className="field-error" role="alert">
          {editing.error}
        </p>
      )}
      <div className="row">
        <Button look="primary" busy={editing.busy} onPress={save}>
          Save the people map
        </Button>
        <Button look="quiet" busy={editing.busy} onPress={editing.discard}>
          Discard edits
        </Button>
        {editing.busy && <Spinner size="small" label="Saving the people map" />}
      </div>
    </Message>
  );
}
