import { useState } from 'react';
import type { ReactElement } from 'react';
import Spinner from '@atlaskit/spinner';
import type { ChangeView } from '../../../src/contract/panel';
import { Button } from '../parts/button';
import { withAction } from '../wording/draft';
import { wouldComplete } from '../wording/verdict';
import { BasisField } from './basis-field';
import { DecideOptions, OnBehalf } from './decide-options';
import { RequiredActions } from './required-actions';
import type { DecisionForm } from './use-decision';

interface DecideFormProps {
  readonly view: ChangeView;
  readonly form: DecisionForm;
  readonly onDone: (recorded: boolean) => void;
}

/**
 * One basis and three answers. "Disapprove" first asks what has to be done and by whom; the way back keeps what was
 * typed.
 */
export function DecideForm({ view, form, onDone }: DecideFormProps): ReactElement {
  const [objecting, setObjecting] = useState(false);
  const busy = form.sending !== null || !view.mayDecide.allowed;
  const owner = view.people.find(({ accountId }) => accountId === view.owner.accountId)?.accountId ?? '';
  const object = () => {
    setObjecting(true);
    if (form.draft.actions.length === 0) form.edit(withAction(form.draft, owner));
  };
  const finish = (recorded: boolean) => {
    if (recorded) setObjecting(false);
    onDone(recorded);
  };
  const disapprove = () => {
    if (objecting) void form.send('disapproved').then(finish);
    else object();
  };
  return (
    <div className="stack">
      <OnBehalf view={view} form={form} />
      <BasisField form={form} hint="What you looked at and why you decide so. It goes into the record and the pack." />
      {objecting && <RequiredActions form={form} people={view.people} owner={owner} />}
      {!objecting && <DecideOptions form={form} />}
      <div className="row decide-buttons">
        {!objecting && <SignOff view={view} form={form} busy={busy} onDone={finish} />}
        <Button look={objecting ? 'danger' : undefined} busy={busy} expanded={objecting} onPress={disapprove}>
          Disapprove
        </Button>
        {objecting ? (
          <Button look="quiet" onPress={() => setObjecting(false)}>
            Back
          </Button>
        ) : (
          <Button busy={busy} onPress={() => void form.send('deferred').then(finish)}>
            Defer
          </Button>
        )}
        {form.sending !== null && <Spinner size="small" label="Recording your decision" />}
      </div>
    </div>
  );
}

function SignOff({ view, form, busy, onDone }: DecideFormProps & { readonly busy: boolean }): ReactElement {
  const completes = wouldComplete(view);
  return (
    <>
      <Button look="primary" busy={busy} onPress={() => void form.send('approved').then(onDone)}>
        Sign off
      </Button>
      {completes && (
        <Button busy={busy} onPress={() => void form.send('approved', true).then(onDone)}>
          Sign off and move to Approved
        </Button>
      )}
    </>
  );
}
