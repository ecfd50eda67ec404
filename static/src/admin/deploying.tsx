import type { ReactElement } from 'react';
import type { PolicyForm, PolicySite } from '../../../src/contract/policy';
import { Field } from '../parts/field';
import { GroupPicker } from './group-picker';
import { Check, Lines, Moment, NumberInput, Part, TextInput } from './inputs';
import type { PartProps } from './inputs';

type Provider = NonNullable<PolicyForm['outsideProvider']>;

const NO_PROVIDER: Provider = { organisation: '', group: '', groupId: null, until: null, required: false };

/** Engineers from outside, where nobody independent is left inside. */
export function OutsideProvider({ draft, edit, site }: PartProps & { readonly site: PolicySite | null }): ReactElement {
  const { outsideProvider: provider } = draft;
  const change = (patch: Partial<Provider>) =>
    provider !== null && edit({ outsideProvider: { ...provider, ...patch } });
  return (
    <Part title="Outside provider">
      <Check
        label="Engineers of an outside provider may stand in"
        checked={provider !== null}
        onChange={(on) => edit({ outsideProvider: on ? NO_PROVIDER : null })}
      />
      {provider !== null && (
        <>
          <div className="columns">
            <TextInput
              label="Organisation"
              value={provider.organisation}
              onChange={(organisation) => change({ organisation })}
            />
            <GroupPicker
              label="Jira group of its engineers"
              group={provider.group}
              groupId={provider.groupId}
              nameNow={provider.groupId === null ? undefined : site?.groups[provider.groupId]}
              onChange={change}
            />
            <Moment
              label="Until, if it ends"
              value={provider.until ?? ''}
              onChange={(until) => change({ until: until === '' ? null : until })}
            />
          </div>
          <Check
            label="Two deciders have to be of two different organisations"
            checked={provider.required}
            onChange={(required) => change({ required })}
          />
        </>
      )}
    </Part>
  );
}

/** What the deploy gate asks for beside the decisions. */
export function Deploying({ draft, edit }: PartProps): ReactElement {
  return (
    <Part title="Deploying">
      <Field label="Commits that the deploy gate lets through" error={null}>
        {(control) => (
          <select
            {...control}
            value={draft.laterCommits}
            onChange={({ target }) =>
              edit({ laterCommits: target.value === 'any-linked' ? 'any-linked' : 'before-approval' })
            }
          >
            <option value="before-approval">Linked before the deciding approval</option>
            <option value="any-linked">Linked, also after the deciding approval</option>
          </select>
        )}
      </Field>
      <Lines
        label="Evidence that has to be there before deploying"
        hint="Kinds such as review, run or test-result, one a line. Empty: none."
        values={draft.evidenceBeforeDeploying}
        onChange={(evidenceBeforeDeploying) => edit({ evidenceBeforeDeploying })}
      />
      <Check
        label="A deployment before which the deploy gate was not asked is an exception"
        checked={draft.askBeforeDeploying}
        onChange={(askBeforeDeploying) => edit({ askBeforeDeploying })}
      />
      <Check
        label="Approve and Execute wait while another open change is for the same system at the same time, until a named person says that they go together"
        checked={draft.overlaps === 'agree'}
        onChange={(on) => edit({ overlaps: on ? 'agree' : undefined })}
      />
    </Part>
  );
}

export function Retention({ draft, edit }: PartProps): ReactElement {
  return (
    <Part title="Retention">
      <NumberInput
        label="Years for which evidence is kept"
        hint="At least 6, as the CMMC rule asks of its artifacts (32 CFR 170)."
        min={6}
        value={draft.retentionYears}
        onChange={(years) => edit({ retentionYears: years ?? Number.NaN })}
      />
    </Part>
  );
}
