import * as z from '#zod';
import { APP_FIELDS, type AppFieldIds } from '../change/field-ids';
import { FIELDS, STATUSES, type FieldIds, type Status } from '../change/fields';
import { TRANSITIONS } from '../gate/workflow-rules';
import type { Policy } from '../policy/policy';
import type { Choices } from './choices';
import type { Observed, ObservedStatus } from './observed';
import { change, conflict, create, there, type PlanItem } from './plan-item';
import { isOurRule, missingModules, rulesByTransition, type SentRule } from './rules';
import { GRAPH, SCREEN_NAMES, SCREENS, WORKFLOW, type ScreenName } from './wanted';
import {
  createPayload,
  updatePayload,
  wantedTransitions,
  WORKFLOW_DESCRIPTION,
  workflowDifferences,
} from './workflow-payload';
import type { WorkflowParts } from './workflow-payload';

/** What a workflow is made of; undefined members are not there yet. */
export interface Ingredients {
  readonly ids: FieldIds | undefined;
  readonly appIds: AppFieldIds | undefined;
  readonly statusIds: Partial<Record<Status, string>>;
  readonly groupIds: readonly string[] | undefined;
  readonly policy: Policy;
}

/** The workflow with every rule on every path; one of ours that lost some gets them again. */
export function planWorkflow(observed: Observed, ingredients: Ingredients): PlanItem {
  const draft = {
    id: 'workflow',
    kind: 'workflow' as const,
    title: `Workflow ${WORKFLOW}`,
    wants: wants(),
    undo: 'Settings, Work items, Workflows: delete it, once no workflow scheme uses it. Its history keeps earlier versions for 60 days.',
  };
  const { workflow, rules } = observed;
  if (workflow !== null && !workflow.transitions.some((one) => one.rules.some((rule) => isOurRule(rule, rules))))
    return conflict(draft, `A workflow named "${WORKFLOW}" is there without any rule of this app: rename it.`);
  const missing = missingModules(rules);
  if (missing.length > 0)
    return conflict(
      draft,
      `Jira does not offer these rules of the app: ${missing.join(', ')}. Update or reinstall the app.`,
    );
  const parts = partsOf(observed, ingredients);
  const says = [`${STATUSES.length} statuses and ${TRANSITIONS.length} transitions.`];
  if (parts === undefined) {
    if (workflow === null) return create(draft, null, says);
    return change(draft, null, { says: ['Its rules are made anew.'], before: null, ids: [workflow.id] });
  }
  const count = wantedTransitions(parts).reduce((sum, transition) => sum + transition.rules.length, 0);
  if (workflow === null)
    return create(draft, { act: 'create-workflow', payload: createPayload(parts) }, [...says, `${count} rules.`]);
  const differences = workflowDifferences(parts, workflow);
  if (differences.length === 0) return there(draft, [workflow.id]);
  return change(
    draft,
    { act: 'update-workflow', payload: updatePayload(parts, workflow) },
    {
      says: differences,
      before: { version: workflow.version.versionNumber },
      ids: [workflow.id],
    },
  );
}

function partsOf(observed: Observed, ingredients: Ingredients): WorkflowParts | undefined {
  const { ids, appIds, groupIds, policy } = ingredients;
  const statusIds = whole(STATUSES, ingredients.statusIds);
  const screens = SCREEN_NAMES.map((screen) => [screen, observed.screens[screen]?.id] as const);
  const screenIds = whole<ScreenName, string>(SCREEN_NAMES, Object.fromEntries(screens));
  if (ids === undefined || appIds === undefined || groupIds === undefined) return undefined;
  if (statusIds === undefined || screenIds === undefined) return undefined;
  const held = STATUSES.map(
    (status) => [status, observed.statuses.find(({ id }) => id === statusIds[status])] as const,
  );
  const statuses = whole<Status, ObservedStatus>(STATUSES, Object.fromEntries(held));
  if (statuses === undefined) return undefined;
  const rules = rulesByTransition({ ids, appIds, policy, statusIds, groupIds, rules: observed.rules });
  return { statuses, screenIds, rules };
}

export const whole = <K extends string, V>(
  keys: readonly K[],
  held: Readonly<Partial<Record<K, V | undefined>>>,
): Readonly<Record<K, V>> | undefined =>
  keys.every((key) => held[key] !== undefined) ? (held as Readonly<Record<K, V>>) : undefined;

function wants() {
  return {
    name: WORKFLOW,
    description: WORKFLOW_DESCRIPTION,
    statuses: STATUSES,
    transitions: TRANSITIONS.map((name) => ({
      name,
      from: GRAPH[name].from,
      to: GRAPH[name].to,
      ...(GRAPH[name].screen === undefined ? {} : { screen: SCREENS[GRAPH[name].screen].name }),
    })),
  };
}

/**
 * The workflow with every rule of each transition, by names: for reading the plan before there are ids. `says` counts
 * them. Undefined while Jira does not offer the app's rules.
 */
export function workflowInWords(
  choices: Choices,
  { rules }: Observed,
  policy: Policy,
): Pick<PlanItem, 'wants' | 'says'> | undefined {
  if (missingModules(rules).length > 0) return undefined;
  const ids = Object.fromEntries(FIELDS.map(({ key, name }) => [key, name])) as FieldIds;
  const appIds = { ...APP_FIELDS };
  const statusIds = Object.fromEntries(STATUSES.map((one) => [one, one])) as Record<Status, string>;
  const groupIds = choices.roles.map(({ group }) => group);
  const all = rulesByTransition({ ids, appIds, policy, statusIds, groupIds, rules });
  const { transitions, ...rest } = wants();
  const count = Object.values(all).flat();
  const jiras = count.filter(({ ruleKey }) => ruleKey.startsWith('system:')).length;
  return {
    wants: { ...rest, transitions: transitions.map((one) => ({ ...one, rules: all[one.name].map(ruleInWords) })) },
    says: [
      `${STATUSES.length} statuses and ${TRANSITIONS.length} transitions.`,
      `${count.length} rules, ${jiras} of them Jira's own, which hold without this app too.`,
    ],
  };
}

function ruleInWords({ kind, ruleKey, parameters }: SentRule) {
  const { key, config } = parameters;
  if (key === undefined) return { kind, rule: ruleKey, parameters };
  const { summary } = z.looseObject({ summary: z.optional(z.string()) }).parse(JSON.parse(config ?? '{}'));
  return { kind, rule: key.split('/').at(-1) ?? key, ...(summary === undefined ? {} : { does: summary }) };
}
