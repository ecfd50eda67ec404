import type { JiraStore } from '../store';
import { CONFIG_LIMIT, RULE_KEYS, type RuleKind } from './model';
import { systemRuleProblem } from './system-rules';
import type {
  ConditionGroupInput,
  CreateInput,
  RuleInput,
  StatusInput,
  TransitionInput,
  UpdateInput,
  WorkflowBody,
} from './workflow-payload';
import type { Workflows } from './workflow-store';

/** One thing wrong with a workflow as it was sent (Jira Cloud OpenAPI, WorkflowValidationError). All here are errors. */
export interface WorkflowProblem {
  readonly code: string;
  readonly message: string;
  readonly type: 'RULE' | 'STATUS' | 'WORKFLOW' | 'TRANSITION' | 'SCOPE' | 'STATUS_MAPPING';
  readonly elementReference?: {
    readonly statusReference?: string;
    readonly transitionId?: string;
    readonly ruleId?: string;
    readonly statusMappingReference?: { readonly projectId: string; readonly issueTypeId: string };
  };
}

const MOST_WORKFLOWS = 20;
const MOST_STATUSES = 1000;
const LONGEST_NAME = 255;

/** Everything that is wrong with a creation; empty when it can be done. */
export function createProblems(store: JiraStore, workflows: Workflows, input: CreateInput): readonly WorkflowProblem[] {
  const names = input.workflows.map(({ name }) => name);
  const of = (name: string, at: number): readonly WorkflowProblem[] => {
    if (name.trim() === '' || name.length > LONGEST_NAME)
      return [workflowProblem('WORKFLOW_NAME_INVALID', `A workflow's name has 1 to ${LONGEST_NAME} characters.`)];
    return workflows.named(name) !== undefined || names.indexOf(name) !== at
      ? [workflowProblem('NON_UNIQUE_WORKFLOW_NAME', `A workflow named "${name}" exists already.`)]
      : [];
  };
  return [
    ...(input.scope.type === 'GLOBAL'
      ? []
      : [
          {
            code: 'SCOPE_NOT_SUPPORTED',
            type: 'SCOPE' as const,
            message: 'This site has company-managed projects only: the scope is GLOBAL.',
          },
        ]),
    ...names.flatMap(of),
    ...sharedProblems(store, input),
  ];
}

/** Everything that is wrong with an update beside conflicts and moves of issues. */
export function updateProblems(store: JiraStore, workflows: Workflows, input: UpdateInput): readonly WorkflowProblem[] {
  const unknown = input.workflows.filter(({ id }) => workflows.find(id) === undefined);
  return [
    ...unknown.map(({ id }) => workflowProblem('WORKFLOW_NOT_FOUND', `No workflow with id '${id}' found.`)),
    ...sharedProblems(store, input),
  ];
}

const workflowProblem = (code: string, message: string): WorkflowProblem => ({ code, message, type: 'WORKFLOW' });

function sharedProblems(
  store: JiraStore,
  {
    statuses,
    workflows,
  }: { readonly statuses: readonly StatusInput[] | null; readonly workflows: readonly WorkflowBody[] },
): readonly WorkflowProblem[] {
  const given = statuses ?? [];
  return [
    ...(workflows.length === 0 || workflows.length > MOST_WORKFLOWS
      ? [workflowProblem('WORKFLOW_COUNT', `A call takes 1 to ${MOST_WORKFLOWS} workflows.`)]
      : []),
    ...(given.length > MOST_STATUSES
      ? [workflowProblem('STATUS_COUNT', `A call takes at most ${MOST_STATUSES} statuses.`)]
      : []),
    ...given.flatMap((status, at) => statusProblems(store, status, given.slice(0, at))),
    ...workflows.flatMap((workflow) => bodyProblems(store, workflow, given)),
  ];
}

function statusProblems(
  store: JiraStore,
  { id, name, statusReference }: StatusInput,
  before: readonly StatusInput[],
): readonly WorkflowProblem[] {
  const problem = (code: string, message: string): WorkflowProblem => ({
    code,
    message,
    type: 'STATUS',
    elementReference: { statusReference },
  });
  const known = store.projects.statusNamed(name);
  const same = (other: StatusInput) => other.name.toLowerCase() === name.toLowerCase();
  if (name.trim() === '' || name.length > LONGEST_NAME)
    return [problem('STATUS_NAME_INVALID', `A status's name has 1 to ${LONGEST_NAME} characters.`)];
  if (id !== undefined && id !== null && store.projects.status(id) === undefined)
    return [problem('STATUS_NOT_FOUND', `The status '${id}' does not exist on this site.`)];
  if ((known !== undefined && known.id !== id) || before.some(same))
    return [problem('NON_UNIQUE_STATUS_NAME', 'You must use a unique status name.')];
  return before.some((other) => other.statusReference === statusReference)
    ? [problem('NON_UNIQUE_STATUS_REFERENCE', 'You must use a unique status reference.')]
    : [];
}

function bodyProblems(
  store: JiraStore,
  workflow: WorkflowBody,
  statuses: readonly StatusInput[],
): readonly WorkflowProblem[] {
  const references = workflow.statuses.map(({ statusReference }) => statusReference);
  const unknown = references.filter(
    (reference) => !statuses.some(({ statusReference }) => statusReference === reference),
  );
  const initial = workflow.transitions.filter(({ type }) => type === 'INITIAL').length;
  const ids = workflow.transitions.map(({ id }) => id);
  return [
    ...unknown.map((statusReference): WorkflowProblem => ({
      code: 'STATUS_REFERENCE_NOT_FOUND',
      type: 'STATUS',
      message: `The status reference "${statusReference}" is not among the statuses of the call.`,
      elementReference: { statusReference },
    })),
    ...(initial === 1
      ? []
      : [workflowProblem('INITIAL_TRANSITION_COUNT', 'A workflow has exactly one initial transition.')]),
    ...workflow.transitions.flatMap((transition, at) =>
      transitionProblems(store, transition, references, ids.indexOf(transition.id) !== at),
    ),
  ];
}

