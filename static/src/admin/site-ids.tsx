import type { ReactElement } from 'react';
import type { IdsForm, PolicySite } from '../../../src/contract/policy';
import { Field } from '../parts/field';
import { FIELD_NAMES, STATUS_NAMES } from '../wording/policy-fields';
import { Part } from './inputs';
import type { PartProps } from './inputs';

type Things = PolicySite['fields'];

/** Which field and status of Jira stands for which of ours. What is chosen is held by id. */
export function SiteIds({ draft, edit, site }: PartProps & { readonly site: PolicySite | null }): ReactElement {
  return (
    <Part title="Fields and statuses in Jira">
      <p className="small subtle">
        What is chosen here is held by Jira’s id, so renaming it, or another language, does no harm.
      </p>
      {site === null && <p className="subtle">Reading what Jira has…</p>}
      <details className="item">
        <summary>Fields</summary>
        <div className="columns">
          {FIELD_NAMES.map(([key, name]) => (
            <Chooser
              key={key}
              name={name}
              id={draft.fields[key] ?? null}
              things={site?.fields ?? null}
              onChange={(id) => edit({ fields: withId(draft.fields, key, id) })}
            />
          ))}
        </div>
      </details>
      <details className="item">
        <summary>Statuses</summary>
        <div className="columns">
          {STATUS_NAMES.map((name) => (
            <Chooser
              key={name}
              name={name}
              id={draft.statuses[name] ?? null}
              things={site?.statuses ?? null}
              onChange={(id) => edit({ statuses: withId(draft.statuses, name, id) })}
            />
          ))}
        </div>
      </details>
    </Part>
  );
}

const withId = (ids: IdsForm, key: string, id: string | null): IdsForm => ({ ...ids, [key]: id });

interface ChooserProps {
  readonly name: string;
  readonly id: string | null;
  readonly things: Things | null;
  readonly onChange: (id: string | null) => void;
}

function Chooser({ name, id, things, onChange }: ChooserProps): ReactElement {
  const gone = id !== null && things !== null && !things.some((one) => one.id === id);
  return (
    <Field label={name} error={gone ? `${id} does not exist in Jira any more: choose another.` : null}>
      {(control) => (
        <select
          {...control}
          value={id ?? ''}
          disabled={things === null}
          onChange={({ target }) => onChange(target.value === '' ? null : target.value)}
        >
          <option value="">Found by its name</option>
          {(gone || things === null) && id !== null && <option value={id}>{id}</option>}
          {things?.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name} ({one.id})
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
