import { useState } from 'react';
import type { ReactElement } from 'react';
import type { ChangeView } from '../../../src/contract/panel';
import { METHODS } from '../../../src/contract/panel';
import { Button } from '../parts/button';
import { Field } from '../parts/field';
import { Icon } from '../parts/icon';
import { Section } from '../parts/section';
import { ActResult } from './act-result';
import type { SectionsProps } from './panel';
import { useAct } from './use-act';

interface TemplateProps extends SectionsProps {
  readonly view: ChangeView;
}

/** Which template of the catalogue a Standard change was made from, and the way to say so. */
export function Template({ view, change, announce }: TemplateProps): ReactElement | null {
  const act = useAct({ change, announce });
  const [chosen, setChosen] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  if (view.changeType !== 'Standard' || (view.template === null && view.templates.length === 0)) return null;
  const apply = () => {
    const name = view.templates.find(({ id }) => id === chosen)?.name;
    setFault(name === undefined ? 'Choose a template.' : null);
    if (name !== undefined)
      void act.send(METHODS.applyTemplate, { template: chosen }, `Made from the template “${name}”.`);
  };
  return (
    <Section title="Catalogue template">
      {view.template === null ? (
        <p>This Standard change says of no template that it was made from it, so it is judged as Normal.</p>
      ) : (
        <p className="tick-line">
          {view.verdict.judgedAs === 'Standard' ? <Icon shape="good" /> : <Icon shape="warning" />}
          <span>
            Made from <strong>{view.template.name}</strong>
            {view.verdict.judgedAs === 'Standard'
              ? ' and inside its constraints: pre-approved.'
              : '. It left the template or its constraints, so it is judged as Normal.'}
          </span>
        </p>
      )}
      {view.mayAct.template && view.templates.length > 0 && (
        <div className="row bottom">
          <Field label="Template of the catalogue" error={fault}>
            {(control) => (
              <select
                {...control}
                value={chosen}
                onChange={(event) => {
                  setChosen(event.target.value);
                  setFault(null);
                }}
              >
                <option value="">Choose a template</option>
                {view.templates.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Button busy={act.sending} onPress={apply}>
            {view.template === null ? 'Apply the template' : 'Change the template'}
          </Button>
        </div>
      )}
      <ActResult act={act} />
    </Section>
  );
}
