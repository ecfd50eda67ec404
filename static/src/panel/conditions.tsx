import { useState } from 'react';
import type { ReactElement } from 'react';
import type { ConditionView, DecisionView } from '../../../src/contract/panel';
import { METHODS } from '../../../src/contract/panel';
import { Button } from '../parts/button';
import { Field } from '../parts/field';
import { Lozenge } from '../parts/lozenge';
import { Person } from '../parts/person';
import { Section } from '../parts/section';
import { Time } from '../parts/time';
import { ActResult } from './act-result';
import type { SectionsProps } from './panel';
import type { Act } from './use-act';
import { useAct } from './use-act';

interface ConditionsProps extends SectionsProps {
  readonly decisions: readonly DecisionView[];
}

type Conditional = DecisionView & { readonly condition: ConditionView };

const isOpen = (decision: DecisionView): decision is Conditional => decision.condition?.outcome === 'open';

/** What approvals depend on and nobody has confirmed yet: nothing opens before, so it stands out. */
export function Conditions({ decisions, change, announce }: ConditionsProps): ReactElement | null {
  const act = useAct({ change, announce });
  const open = decisions.filter(isOpen);
  if (open.length === 0 && act.done === null && act.error === null) return null;
  return (
    <Section title="Conditions" count={open.length}>
      <p className="subtle">
        An approval depends on {open.length === 1 ? 'this' : 'these'}. Nothing opens before its author, or another
        person who decides, confirms it.
      </p>
      <ul className="decisions">
        {open.map((decision) => (
          <li key={decision.seq} className="decision">
            <Condition decision={decision} act={act} />
          </li>
        ))}
      </ul>
      <ActResult act={act} />
    </Section>
  );
}

function Condition({ decision, act }: { readonly decision: Conditional; readonly act: Act }): ReactElement {
  const [note, setNote] = useState('');
  const { condition, seq, by, at } = decision;
  const settle = (outcome: 'met' | 'waived') =>
    void act.send(
      METHODS.settleCondition,
      { decision: seq, outcome, note: note.trim() },
      outcome === 'met' ? 'The condition is recorded as met.' : 'The condition is waived.',
    );
  return (
    <div className="stack" role="group" aria-label={`Condition: ${condition.text}`}>
      <div className="row">
        <Lozenge tone="waiting">Open</Lozenge>
        <span className="grow pre">{condition.text}</span>
      </div>
      <p className="small subtle">
        Set by <Person person={by} />, <Time at={at} />
      </p>
      {condition.mayConfirm && (
        <>
          <Field label="Note" hint="What shows that it is met, or why it is waived. Optional." error={null}>
            {(control) => (
              <input {...control} maxLength={2000} value={note} onChange={(event) => setNote(event.target.value)} />
            )}
          </Field>
          <div className="row">
            <Button look="primary" busy={act.sending} onPress={() => settle('met')}>
              It is met
            </Button>
            {condition.mayWaive && (
              <Button busy={act.sending} onPress={() => settle('waived')}>
                Waive it
              </Button>
            )}
          </div>
        </>
      )}
    </div>
  );
}
