import type { ReactElement } from 'react';
import type { HoldForm } from '../../../src/contract/policy';
import { Button } from '../parts/button';
import { Moment } from '../parts/moment';
import { newHold } from '../wording/policy-draft';
import { Foldable } from './foldable';
import { Check, Lines, Paragraph, Part, TextInput } from './inputs';
import type { PartProps } from './inputs';
import { newId } from './new-id';

/** What is under a legal hold is never erased, whatever the retention says. */
export function LegalHolds({ draft, edit }: PartProps): ReactElement {
  const { legalHolds } = draft;
  const change = (id: string, patch: Partial<HoldForm>) =>
    edit({ legalHolds: legalHolds.map((hold) => (hold.id === id ? { ...hold, ...patch } : hold)) });
  return (
    <Part title="Legal holds">
      {legalHolds.length === 0 && <p className="subtle">There is none: evidence may go when its retention is over.</p>}
      {legalHolds.map((hold, index) => (
        <Foldable
          key={hold.id}
          title={hold.name === '' ? `Legal hold ${index + 1}` : hold.name}
          isNew={hold.name === ''}
        >
          <div className="stack">
            <TextInput label="Name" value={hold.name} onChange={(name) => change(hold.id, { name })} />
            <Paragraph label="Reason" value={hold.reason} onChange={(reason) => change(hold.id, { reason })} />
            <div className="columns">
              <Lines
                label="Projects"
                hint="Project keys, one a line."
                values={hold.projects}
                onChange={(projects) => change(hold.id, { projects })}
              />
              <Lines
                label="Single changes"
                hint="Keys such as CHG-7, one a line."
                values={hold.changes}
                onChange={(changes) => change(hold.id, { changes })}
              />
              <Moment label="From" value={hold.from} onChange={(from) => change(hold.id, { from })} />
              {hold.until !== null && (
                <Moment label="Until" value={hold.until} onChange={(until) => change(hold.id, { until })} />
              )}
            </div>
            <Check
              label="Until it is lifted"
              checked={hold.until === null}
              onChange={(open) => change(hold.id, { until: open ? null : '' })}
            />
            <div>
              <Button
                look="quiet"
                tight
                label={`Lift legal hold ${hold.name === '' ? index + 1 : hold.name}`}
                onPress={() => edit({ legalHolds: legalHolds.filter(({ id }) => id !== hold.id) })}
              >
                Lift
              </Button>
            </div>
          </div>
        </Foldable>
      ))}
      <div>
        <Button onPress={() => edit({ legalHolds: [...legalHolds, newHold(newId())] })}>Add legal hold</Button>
      </div>
    </Part>
  );
}
