import {
  CHANGE_TYPES,
  NO_CUI_SYSTEM,
  STATUSES,
  UNKNOWN_CUI_SYSTEM,
  type FieldKey,
  type Status,
} from '../change/fields';
import { policyDifferences } from '../policy/difference';
import { BY_NAME, DEFAULT_POLICY, type Policy } from '../policy/policy';
import type { Choices } from './choices';
import type { Observed } from './observed';
import { optionId } from './plan-fields';
import { groupOf } from './plan-groups';
import { change, create, there, type PlanItem } from './plan-item';
import { ISSUE_TYPE } from './wanted';

interface Ids {
  readonly fields: Partial<Record<FieldKey, string>>;
  readonly statuses: Partial<Record<Status, string>>;
  readonly issueTypeId: string | undefined;
}

/**
 * The policy in force with these projects under control and everything named by Jira's id. Who decides what, freezes,
 * templates and all else stay as they are in force.
 */
export function policyOf(choices: Choices, observed: Observed, ids: Ids): Policy {
  const { policy } = observed;
  const isNew = policy.version === DEFAULT_POLICY.version;
  const keys = choices.projects.map(({ key }) => key);
  const type = issueTypeName(observed, ids.issueTypeId);
  const idOf = (field: 'changeType' | 'impactedSystems', value: string): string | null => {
    const options = observed.options[ids.fields[field] ?? ''];
    return options === undefined ? null : optionId(field, value, options, policy);
  };
  return {
    ...policy,
    roles: policy.roles.map((role) => {
      const chosen = choices.roles.find(({ key }) => key === role.key);
      if (chosen === undefined) return role;
      const group = groupOf(chosen, observed);
      return { ...role, group: group?.name ?? chosen.group, groupId: group?.groupId ?? null };
    }),
    projects: isNew ? keys : [...new Set([...policy.projects, ...keys])],
    issueTypes: isNew ? [type] : [...new Set([...policy.issueTypes, type])],
    fields: { ...BY_NAME.fields, ...ids.fields, summary: null, description: null },
    statuses: { ...BY_NAME.statuses, ...ids.statuses },
    changeTypes: Object.fromEntries(CHANGE_TYPES.map((one) => [one, idOf('changeType', one)])) as Policy['changeTypes'],
    systems: { none: idOf('impactedSystems', NO_CUI_SYSTEM), unknown: idOf('impactedSystems', UNKNOWN_CUI_SYSTEM) },
    projectIds: { ...policy.projectIds, ...Object.fromEntries(choices.projects.map(({ key, id }) => [key, id])) },
    issueTypeIds: { ...policy.issueTypeIds, ...(ids.issueTypeId === undefined ? {} : { [type]: ids.issueTypeId }) },
  };
}

/** The name under which the policy has it already, which may not be today's: one issue type is never there twice. */
function issueTypeName({ policy, issueTypes }: Observed, id: string | undefined): string {
  const known = policy.issueTypes.find((name) => id !== undefined && policy.issueTypeIds[name] === id);
  return known ?? issueTypes.find((one) => one.id === id)?.name ?? ISSUE_TYPE;
}

/** Change control begins with this: everything else has to be there first. */
export function planPolicy(wanted: Policy, observed: Observed, ready: boolean): PlanItem {
  const { policy } = observed;
  const draft = {
    id: 'policy',
    kind: 'policy' as const,
    title: 'Policy',
    wants: {
      projects: wanted.projects,
      issueTypes: wanted.issueTypes,
      roles: wanted.roles.map(({ name, group }) => ({ name, group })),
    },
    undo: 'Policy, Edit policy: take the projects out again. The versions and who saved them stay in the ledger.',
  };
  if (ready && same(policy, wanted)) return there(draft, [policy.version]);
  const says = [`Puts ${wanted.projects.join(', ')} under change control.`];
  const act = ready ? { act: 'save-policy' as const } : null;
  return policy.version === DEFAULT_POLICY.version
    ? create(draft, act, says)
    : change(draft, act, {
        says: ready ? policyDifferences(policy, wanted) : says,
        before: { version: policy.version },
        ids: [policy.version],
      });
}

const same = (one: Policy, other: Policy): boolean => text(one) === text(other);

const text = ({
  roles,
  projects,
  issueTypes,
  fields,
  statuses,
  changeTypes,
  systems,
  projectIds,
  issueTypeIds,
}: Policy) =>
  JSON.stringify([
    roles.map(({ key, group, groupId }) => [key, group, groupId]),
    projects,
    issueTypes,
    ...[fields, statuses, changeTypes, systems, projectIds, issueTypeIds].map((ids) => Object.entries(ids).sort()),
  ]);

export const allStatusIds = (ids: Partial<Record<Status, string>>): boolean =>
  STATUSES.every((one) => ids[one] !== undefined);
