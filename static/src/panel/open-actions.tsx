import { useRef, useState } from 'react';
import type { ReactElement } from 'react';
import type { ActionView, ChangeView } from '../../../src/contract/panel';
import { METHODS } from '../../../src/contract/panel';
import { Button } from '../parts/button';
import { Field } from '../parts/field';
import { Lozenge } from '../parts/lozenge';
import { Person } from '../parts/person';
import { Section } from '../parts/section';
import { ActResult } from './act-result';
import type { SectionsProps } from './panel';
import type { Act } from './use-act';
import { useAct } from './use-act';

interface OpenActionsProps extends SectionsProps {
  readonly view: ChangeView;
}

/** What has to be done before the change can be resubmitted, by whom, and the way to say that it is. */
export function OpenActions({ view, change, announce }: OpenActionsProps): ReactElement | null {
  const act = useAct({ change, announce });
  if (view.actions.length === 0) return null;
  const open = view.actions.filter(({ outcome }) => outcome === 'open').length;
  return (
    <Section title="Required actions" count={view.actions.length}>
      <p className="subtle">
        {open === 0
          ? 'All are done or withdrawn: Resubmit asks for a decision again.'
          : `${open === 1 ? '1 is' : `${open} are`} still open. Resubmit is refused until each is done, or withdrawn by the person who set it.`}
      </p>
      <ul className="decisions">
        {view.actions.map((action) => (
          <li key={`${action.decision}.${action.action}`} className="decision">
            <Action action={action} act={act} />
          </li>
        ))}
      </ul>
      <ActResult act={act} />
    </Section>
  );
}

const OUTCOMES = { open: ['waiting', 'Open'], done: ['good', 'Done'], withdrawn: ['neutral', 'Withdrawn'] } as const;

function Action({ action, act }: { readonly action: ActionView; readonly act: Act }): ReactElement {
  const [note, setNote] = useState('');
  const place = useRef<HTMLDivElement>(null);
  const [tone, word] = OUTCOMES[action.outcome];
  const settle = async (outcome: 'done' | 'withdrawn') => {
    const { decision, action: index } = action;
    const said = `“${action.what}” is ${outcome}.`;
    if (await act.send(METHODS.settleAction, { decision, action: index, outcome, note: note.trim() }, said))
      requestAnimationFrame(() => place.current?.focus());
  };
  const may = action.mayFinish || action.mayWithdraw;
  return (
    <div className="stack" ref={place} tabIndex={-1} role="group" aria-label={`Required action: ${action.what}`}>
      <div className="row">
        <Lozenge tone={tone}>{word}</Lozenge>
        <span className="grow">{action.what}</span>
      </div>
      <p className="small subtle">
        Owner: <Person person={action.owner} />
      </p>
      {may && (
        <>
          <Field label="Note" hint="What was done, or why it is not needed any more. Optional." error={null}>
            {(control) => (
              <input {...control} maxLength={2000} value={note} onChange={(event) => setNote(event.target.value)} />
            )}
          </Field>
          <div className="row">
            {action.mayFinish && (
              <Button busy={act.sending} label={`Done: ${action.what}`} onPress={() => void settle('done')}>
                Done
              </Button>
            )}
            {action.mayWithdraw && (
              <Button
                look="danger"
                busy={act.sending}
                label={`Withdraw: ${action.what}`}
                onPress={() => void settle('withdrawn')}
              >
                Withdraw
              </Button>
            )}
          </div>
        </>
      )}
    </div>
  );
}
