import { STATUSES, type Status } from '../change/fields';
import { judging, type RuleConfiguration } from '../gate/rule-configuration';
import { TRANSITIONS, type TransitionName } from '../gate/workflow-rules';
import type { Payload } from './act';
import type { ObservedRule, ObservedStatus, ObservedTransition, ObservedWorkflow } from './observed';
import type { SentRule } from './rules';
import { GRAPH, marked, WORKFLOW, type ScreenName } from './wanted';

export interface WorkflowParts {
  /** Sent with the name each has: a status that is sent under another name is renamed. */
  readonly statuses: Readonly<Record<Status, ObservedStatus>>;
  readonly screenIds: Readonly<Record<ScreenName, string>>;
  readonly rules: Readonly<Record<TransitionName, readonly SentRule[]>>;
}

export const WORKFLOW_DESCRIPTION = marked('Every change is reviewed and decided on before it is made.');

/** A transition as it should be; ids are Jira's numbers for further transitions: 11, 21, 31 … */
export interface WantedTransition {
  readonly id: string;
  readonly name: TransitionName;
  readonly from: readonly string[];
  readonly to: string;
  readonly screenId: string | null;
  readonly rules: readonly SentRule[];
}

export const wantedTransitions = ({ statuses, screenIds, rules }: WorkflowParts): WantedTransition[] =>
  TRANSITIONS.map((name, at) => {
    const { from, to, screen } = GRAPH[name];
    return {
      id: `${at + 1}1`,
      name,
      from: from.map((status) => statuses[status].id),
      to: statuses[to].id,
      screenId: screen === undefined ? null : screenIds[screen],
      rules: rules[name],
    };
  });

/** Body of `POST /rest/api/3/workflows/create` (Jira Cloud OpenAPI, WorkflowCreateRequest). */
export function createPayload(parts: WorkflowParts): Payload {
  return {
    scope: { type: 'GLOBAL' },
    statuses: sentStatuses(parts),
    workflows: [
      {
        name: WORKFLOW,
        description: WORKFLOW_DESCRIPTION,
        statuses: placed(parts),
        transitions: [initial(parts), ...wantedTransitions(parts).map((one) => sentTransition(one))],
      },
    ],
  };
}

/**
 * Body of `POST /rest/api/3/workflows/update`, which replaces the workflow whole: transitions and statuses that set-up
 * does not know are sent back as they are.
 */
export function updatePayload(parts: WorkflowParts, workflow: ObservedWorkflow): Payload {
  const pairs = wantedTransitions(parts).map((transition) => ({
    transition,
    found: counterpart(transition, workflow),
  }));
  const wanted = pairs.map(({ transition, found }) => ({
    ...transition,
    id: found?.id ?? free(transition.id, workflow),
    title: found?.name ?? transition.name,
  }));
  const others = workflow.transitions.filter((one) => pairs.every(({ found }) => found !== one));
  const known = STATUSES.map((status) => parts.statuses[status].id);
  const more = workflow.statusIds.filter((id) => !known.includes(id));
  return {
    statuses: [
      ...sentStatuses(parts),
      ...workflow.statuses.filter(({ id }) => more.includes(id)).map(({ raw }) => raw),
    ],
    workflows: [
      {
        id: workflow.id,
        version: workflow.version,
        description: WORKFLOW_DESCRIPTION,
        statuses: [...placed(parts), ...workflow.placed.filter((one) => more.includes(one.statusReference))],
        transitions: [...others.map(({ raw }) => raw), ...wanted.map((one) => sentTransition(one, one.title))],
      },
    ],
  };
}

/** A transition that is there: by its name, or, where it was renamed, by where it leads from and to. */
function counterpart(wanted: WantedTransition, { transitions }: ObservedWorkflow): ObservedTransition | undefined {
  return (
    transitions.find(({ name }) => name === wanted.name) ??
    transitions.find((one) => one.type === 'DIRECTED' && one.to === wanted.to && sameStarts(wanted, one))
  );
}