function transitionProblems(
  store: JiraStore,
  transition: TransitionInput,
  references: readonly string[],
  repeated: boolean,
): readonly WorkflowProblem[] {
  const { id: transitionId, name, type, toStatusReference, links } = transition;
  const problem = (code: string, message: string): WorkflowProblem => ({
    code,
    message,
    type: 'TRANSITION',
    elementReference: { transitionId },
  });
  const from = (links ?? []).flatMap(({ fromStatusReference }) => fromStatusReference ?? []);
  const elsewhere = [toStatusReference, ...from].filter((reference) => !references.includes(reference));
  return [
    ...(repeated ? [problem('NON_UNIQUE_TRANSITION_ID', `Two transitions have the id "${transitionId}".`)] : []),
    ...(name.trim() === '' ? [problem('TRANSITION_NAME_INVALID', 'A transition has a name.')] : []),
    ...(/^\d{1,9}$/.test(transitionId)
      ? []
      : [problem('TRANSITION_ID_INVALID', 'The id of a transition is a number.')]),
    ...elsewhere.map((reference) =>
      problem(
        'TRANSITION_STATUS_NOT_FOUND',
        `"${name}" refers to the status "${reference}", which the workflow lacks.`,
      ),
    ),
    ...(type === 'DIRECTED' && from.length === 0
      ? [problem('TRANSITION_WITHOUT_SOURCE', `"${name}" starts from no status.`)]
      : []),
    ...(transition.triggers ?? []).map(() => problem('TRIGGER_NOT_SUPPORTED', `"${name}": this site has no triggers.`)),
    ...rulesOf(transition).flatMap(([kind, rule]) => ruleProblems(store, transition, kind, rule)),
    ...screenProblems(store, transition),
  ];
}

/** All rules of a transition with what each is, conditions of nested groups included. */
export function rulesOf(transition: TransitionInput): readonly (readonly [RuleKind, RuleInput])[] {
  const inGroup = (group: ConditionGroupInput | null | undefined): readonly RuleInput[] =>
    group === null || group === undefined
      ? []
      : [...(group.conditions ?? []), ...(group.conditionGroups ?? []).flatMap(inGroup)];
  return [
    ...inGroup(transition.conditions).map((rule) => ['condition', rule] as const),
    ...(transition.validators ?? []).map((rule) => ['validator', rule] as const),
    ...(transition.actions ?? []).map((rule) => ['post-function', rule] as const),
  ];
}

function ruleProblems(
  store: JiraStore,
  { id: transitionId, name, type }: TransitionInput,
  kind: RuleKind,
  rule: RuleInput,
): readonly WorkflowProblem[] {
  const ruleId = rule.parameters?.['id'] ?? rule.id ?? undefined;
  const why = type === 'INITIAL' ? 'This site runs no rules when an issue is created.' : ruleProblem(store, kind, rule);
  if (why === undefined) return [];
  return [
    {
      code: 'RULE_INVALID',
      type: 'RULE',
      message: `"${name}": ${why}`,
      elementReference: { transitionId, ...(ruleId === undefined ? {} : { ruleId }) },
    },
  ];
}

/** Forge calls a rule by the ARI of its extension, Jira's own by their key. */
function ruleProblem(store: JiraStore, kind: RuleKind, rule: RuleInput): string | undefined {
  const { ruleKey, parameters = {} } = rule;
  if (ruleKey.startsWith('system:')) return systemRuleProblem(ruleKey, kind, parameters);
  const module = appModule(store, kind, rule);
  if (module === undefined) return `The rule '${ruleKey}' is of no ${kind} that this site has.`;
  // "disabled" is Jira's word for an app that is switched off: nobody sets it, and a rule it were obeyed for would be none.
  if (parameters['disabled'] === 'true') return `This site has no disabled rules: remove '${module.name}' instead.`;
  return Buffer.byteLength(parameters['config'] ?? '') > CONFIG_LIMIT
    ? `The configuration of '${module.name}' is over 32 KB.`
    : undefined;
}

/** The module of the installed app that a rule names by its ARI, under the rule key of its kind. */
export function appModule(
  store: JiraStore,
  kind: RuleKind,
  { ruleKey, parameters }: RuleInput,
): { readonly moduleKey: string; readonly ari: string; readonly name: string } | undefined {
  const { conditions, validators, postFunctions } = store.forge.modules;
  const among = { condition: conditions, validator: validators, 'post-function': postFunctions }[kind];
  return ruleKey === RULE_KEYS[kind] ? among.find(({ ari }) => ari === parameters?.['key']) : undefined;
}

function screenProblems(
  store: JiraStore,
  { id: transitionId, name, transitionScreen }: TransitionInput,
): readonly WorkflowProblem[] {
  if (transitionScreen === null || transitionScreen === undefined) return [];
  const { ruleKey, parameters } = transitionScreen;
  const screenId = parameters?.['screenId'] ?? '';
  if (ruleKey === 'system:transition-screen' && store.screens.find(screenId) !== undefined) return [];
  const message =
    ruleKey === 'system:transition-screen'
      ? `"${name}": the screen '${screenId}' does not exist.`
      : `"${name}": the rule '${ruleKey}' is no screen that this site has.`;
  return [{ code: 'SCREEN_NOT_FOUND', type: 'RULE', message, elementReference: { transitionId } }];
}
