import { STATUS_CATEGORIES } from '../json';
import type { JiraStore } from '../store';
import type { RuleRecord, TransitionRecord, WorkflowRecord } from './model';

/** Workflows as the workflow API has them (Jira Cloud OpenAPI, JiraWorkflow). A status's reference is its id. */

export const RULE_KEYS = {
  condition: 'forge:expression-condition',
  validator: 'forge:expression-validator',
  'post-function': 'forge:workflow-post-function',
} as const;

const GLOBAL = { type: 'GLOBAL' } as const;

export function workflowJson(workflow: WorkflowRecord, withTransitions: boolean): Readonly<Record<string, unknown>> {
  const { id, name, description, versionId, versionNumber, created, updated } = workflow;
  return {
    id,
    name,
    description,
    isEditable: true,
    scope: GLOBAL,
    created,
    updated,
    version: { id: versionId, versionNumber },
    startPointLayout: { x: -100, y: -153 },
    statuses: workflow.statusIds.map((statusReference, at) => ({
      statusReference,
      deprecated: false,
      layout: { x: 115 + at * 200, y: -16 },
      properties: {},
    })),
    ...(withTransitions ? { transitions: workflow.transitions.map(transitionJson) } : {}),
  };
}

function transitionJson(transition: TransitionRecord): unknown {
  const { id, name, type, from, to, screenId, rules } = transition;
  const of = (kind: RuleRecord['kind']): readonly unknown[] => rules.filter((rule) => rule.kind === kind).map(ruleJson);
  const conditions = of('condition');
  return {
    id,
    name,
    description: '',
    type,
    toStatusReference: to,
    links: from.map((fromStatusReference) => ({ fromStatusReference, fromPort: 0, toPort: 1 })),
    ...(conditions.length === 0 ? {} : { conditions: { operation: 'ALL', conditions, conditionGroups: [] } }),
    validators: of('validator'),
    actions: of('post-function'),
    triggers: [],
    properties: {},
    ...(screenId === null
      ? {}
      : { transitionScreen: { ruleKey: 'system:transition-screen', parameters: { screenId } } }),
  };
}

function ruleJson({ id, kind, ari, config }: RuleRecord): unknown {
  return {
    id,
    ruleKey: RULE_KEYS[kind],
    parameters: { key: ari, id, disabled: 'false', ...(config === null ? {} : { config }) },
  };
}

/** The statuses that these workflows refer to, each once. */
export function statusesJson(store: JiraStore, workflows: readonly WorkflowRecord[]): readonly unknown[] {
  const used = new Set(workflows.flatMap(({ statusIds }) => statusIds));
  return store.projects
    .statuses()
    .filter(({ id }) => used.has(id))
    .map(({ id, name, description, category }) => ({
      id,
      name,
      description,
      statusReference: id,
      statusCategory: category,
      scope: GLOBAL,
    }));
}

/** A transition on offer, as `GET /issue/{key}/transitions` answers it. `fields` only when asked for. */
export function offeredJson(
  store: JiraStore,
  transition: TransitionRecord,
  fromStatusId: string,
  fields?: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const status = store.projects.status(transition.to);
  const category = STATUS_CATEGORIES[status?.category ?? 'TODO'];
  return {
    id: transition.id,
    name: transition.name,
    to: {
      self: `${store.baseUrl}/rest/api/3/status/${transition.to}`,
      id: transition.to,
      name: status?.name ?? '',
      description: status?.description ?? '',
      iconUrl: `${store.baseUrl}/images/icons/statuses/generic.png`,
      statusCategory: { self: `${store.baseUrl}/rest/api/3/statuscategory/${category.id}`, ...category },
    },
    hasScreen: transition.screenId !== null,
    isGlobal: transition.type === 'GLOBAL',
    isInitial: false,
    isAvailable: true,
    isConditional: transition.rules.some(({ kind }) => kind === 'condition'),
    isLooped: transition.to === fromStatusId,
    ...(fields === undefined ? {} : { fields }),
  };
}