const sameStarts = (wanted: WantedTransition, found: ObservedTransition): boolean =>
  [...wanted.from].sort().join() === [...found.from].sort().join();

const free = (id: string, { transitions }: ObservedWorkflow): string =>
  transitions.every((one) => one.id !== id)
    ? id
    : String(Math.max(...transitions.map((one) => Number(one.id))) + Number(id));

const sentStatuses = ({ statuses }: WorkflowParts) =>
  STATUSES.map((status) => {
    const { id, name, description, category } = statuses[status];
    return { id, name, description, statusCategory: category, statusReference: id };
  });

const placed = ({ statuses }: WorkflowParts) =>
  STATUSES.map((status, at) => ({
    statusReference: statuses[status].id,
    layout: { x: 115 + (at % 4) * 200, y: -16 + Math.floor(at / 4) * 160 },
    properties: {},
  }));

const initial = ({ statuses }: WorkflowParts) => ({
  id: '1',
  name: 'Create',
  description: '',
  type: 'INITIAL',
  toStatusReference: statuses.Proposed.id,
  links: [],
  validators: [],
  actions: [],
  triggers: [],
  properties: {},
});

function sentTransition({ id, name, from, to, screenId, rules }: WantedTransition, title: string = name) {
  const of = (kind: SentRule['kind']): ObservedRule[] =>
    rules.filter((rule) => rule.kind === kind).map(({ ruleKey, parameters }) => ({ ruleKey, parameters }));
  const conditions = of('condition');
  return {
    id,
    name: title,
    description: '',
    type: 'DIRECTED',
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

/** What of the wanted transitions a workflow lacks or has otherwise, one sentence each; empty when it is complete. */
export function workflowDifferences(parts: WorkflowParts, workflow: ObservedWorkflow): string[] {
  const missing = STATUSES.filter((status) => !workflow.statusIds.includes(parts.statuses[status].id));
  return [
    ...missing.map((status) => `The status ${status} is not in it.`),
    ...wantedTransitions(parts).flatMap((wanted) => {
      const found = counterpart(wanted, workflow);
      return found === undefined ? [`The transition ${wanted.name} is not in it.`] : differs(wanted, found);
    }),
  ];
}

function differs(wanted: WantedTransition, found: ObservedTransition): string[] {
  const rules = new Set(found.rules.map(ruleText));
  const lacks = wanted.rules.filter((rule) => !rules.has(ruleText(rule))).length;
  const starts = sameStarts(wanted, found) && found.type === 'DIRECTED';
  return [
    ...(starts ? [] : [`The transition ${wanted.name} starts from other statuses.`]),
    ...(wanted.to === found.to ? [] : [`The transition ${wanted.name} leads to another status.`]),
    ...(wanted.screenId === found.screenId ? [] : [`The transition ${wanted.name} has another screen.`]),
    ...(found.conditionsAll || wanted.rules.every(({ kind }) => kind !== 'condition')
      ? []
      : [`On the transition ${wanted.name} it is enough to meet one of the conditions.`]),
    ...(lacks === 0 ? [] : [`The transition ${wanted.name} lacks ${lacks} ${lacks === 1 ? 'rule' : 'rules'}.`]),
  ];
}

/** A rule by what it does: Jira gives ids anew and writes JSON as it likes, and a message names fields as they are called. */
function ruleText({ ruleKey, parameters }: ObservedRule): string {
  const { disabled = 'false', config } = parameters;
  const rest = Object.entries(parameters).filter(([name]) => !['id', 'tag', 'disabled', 'config'].includes(name));
  return JSON.stringify([ruleKey, disabled, rest.sort(), config === undefined ? null : sorted(judged(parsed(config)))]);
}

function parsed(config: string): unknown {
  try {
    return JSON.parse(config) as unknown;
  } catch {
    return config;
  }
}

const judged = (config: unknown): unknown =>
  typeof config === 'object' && config !== null && !Array.isArray(config)
    ? judging(config as RuleConfiguration)
    : config;

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, held]) => [key, sorted(held)]);
}
