import type { ReactElement } from 'react';
import type { ChangeView } from '../../../src/contract/panel';
import { METHODS } from '../../../src/contract/panel';
import { Section } from '../parts/section';
import { ActResult } from './act-result';
import { BasisAct } from './basis-act';
import type { SectionsProps } from './panel';
import { useAct } from './use-act';

interface OverlapsProps extends SectionsProps {
  readonly view: ChangeView;
}

/** Other open changes on the same system at the same time, and the word that they go together. */
export function Overlaps({ view, change, announce }: OverlapsProps): ReactElement | null {
  const act = useAct({ change, announce });
  if (view.overlaps.length === 0 && act.done === null && act.error === null) return null;
  return (
    <Section title="Overlapping changes" count={view.overlaps.length}>
      {view.overlaps.map(({ other, sentence, mayAccept }) => (
        <article key={other} className="decision stack">
          <p>{sentence}</p>
          {mayAccept && (
            <BasisAct
              open={`It goes together with ${other}`}
              hint="Why both can be done at the same time, and who goes first. It holds for the content as it is now."
              empty="Say why both can be done at the same time."
              sending={act.sending}
              answers={[
                {
                  label: 'Record that they go together',
                  look: 'primary',
                  send: (basis) => act.send(METHODS.acceptOverlap, { other, basis }, 'It is recorded.'),
                },
              ]}
            />
          )}
        </article>
      ))}
      <ActResult act={act} />
    </Section>
  );
}
