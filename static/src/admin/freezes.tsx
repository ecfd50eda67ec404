import type { ReactElement } from 'react';
import type { FreezeForm } from '../../../src/contract/policy';
import { Button } from '../parts/button';
import { useViewing } from '../parts/viewing';
import type { Viewing } from '../parts/viewing';
import { timeWords } from '../wording/times';
import { newFreeze } from '../wording/policy-draft';
import { Lines, Moment, Part, TextInput } from './inputs';
import type { PartProps } from './inputs';
import { Foldable } from './foldable';
import { newId } from './new-id';

/** The freeze calendar: nothing is deployed inside a period, save by an exception. Both ends belong to it. */
export function Freezes({ draft, edit }: PartProps): ReactElement {
  const viewing = useViewing();
  const { freezes } = draft;
  const change = (id: string, patch: Partial<FreezeForm>) =>
    edit({ freezes: freezes.map((freeze) => (freeze.id === id ? { ...freeze, ...patch } : freeze)) });
  return (
    <Part title="Freeze periods">
      {freezes.length === 0 && <p className="subtle">There is none: deployments are held up by change windows only.</p>}
      {freezes.map((freeze, index) => (
        <Foldable key={freeze.id} title={titleOf(freeze, index, viewing)} isNew={freeze.name === ''}>
          <div className="stack">
            <TextInput label="Name" value={freeze.name} onChange={(name) => change(freeze.id, { name })} />
            <div className="columns">
              <Moment label="Start" value={freeze.start} onChange={(start) => change(freeze.id, { start })} />
              <Moment label="End" value={freeze.end} onChange={(end) => change(freeze.id, { end })} />
            </div>
            <Lines
              label="Only for changes that touch"
              hint="Impacted CUI systems as the field names them, one a line. Empty: every change."
              values={freeze.systems}
              onChange={(systems) => change(freeze.id, { systems })}
            />
            <div>
              <Button
                look="quiet"
                tight
                label={`Remove freeze period ${freeze.name === '' ? index + 1 : freeze.name}`}
                onPress={() => edit({ freezes: freezes.filter(({ id }) => id !== freeze.id) })}
              >
                Remove
              </Button>
            </div>
          </div>
        </Foldable>
      ))}
      <div>
        <Button onPress={() => edit({ freezes: [...freezes, newFreeze(newId())] })}>Add freeze period</Button>
      </div>
    </Part>
  );
}

/** The name and both ends in the viewer's zone, which is named. */
function titleOf({ name, start, end }: FreezeForm, index: number, viewing: Viewing): string {
  const [from, to] = [start, end].map((at) => timeWords(at, viewing.now, viewing)?.local);
  const title = name === '' ? `Freeze period ${index + 1}` : name;
  return from === undefined || to === undefined ? title : `${title}: ${from} to ${to}`;
}
