import { useRef, useState } from 'react';
import type { ReactElement } from 'react';
import type { ChangeView, ImplementationView } from '../../../src/contract/panel';
import { Button } from '../parts/button';
import { Icon } from '../parts/icon';
import { Lozenge } from '../parts/lozenge';
import { Person } from '../parts/person';
import { Section } from '../parts/section';
import { Time } from '../parts/time';
import { OUTCOMES, UPDATES } from '../wording/implementation';
import { ActResult } from './act-result';
import { ImplementationForm } from './implementation-form';
import type { SectionsProps } from './panel';
import { useAct } from './use-act';

interface ImplementationProps extends SectionsProps {
  readonly view: ChangeView;
}

/** What was done, how it was verified, and what Close still needs of it. Records that were corrected stay readable. */
export function Implementation({ view, change, announce }: ImplementationProps): ReactElement | null {
  const act = useAct({ change, announce });
  const [shown, setShown] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const { implementation: record, earlierImplementations: earlier, closeNeeds } = view;
  if (record === null && earlier.length === 0 && !view.mayAct.implementation && closeNeeds.length === 0) return null;
  const fold = () => {
    setShown(false);
    requestAnimationFrame(() => opener.current?.focus());
  };
  return (
    <Section title="Implementation record">
      {closeNeeds.map((sentence) => (
        <p className="tick-line warned" key={sentence}>
          <Icon shape="warning" />
          <span>{sentence}</span>
        </p>
      ))}
      {record === null ? (
        closeNeeds.length === 0 && <p className="subtle">Nothing is recorded as done yet. Close will ask for it.</p>
      ) : (
        <Record record={record} />
      )}
      {earlier.length > 0 && (
        <details>
          <summary>{earlier.length === 1 ? '1 earlier record' : `${earlier.length} earlier records`}</summary>
          <div className="stack">
            {earlier.map((one) => (
              <Record key={one.seq} record={one} />
            ))}
          </div>
        </details>
      )}
      {view.mayAct.implementation && !shown && (
        <div>
          <Button ref={opener} expanded={false} onPress={() => setShown(true)}>
            {record === null ? 'Record what was done' : 'Correct the record'}
          </Button>
        </div>
      )}
      {shown && <ImplementationForm view={view} act={act} onDone={fold} onBack={fold} />}
      <ActResult act={act} />
    </Section>
  );
}

const YES_NO = (value: boolean) => (value ? 'yes' : 'no');

function Record({ record }: { readonly record: ImplementationView }): ReactElement {
  const rows: readonly (readonly [string, ReactElement | string])[] = [
    ['Begun', <Time key="s" at={record.startedAt} relative={false} />],
    ['Ended', <Time key="e" at={record.endedAt} relative={false} />],
    ['Backout plan used', YES_NO(record.backoutUsed)],
    ['Controls still satisfied', YES_NO(record.controlsSatisfied)],
    [
      'Verified by',
      record.verifiedBy === null ? (
        'not recorded'
      ) : (
        <>
          <Person person={record.verifiedBy} />, <Time at={record.verifiedAt} relative={false} />
        </>
      ),
    ],
    ['Baseline', UPDATES[record.baselineUpdated]],
    ['Inventory', record.inventoryUpdated === null ? 'not recorded' : UPDATES[record.inventoryUpdated]],
    ['System security plan', UPDATES[record.planUpdated]],
  ];
  return (
    <article className="decision">
      <div className="row">
        <Lozenge tone={record.outcome === 'as-planned' ? 'good' : 'warning'}>{OUTCOMES[record.outcome]}</Lozenge>
        {!record.controlsSatisfied && <Lozenge tone="bad">Controls not satisfied</Lozenge>}
      </div>
      <dl className="facts plain">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className="pre">{record.verification}</p>
      {record.notes !== '' && <p className="pre">{record.notes}</p>}
      <p className="small subtle">
        Recorded by <Person person={record.by} />, <Time at={record.recordedAt} />, entry {record.seq}
      </p>
    </article>
  );
}
