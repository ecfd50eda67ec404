import type { ReactElement } from 'react';
import type { ChangeView } from '../../../src/contract/panel';
import { METHODS } from '../../../src/contract/panel';
import { Section } from '../parts/section';
import { Time } from '../parts/time';
import { ActResult } from './act-result';
import { BasisAct } from './basis-act';
import type { SectionsProps } from './panel';
import { useAct } from './use-act';

interface FreezesProps extends SectionsProps {
  readonly view: ChangeView;
}

/** Freeze periods that hold this change up, and the exception that somebody who decides may record. */
export function Freezes({ view, change, announce }: FreezesProps): ReactElement | null {
  const act = useAct({ change, announce });
  if (view.freezes.length === 0 && act.done === null) return null;
  const mine = new Set(view.mayAct.freezes.map(({ id }) => id));
  return (
    <Section title="Freeze periods in the way" count={view.freezes.length}>
      {view.freezes.map((freeze) => (
        <article key={freeze.id} className="decision">
          <p>
            <strong>{freeze.name}</strong>
          </p>
          <p className="subtle">
            <Time at={freeze.start} relative={false} /> to <Time at={freeze.end} />
          </p>
          {mine.has(freeze.id) ? (
            <BasisAct
              open={`Let it through ${freeze.name}`}
              hint="Why this change may go ahead in the freeze. It holds for the content as it is now, and stays in the record as an exception."
              empty="Say why this change may go ahead in the freeze."
              sending={act.sending}
              answers={[
                {
                  label: 'Record the freeze exception',
                  look: 'danger',
                  send: (basis) =>
                    act.send(METHODS.exceptFreeze, { freeze: freeze.id, basis }, 'Your freeze exception is recorded.'),
                },
              ]}
            />
          ) : (
            <p>Move the change window, or ask somebody who decides on this change to record a freeze exception.</p>
          )}
        </article>
      ))}
      <ActResult act={act} />
    </Section>
  );
}
