import { useEffect, useRef, useState } from 'react';
import type { ReactElement } from 'react';
import Spinner from '@atlaskit/spinner';
import type { PolicyForm, PolicyPreview } from '../../../src/contract/policy';
import { Button } from '../parts/button';
import { Field } from '../parts/field';
import { LongList } from '../parts/long-list';
import { Message } from '../parts/message';
import { changesGroups, changesTypes } from '../wording/policy-draft';
import { Sentences } from './sentences';
import type { PolicyEditing } from './use-policy';

interface ReviewProps {
  readonly editing: PolicyEditing;
  readonly preview: PolicyPreview;
  readonly base: PolicyForm;
  readonly draft: PolicyForm;
}

/** What saving would change, then why, then the save. */
export function Review({ editing, preview, base, draft }: ReviewProps): ReactElement {
  const top = useRef<HTMLHeadingElement>(null);
  useEffect(() => top.current?.focus(), []);
  return (
    <div className="stack">
      <h3 ref={top} tabIndex={-1}>
        What would change
      </h3>
      <ul className="sentences">
        {preview.differences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {changesGroups(base, draft) && (
        <Message tone="information" title="The workflow's conditions name the groups too">
          <p>
            Until each condition “Independent decider” is saved again in the workflow editor, the transition Approve is
            offered to fewer people, never to more. Signing off in the panel follows at once.
          </p>
        </Message>
      )}
      {changesTypes(base, draft) && (
        <Message tone="information" title="The workflow’s own rules on Approve ask for fields too">
          <p>
            A field that some type needs no more is still asked for there until the validator “Required change fields”
            is saved again in the workflow editor.
          </p>
        </Message>
      )}
      {preview.problems.length > 0 ? (
        <>
          <Sentences title="This cannot be saved yet" sentences={preview.problems} />
          <div>
            <Button look="quiet" onPress={editing.discard}>
              Discard edits
            </Button>
          </div>
        </>
      ) : (
        <>
          <Affected preview={preview} />
          <SaveForm editing={editing} />
        </>
      )}
    </div>
  );
}

function Affected({ preview: { affected, judged, complete } }: { readonly preview: PolicyPreview }): ReactElement {
  const of = `${judged} ${judged === 1 ? 'change' : 'changes'}`;
  return (
    <div className="stack">
      <p>
        {affected.length === 0
          ? `None of ${of} that you may see would be judged differently.`
          : `${affected.length} of ${of} that you may see would be judged differently.`}
        {!complete && ' There are more changes than were looked at.'}
      </p>
      <LongList items={affected} first={10} noun="changes" className="versions" keyOf={({ key }) => key}>
        {({ key, summary, before, after }) => (
          <div className="stack">
            <p>
              <strong>{key}</strong> {summary}
            </p>
            <dl className="before-after small">
              <dt>Now</dt>
              <dd>{before}</dd>
              <dt>Then</dt>
              <dd>{after}</dd>
            </dl>
          </div>
        )}
      </LongList>
    </div>
  );
}

function SaveForm({ editing }: { readonly editing: PolicyEditing }): ReactElement {
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const busy = editing.busy !== null;
  const save = () => {
    setMissing(reason.trim() === '');
    if (reason.trim() !== '') editing.save(reason.trim());
  };
  return (
    <div className="stack">
      <Field
        label="Reason"
        hint="Goes into the ledger with your name and the differences above."
        error={missing ? 'Say why the policy changes.' : null}
      >
        {(control) => (
          <textarea {...control} maxLength={2000} value={reason} onChange={(event) => setReason(event.target.value)} />
        )}
      </Field>
      <div className="row">
        <Button look="primary" busy={busy} onPress={save}>
          Save the policy
        </Button>
        <Button look="quiet" busy={busy} onPress={editing.discard}>
          Discard edits
        </Button>
        {busy && <Spinner size="small" label="Saving the policy" />}
      </div>
    </div>
  );
}
