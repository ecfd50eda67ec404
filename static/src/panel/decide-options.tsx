import type { ReactElement } from 'react';
import type { ChangeView } from '../../../src/contract/panel';
import { Field } from '../parts/field';
import { Moment } from '../parts/moment';
import { LONGEST } from '../wording/draft';
import type { DecisionForm } from './use-decision';

interface DecideOptionsProps {
  readonly view: ChangeView;
  readonly form: DecisionForm;
}

/** What a sign-off may depend on and what a deferral waits for: folded, because most decisions need neither. */
export function DecideOptions({ form }: Pick<DecideOptionsProps, 'form'>): ReactElement {
  const { draft, edit } = form;
  const used = draft.conditions !== '' || draft.until !== '' || draft.awaits !== '';
  return (
    <details className="folded" open={used || undefined}>
      <summary>Set a condition, or a date for a deferral</summary>
      <div className="stack">
        <Field
          label="Condition of a sign-off"
          hint="Nothing opens before you or another decider confirms that it is met."
          error={form.faults.conditions}
        >
          {(control) => (
            <textarea
              {...control}
              maxLength={LONGEST.conditions}
              value={draft.conditions}
              onChange={(event) => edit({ conditions: event.target.value })}
            />
          )}
        </Field>
        <Moment
          key={form.done ?? ''}
          label="Deferred until"
          value={draft.until}
          error={form.faults.until}
          onChange={(until) => edit({ until })}
        />
        <Field label="What is awaited" hint="Nothing opens by itself when it comes: you decide again." error={null}>
          {(control) => (
            <input
              {...control}
              maxLength={LONGEST.awaits}
              value={draft.awaits}
              onChange={(event) => edit({ awaits: event.target.value })}
            />
          )}
        </Field>
      </div>
    </details>
  );
}

/** For whom one decides; there only when somebody handed their say over. */
export function OnBehalf({ view, form }: DecideOptionsProps): ReactElement | null {
  const { onBehalf, roles } = view.mayDecide;
  if (onBehalf.length === 0) return null;
  return (
    <Field label="Deciding for" hint="A person has one decision on a change: the latest." error={null}>
      {(control) => (
        <select
          {...control}
          value={form.draft.delegation ?? (roles.length > 0 ? '' : (onBehalf[0]?.delegation ?? ''))}
          onChange={(event) => form.edit({ delegation: event.target.value === '' ? null : Number(event.target.value) })}
        >
          {roles.length > 0 && <option value="">Myself</option>}
          {onBehalf.map(({ delegation, of, role }) => (
            <option key={delegation} value={delegation}>
              {of}, {role}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
