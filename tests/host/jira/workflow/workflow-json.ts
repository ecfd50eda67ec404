import { STATUS_CATEGORIES } from '../json';
import type { JiraStore } from '../store';
import {
  isSystemRule,
  RULE_KEYS,
  type ConditionGroup,
  type RuleRecord,
  type TransitionRecord,
  type WorkflowRecord,
} from './model';
import type { HistoryVersion } from './workflow-store';

/** Workflows as the workflow API has them (Jira Cloud OpenAPI, JiraWorkflow). A status's reference is its id. */

const GLOBAL = { type: 'GLOBAL' } as const;

export function workflowJson(workflow: WorkflowRecord, withTransitions: boolean): Readonly<Record<string, unknown>> {
  const { id, name, description, versionId, versionNumber, created, updated, statusDetails = {} } = workflow;
  return {
    id,
    name,
    description,
    isEditable: true,
    scope: GLOBAL,
    created,
    updated,
    version: { id: versionId, versionNumber },
    startPointLayout: workflow.startPointLayout ?? { x: -100, y: -153 },
    statuses: workflow.statusIds.map((statusReference, at) => ({
      statusReference,
      deprecated: false,
      layout: { x: 115 + at * 200, y: -16 },
      properties: {},
      ...statusDetails[statusReference],
    })),
    ...(withTransitions ? { transitions: workflow.transitions.map(transitionJson) } : {}),
  };
}

/** A version of a workflow as its history has it: with the account that wrote it, times as a database prints them. */
export function historyJson({ workflow, author, written }: HistoryVersion): Readonly<Record<string, unknown>> {
  const json = Object.entries(workflowJson(workflow, true)).filter(([name]) => name !== 'isEditable');
  return {
    ...Object.fromEntries(json),
    created: asWritten(workflow.created),
    updated: asWritten(written),
    lastUpdateAuthorAAID: author,
  };
}

/** `2025-11-20 02:21:19.598`, in UTC: the form that the official document's example has. */
export const asWritten = (iso: string): string => iso.replace('T', ' ').replace('Z', '');

function transitionJson(transition: TransitionRecord): unknown {
  const { id, name, type, from, to, screenId, rules, description = '', properties = {} } = transition;
  const of = (kind: RuleRecord['kind']): readonly unknown[] => rules.filter((rule) => rule.kind === kind).map(ruleJson);
  const conditions = rules.filter(({ kind }) => kind === 'condition');
  const all = { operation: 'ALL' as const, ruleIds: conditions.map((rule) => rule.id), groups: [] };
  return {
    id,
    name,
    description,
    type,
    toStatusReference: to,
    links: from.map((fromStatusReference) => ({ fromStatusReference, fromPort: 0, toPort: 1 })),
    ...(conditions.length === 0 ? {} : { conditions: groupJson(transition.conditions ?? all, conditions) }),
    validators: of('validator'),
    actions: of('post-function'),
    triggers: [],
    properties,
    ...(screenId === null
      ? {}
      : { transitionScreen: { ruleKey: 'system:transition-screen', parameters: { screenId } } }),
  };
}

function groupJson({ operation, ruleIds, groups }: ConditionGroup, conditions: readonly RuleRecord[]): unknown {
  const of = (id: string) => conditions.filter((rule) => rule.id === id).map(ruleJson);
  return {
    operation,
    conditions: ruleIds.flatMap(of),
    conditionGroups: groups.map((group) => groupJson(group, conditions)),
  };
}

function ruleJson(rule: RuleRecord): unknown {
  const { id, kind } = rule;
  if (isSystemRule(rule)) return { id, ruleKey: rule.ruleKey, parameters: rule.parameters };
  const { ari, config } = rule;
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
