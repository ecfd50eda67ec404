import { appFieldIds, FieldSetupError, type AppFieldIds } from '../change/field-ids';
import type { Policy } from '../policy/policy';
import type { Act } from './act';
import type { Choices } from './choices';
import type { Observed } from './observed';
import { allFieldIds, knownFieldIds, planFields, planOptions } from './plan-fields';
import { groupOf, planGroups } from './plan-groups';
import { conflict, create, there, type PlanItem } from './plan-item';
import { allStatusIds, planPolicy, policyOf } from './plan-policy';
import { planProject } from './plan-project';
import { planScreens, planScreenScheme } from './plan-screens';
import { knownStatusIds, planIssueType, planStatuses } from './plan-statuses';
import { planWorkflow } from './plan-workflow';
import { modulePrefix } from './rules';

export interface Plan {
  /** In the order in which they are done: nothing comes before what it is made of. */
  readonly items: readonly PlanItem[];
  /** The policy as it will be saved. */
  readonly policy: Policy;
}

/**
 * What a complete set-up consists of on this site and how each part of it stands. A pure function of what was chosen and
 * what is there: the same site gives the same plan, whoever made what is there and however it was broken off.
 */
export function planSetup(choices: Choices, observed: Observed): Plan {
  const fields = planFields(choices, observed);
  const fieldIds = knownFieldIds(fields);
  const options = planOptions(choices, observed, fieldIds);
  const statuses = planStatuses(choices, observed);
  const statusIds = knownStatusIds(statuses);
  const issueType = planIssueType(choices, observed);
  const issueTypeId = issueType.ids[0];
  const groups = planGroups(choices, observed);
  const app = planAppFields(observed);
  const policy = policyOf(choices, observed, { fields: fieldIds, statuses: statusIds, issueTypeId });
  const screens = planScreens(observed, fieldIds, app.ids);
  const screenScheme = planScreenScheme(observed);
  const ids = allFieldIds(fieldIds);
  const appIds = namedAppFields(observed);
  const groupIds = decidingGroupIds(choices, observed);
  const workflow = planWorkflow(observed, { ids, appIds, statusIds, groupIds, policy });
  const projects = choices.projects.flatMap((project) =>
    planProject(project, choices, observed, {
      issueTypeId,
      screenSchemeId: screenScheme.ids[0],
      hasWorkflow: observed.workflow !== null,
      statusIds,
    }),
  );
  const before = [
    ...fields,
    ...options,
    ...statuses,
    issueType,
    ...groups,
    app,
    ...screens,
    screenScheme,
    workflow,
    ...projects,
  ];
  const panels = choices.projects.map((project) => planPanel(project, observed));
  const ready = before.every(({ state }) => state === 'there') && allStatusIds(statusIds);
  return { items: [...before, ...panels, planPolicy(policy, observed, ready)], policy };
}

/** The next thing to do; undefined when everything is there, or when something is in the way. */
export function nextItem({ items }: Plan): (PlanItem & { readonly act: Act }) | undefined {
  if (items.some(({ state }) => state === 'conflict')) return undefined;
  const open = items.find(({ state }) => state === 'create' || state === 'change');
  if (open === undefined || open.act === null) return undefined;
  return { ...open, act: open.act };
}

export const isComplete = ({ items }: Plan): boolean => items.every(({ state }) => state === 'there');

/** The fields that only the app writes: Jira has them once the app is installed. */
function planAppFields({ fields, rules }: Observed): PlanItem {
  const draft = {
    id: 'app-fields',
    kind: 'field' as const,
    title: 'Fields that the app writes',
    wants: {},
    undo: 'They go with the app.',
  };
  const prefix = modulePrefix(rules, 'change-validator');
  const appId = prefix?.split('/')[1];
  const found = fields.filter(
    ({ key, type }) =>
      (prefix !== undefined && type?.startsWith(prefix) === true) ||
      (appId !== undefined && (key.startsWith(`${appId}__`) || type?.startsWith(`${appId}__`) === true)),
  );
  return namedAppFields({ fields }) === undefined
    ? conflict(draft, 'Jira does not show the fields of this app. Wait a minute after installing it, or reinstall it.')
    : there(
        { ...draft, wants: { fields: found.map(({ name }) => name) } },
        found.map(({ id }) => id),
      );
}

function namedAppFields({ fields }: Pick<Observed, 'fields'>): AppFieldIds | undefined {
  try {
    return appFieldIds(
      fields.map(({ type, ...field }) => ({ ...field, schema: type === null ? null : { custom: type } })),
    );
  } catch (failure) {
    if (failure instanceof FieldSetupError) return undefined;
    throw failure;
  }
}

/**
 * The groups that Jira's own rule admits: those of the roles, and the outside provider's where there is such a group.
 * Undefined while a role's group is not there.
 */
function decidingGroupIds({ roles }: Choices, observed: Observed): readonly string[] | undefined {
  const ids = roles.map((role) => groupOf(role, observed)?.groupId);
  const { outsideProvider } = observed.policy;
  const outside = outsideProvider === null ? undefined : groupOf(outsideProvider, observed)?.groupId;
  const all = [...ids, ...(outside === undefined ? [] : [outside])];
  return all.every((id) => id !== undefined) ? [...new Set(all)] : undefined;
}

function planPanel({ id, key }: Choices['projects'][number], { pinned, rules }: Observed): PlanItem {
  const draft = {
    id: `panel:${id}`,
    kind: 'panel' as const,
    title: `Panel on the issues of ${key}`,
    wants: { panel: 'Change control', project: key },
    undo: 'On any issue, in the menu of the panel: Hide from all work items.',
  };
  const prefix = modulePrefix(rules, 'change-validator');
  return pinned.includes(id)
    ? there(draft, [])
    : create(
        draft,
        prefix === undefined ? null : { act: 'pin-panel', moduleId: `${prefix}change-evidence-panel`, projectId: id },
      );
}
