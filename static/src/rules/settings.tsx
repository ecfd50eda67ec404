import type { ReactElement } from 'react';
import type { RuleSettingsView, RuleView } from '../../../src/contract/rules';
import { Field } from '../parts/field';
import { KINDS } from '../wording/rules';
import { Checklist, Radios } from './checklist';

interface SettingsProps {
  readonly view: RuleView;
  readonly settings: RuleSettingsView;
  readonly onChange: (settings: RuleSettingsView) => void;
}

/** Everything of a rule that may be chosen. Another kind of rule starts from its own default. */
export function Settings({ view, settings, onChange }: SettingsProps): ReactElement {
  const kinds = view.starts.map(({ rule }) => ({ id: rule, name: KINDS[rule].name, hint: KINDS[rule].means }));
  const start = (rule: string) => {
    const next = [view.settings, ...view.starts].find((one) => one.rule === rule);
    if (next !== undefined) onChange(next);
  };
  return (
    <>
      {kinds.length > 1 && <Radios legend="What is checked" choices={kinds} chosen={settings.rule} onChange={start} />}
      <Choices view={view} settings={settings} onChange={onChange} />
    </>
  );
}

function Choices({ view, settings, onChange }: SettingsProps): ReactElement | null {
  switch (settings.rule) {
    case 'step':
      return (
        <Radios
          legend="Which step of the change is this transition?"
          choices={view.steps}
          chosen={settings.step}
          onChange={(step) => onChange({ rule: 'step', step })}
        />
      );
    case 'written':
    case 'chosen':
      return (
        <>
          <Fields view={view} settings={settings} onChange={onChange} />
          <Message settings={settings} onChange={onChange} hint="The fields that fail are named after it." />
        </>
      );
    case 'still-open':
      return <Message settings={settings} onChange={onChange} hint="What the decision state says is put after it." />;
    case 'independent':
      return <Independent view={view} settings={settings} onChange={onChange} />;
    case 'people':
      return (
        <Checklist
          legend="Whom the transition is offered to"
          choices={view.people}
          chosen={settings.people}
          onChange={(people) => onChange({ rule: 'people', people })}
        />
      );
    case 'last-decider':
      return null;
  }
}

type OfKind<K extends RuleSettingsView['rule']> = Extract<RuleSettingsView, { rule: K }>;
type WithFields = Extract<RuleSettingsView, { fields: readonly string[] }>;

function Independent({
  view,
  settings,
  onChange,
}: SettingsProps & { readonly settings: OfKind<'independent'> }): ReactElement {
  return (
    <>
      <Checklist
        legend="Who may decide"
        hint="Roles and their groups are the policy’s, on the admin page “Change control”."
        choices={view.roles}
        chosen={settings.roles}
        onChange={(roles) => onChange({ ...settings, roles })}
      />
      <Checklist
        legend="Whoever edited one of these took part and may not decide"
        hint="Creator, reporter, assignee, change owner and implementer never may. Leaving a field out only offers the transition: a decision of somebody who took part is not recorded as one."
        choices={view.barring}
        chosen={settings.barring}
        onChange={(barring) => onChange({ ...settings, barring })}
      />
    </>
  );
}

/** The change request's own fields to tick, and every other fitting field of the site to add. */
function Fields({ view, settings, onChange }: SettingsProps & { readonly settings: WithFields }): ReactElement {
  const use = settings.rule === 'written' ? 'paragraph' : 'choice';
  const fitting = view.fields.filter((field) => field.use === use);
  const shown = fitting.filter(({ id, own }) => own || settings.fields.includes(id));
  const others = fitting.filter((field) => !shown.includes(field));
  const choose = (fields: readonly string[]) => onChange({ ...settings, fields });
  return (
    <Checklist legend="Required fields" choices={shown} chosen={settings.fields} onChange={choose}>
      {others.length > 0 && (
        <Field label="Another field of this site" error={null}>
          {(control) => (
            <select {...control} value="" onChange={(event) => choose([...settings.fields, event.target.value])}>
              <option value="">Choose a field to add it</option>
              {others.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
    </Checklist>
  );
}

function Message<S extends WithFields | OfKind<'still-open'>>({
  settings,
  onChange,
  hint,
}: {
  readonly settings: S;
  readonly onChange: (settings: S) => void;
  readonly hint: string;
}): ReactElement {
  return (
    <Field label="Message when it refuses" hint={hint} error={null}>
      {(control) => (
        <input
          {...control}
          type="text"
          value={settings.message}
          onChange={(event) => onChange({ ...settings, message: event.target.value })}
        />
      )}
    </Field>
  );
}
