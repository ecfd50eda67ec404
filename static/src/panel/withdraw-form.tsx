import type { ReactElement } from 'react';
import { Button } from '../parts/button';
import { BasisField } from './basis-field';
import type { DecisionForm } from './use-decision';

interface WithdrawFormProps {
  readonly form: DecisionForm;
  readonly onDone: (recorded: boolean) => void;
  readonly onKeep: () => void;
}

/** Takes back one's own decision; it stays in the record, with the reason why it was taken back. */
export function WithdrawForm({ form, onDone, onKeep }: WithdrawFormProps): ReactElement {
  return (
    <div className="stack" role="group" aria-label="Withdraw my decision">
      <BasisField form={form} hint="Why you take it back. Your decision stays in the record." focused />
      <div className="row">
        <Button look="danger" busy={form.sending !== null} onPress={() => void form.send('withdrawn').then(onDone)}>
          Withdraw my decision
        </Button>
        <Button look="quiet" onPress={onKeep}>
          Keep it
        </Button>
      </div>
    </div>
  );
}
