import { useEffect, useRef } from 'react';
import type { ReactElement } from 'react';
import type { ChangeView } from '../../../src/contract/panel';
import { Button } from '../parts/button';
import { Field } from '../parts/field';
import { useViewing } from '../parts/viewing';
import { choices, LONGEST, withAction, withoutAction } from '../wording/draft';
import type { DraftAction } from '../wording/draft';
import type { DecisionForm } from './use-decision';

interface RequiredActionsProps {
  readonly form: DecisionForm;
  readonly people: ChangeView['people'];
  readonly owner: string;
}

/** What has to be done before the change can come back, and by whom. */
export function RequiredActions({ form, people, owner }: RequiredActionsProps): ReactElement {
  const { draft, faults } = form;
  const { locale } = useViewing();
  const options = choices(people, locale);
  const change = (row: number, patch: Partial<DraftAction>) =>
    form.edit({ actions: draft.actions.map((action) => (action.row === row ? { ...action, ...patch } : action)) });
  return (
    <fieldset className="stack">
      <legend className="message-title">Required actions</legend>
      {draft.actions.map((action, index) => (
        <ActionRow
          key={action.row}
          number={index + 1}
          action={action}
          fault={faults.actions[index]}
          options={options}
          onChange={(patch) => change(action.row, patch)}
          onRemove={draft.actions.length > 1 ? () => form.edit(withoutAction(draft, action.row)) : undefined}
        />
      ))}
      {faults.none !== null && (
        <p className="field-error" role="alert">
          {faults.none}
        </p>
      )}
      {draft.actions.length < LONGEST.actions && (
        <div>
          <Button look="quiet" onPress={() => form.edit(withAction(draft, owner))}>
            Add required action
          </Button>
        </div>
      )}
    </fieldset>
  );
}

interface ActionRowProps {
  readonly number: number;
  readonly action: DraftAction;
  readonly fault: { readonly what: string | null; readonly owner: string | null } | undefined;
  readonly options: ReturnType<typeof choices>;
  readonly onChange: (patch: Partial<DraftAction>) => void;
  readonly onRemove: (() => void) | undefined;
}

function ActionRow({ number, action, fault, options, onChange, onRemove }: ActionRowProps): ReactElement {
  const what = useRef<HTMLInputElement>(null);
  useEffect(() => what.current?.focus(), []);
  return (
    <div className="action-row">
      <Field label={`Required action ${number}`} error={fault?.what ?? null}>
        {(control) => (
          <input
            {...control}
            ref={what}
            value={action.what}
            onChange={(event) => onChange({ what: event.target.value })}
          />
        )}
      </Field>
      <Field label={`Owner of required action ${number}`} error={fault?.owner ?? null}>
        {(control) => (
          <select {...control} value={action.owner} onChange={(event) => onChange({ owner: event.target.value })}>
            <option value="">Choose a person</option>
            {options.map(({ accountId, label }) => (
              <option key={accountId} value={accountId}>
                {label}
              </option>
            ))}
          </select>
        )}
      </Field>
      {onRemove !== undefined && (
        <Button look="quiet" label={`Remove required action ${number}`} onPress={onRemove}>
          Remove
        </Button>
      )}
    </div>
  );
}
