import type { ReactElement } from 'react';
import type { PolicyForm, PolicySite, RequirementRows, RoleKey } from '../../../src/contract/policy';
import { Button } from '../parts/button';
import { GroupPicker } from './group-picker';
import { Check, Lines, NumberInput, Part, TextInput } from './inputs';
import type { PartProps } from './inputs';

/** Which issues are under change control. */
export function Governed({ draft, edit }: PartProps): ReactElement {
  return (
    <Part title="What is under change control">
      <div className="columns">
        <Lines
          label="Projects"
          hint="Project keys, one a line."
          values={draft.projects}
          onChange={(projects) => edit({ projects })}
        />
        <Lines label="Issue types" values={draft.issueTypes} onChange={(issueTypes) => edit({ issueTypes })} />
      </div>
    </Part>
  );
}

/** Whoever is in the group holds the role. */
export function RoleGroups({ draft, edit, site }: PartProps & { readonly site: PolicySite | null }): ReactElement {
  const change = (key: RoleKey, patch: Partial<PolicyForm['roles'][number]>) =>
    edit({ roles: draft.roles.map((role) => (role.key === key ? { ...role, ...patch } : role)) });
  return (
    <Part title="Who holds which role">
      {draft.roles.map(({ key, name, group, groupId }) => (
        <div key={key} className="columns">
          <TextInput label={`Role ${key}`} value={name} onChange={(value) => change(key, { name: value })} />
          <GroupPicker
            label={`Jira group of ${name === '' ? key : name}`}
            group={group}
            groupId={groupId}
            nameNow={groupId === null ? undefined : site?.groups[groupId]}
            onChange={(chosen) => change(key, chosen)}
          />
        </div>
      ))}
    </Part>
  );
}

/** Who decides a Normal change. */
export function Deciders({ draft, edit }: PartProps): ReactElement {
  const { normal } = draft;
  return (
    <>
      <Part title="A change that touches a CUI system, or where that is unknown, needs">
        <Requirement roles={draft.roles} rows={normal.cui} onChange={(cui) => edit({ normal: { ...normal, cui } })} />
      </Part>
      <Part title="A change that touches no CUI system needs">
        <Requirement
          roles={draft.roles}
          rows={normal.noCui}
          onChange={(noCui) => edit({ normal: { ...normal, noCui } })}
        />
      </Part>
    </>
  );
}

export function EmergencyRules({ draft, edit }: PartProps): ReactElement {
  const { emergency } = draft;
  const change = (patch: Partial<PolicyForm['emergency']>) => edit({ emergency: { ...emergency, ...patch } });
  return (
    <Part title="An emergency change needs">
      <Requirement
        roles={draft.roles}
        rows={emergency.requirement}
        onChange={(requirement) => change({ requirement })}
      />
      <div className="columns">
        <NumberInput
          label="Hours until the pass ends"
          hint="From the deciding approval."
          min={1}
          value={emergency.passHours}
          onChange={(hours) => change({ passHours: hours ?? Number.NaN })}
        />
        <NumberInput
          label="Hours until the retroactive review is due"
          hint="From the deciding approval."
          min={1}
          value={emergency.reviewHours}
          onChange={(hours) => change({ reviewHours: hours ?? Number.NaN })}
        />
        <Lines
          label="Reminders before the review is due"
          hint="Hours before, one a line. Empty: no reminder."
          values={emergency.reminderHours.map(String)}
          onChange={(lines) => change({ reminderHours: lines.map(Number) })}
        />
      </div>
      <Check
        label="While a review is overdue, its project gets no further pass"
        checked={emergency.overdueReviewsStop}
        onChange={(overdueReviewsStop) => change({ overdueReviewsStop })}
      />
    </Part>
  );
}

interface RequirementProps {
  readonly roles: PolicyForm['roles'];
  readonly rows: RequirementRows;
  readonly onChange: (rows: RequirementRows) => void;
}

/** One row for each person who is needed; whoever holds one of its roles may be that person. */
function Requirement({ roles, rows, onChange }: RequirementProps): ReactElement {
  const toggle = (index: number, key: RoleKey, on: boolean) =>
    onChange(
      rows.map((row, i) =>
        i !== index ? row : roles.map((role) => role.key).filter((one) => (one === key ? on : row.includes(one))),
      ),
    );
  return (
    <div className="stack">
      {rows.map((row, index) => (
        <fieldset key={index} className="row">
          <legend className="small subtle">{`Person ${index + 1}, who is`}</legend>
          {roles.map(({ key, name }) => (
            <Check key={key} label={name} checked={row.includes(key)} onChange={(on) => toggle(index, key, on)} />
          ))}
          {rows.length > 1 && (
            <Button
              look="quiet"
              tight
              label={`Remove person ${index + 1}`}
              onPress={() => onChange(rows.filter((_, i) => i !== index))}
            >
              Remove
            </Button>
          )}
        </fieldset>
      ))}
      <div className="row">
        <Button look="quiet" tight onPress={() => onChange([...rows, []])}>
          Add a person
        </Button>
        {rows.length > 1 && <span className="small subtle">{rows.length} different people, all of them.</span>}
      </div>
    </div>
  );
}
