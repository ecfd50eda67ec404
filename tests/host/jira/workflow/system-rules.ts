import { accountOf } from '../permission-store';
import { isProjectPermission } from '../permission-keys';
import { mayInProject } from '../rest/access';
import type { JiraStore } from '../store';
import type { RuleKind, SystemRule } from './model';
import type { Move } from './rules';

/**
 * Jira's own rules that the engine runs: those that matter for who may move what. Source: Jira Cloud OpenAPI, "Get
 * available workflow capabilities". Rules that are not here are refused when a workflow is written, never dropped.
 */
export interface SystemRuleDefinition {
  readonly kind: RuleKind;
  readonly name: string;
  readonly description: string;
  readonly parameters: readonly string[];
  /** Parameters that have to be given. */
  readonly needs: readonly string[];
  /** Whether a condition holds. */
  readonly holds?: (store: JiraStore, move: Move, parameters: SystemRule['parameters']) => boolean;
  /** What a validator says; undefined when it allows. */
  readonly refusal?: (store: JiraStore, move: Move, parameters: SystemRule['parameters']) => string | undefined;
  /** Why parameters that are all there still mean nothing here. */
  readonly problem?: (parameters: SystemRule['parameters']) => string | undefined;
}

const listed = (parameters: SystemRule['parameters'], name: string): readonly string[] =>
  (parameters[name] ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');

/** The statuses that an issue came through, oldest first, its present one last, each with who moved it there. */
function moves(
  store: JiraStore,
  move: Move,
): readonly { readonly author: string; readonly from: string | null; readonly to: string | null }[] {
  return store.histories
    .page(move.original.issue.id, 'oldest-first')
    .flatMap(({ author, items }) =>
      items.filter(({ fieldId }) => fieldId === 'status').map(({ from, to }) => ({ author, from, to })),
    );
}

/** False once the actor has made the move from the one status to the other; a status that is not given is any. */
function separationOfDuties(store: JiraStore, move: Move, parameters: SystemRule['parameters']): boolean {
  const { fromStatusId = '', toStatusId = '' } = parameters;
  const mine = accountOf(move.actor);
  return !moves(store, move).some(
    ({ author, from, to }) =>
      author === mine && (fromStatusId === '' || from === fromStatusId) && (toStatusId === '' || to === toStatusId),
  );
}

/** "Evaluates as true if any of the following criteria is met"; true without a criterion. */
function restrictIssueTransition(store: JiraStore, move: Move, parameters: SystemRule['parameters']): boolean {
  const mine = accountOf(move.actor) ?? '';
  const { issue, values } = move.original;
  const holds = (fieldId: string): boolean => {
    const held = values.get(fieldId);
    return held === mine || (Array.isArray(held) && held.includes(mine));
  };
  const roles = store.permissions.rolesOf(mine, issue.projectId).map(({ id }) => id);
  const groups = store.people.groupsOf(mine).map(({ groupId }) => groupId);
  const people = listed(parameters, 'accountIds');
  const denied = listed(parameters, 'denyUserCustomFields');
  const criteria: readonly (readonly [asked: readonly string[], met: (each: string) => boolean])[] = [
    [people, (each) => each === mine || (each === 'allow-reporter' && holds('reporter'))],
    [people, (each) => each === 'allow-assignee' && holds('assignee')],
    [listed(parameters, 'roleIds'), (each) => roles.includes(each)],
    [listed(parameters, 'groupIds'), (each) => groups.includes(each)],
    [
      listed(parameters, 'permissionKeys'),
      (each) => isProjectPermission(each) && mayInProject(store, move.actor, each, issue.projectId),
    ],
    [listed(parameters, 'allowUserCustomFields'), holds],
  ];
  const asked = denied.length > 0 || criteria.some(([list]) => list.length > 0);
  const met = criteria.some(([list, is]) => list.some(is)) || (denied.length > 0 && !denied.some(holds));
  return !asked || met;
}

/**
 * `usersAndAPI` keeps everybody out. `users` keeps people out and lets the app through: every call to this site is one of
 * its API, so that it cannot tell a person's script from their browser.
 */
const restrictFromAllUsers = (_: JiraStore, move: Move, { restrictMode }: SystemRule['parameters']): boolean =>
  restrictMode === 'users' && move.actor.kind === 'app';

function wasIn(store: JiraStore, move: Move, parameters: SystemRule['parameters']): boolean {
  const wanted = listed(parameters, 'previousStatusIds');
  const left = moves(store, move)
    .filter(({ from, to }) => parameters.ignoreLoopTransitions !== 'true' || from !== to)
    .map(({ from }) => from);
  const considered = parameters.mostRecentStatusOnly === 'true' ? left.slice(-1) : left;
  const current = parameters.includeCurrentStatus === 'true' ? [move.original.issue.statusId] : [];
  return [...considered, ...current].some((status) => status !== null && wanted.includes(status));
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

function validateFieldValue(store: JiraStore, move: Move, parameters: SystemRule['parameters']): string | undefined {
  if (parameters.ruleType === 'fieldRequired') {
    const missing = listed(parameters, 'fieldsRequired').filter((id) => isEmpty(move.seen.values.get(id)));
    const names = missing.map((id) => store.fields.find(id)?.name ?? id);
    return names.length === 0 ? undefined : said(parameters, `${names.join(', ')} is required.`);
  }
  const fieldId = parameters.fieldKey ?? '';
  const exempt = store.people
    .groupsOf(accountOf(move.actor) ?? '')
    .some(({ groupId }) => listed(parameters, 'groupsExemptFromValidation').includes(groupId));
  const [before, after] = [move.original, move.seen].map(({ values }) => JSON.stringify(values.get(fieldId) ?? null));
  if (exempt || before !== after) return undefined;
  return said(parameters, `${store.fields.find(fieldId)?.name ?? fieldId} must be changed.`);
}

const said = ({ errorMessage = '' }: SystemRule['parameters'], otherwise: string): string =>
  errorMessage === '' ? otherwise : errorMessage;

const FIELD_RULES: Readonly<Record<string, string>> = { fieldRequired: 'fieldsRequired', fieldChanged: 'fieldKey' };

export const SYSTEM_RULES: Readonly<Record<string, SystemRuleDefinition>> = {
  'system:separation-of-duties': {
    kind: 'condition',
    name: 'Separation of duties',
    description: 'Prevents somebody who has already performed a certain transition on the issue.',
    parameters: ['fromStatusId', 'toStatusId'],
    needs: [],
    holds: separationOfDuties,
  },
  'system:restrict-issue-transition': {
    kind: 'condition',
    name: 'Restrict who can move an issue',
    description: 'Allows only people of certain roles, groups, permissions or user fields.',
    parameters: [
      'accountIds',
      'roleIds',
      'groupIds',
      'permissionKeys',
      'groupCustomFields',
      'allowUserCustomFields',
      'denyUserCustomFields',
    ],
    needs: [],
    holds: restrictIssueTransition,
    problem: (parameters) =>
      listed(parameters, 'groupCustomFields').length > 0 ? 'This site has no group fields.' : undefined,
  },
  'system:restrict-from-all-users': {
    kind: 'condition',
    name: 'Hide from all users',
    description: 'Keeps everybody from the transition, with or without the API.',
    parameters: ['restrictMode'],
    needs: ['restrictMode'],
    holds: restrictFromAllUsers,
    problem: ({ restrictMode = '' }) =>
      ['users', 'usersAndAPI'].includes(restrictMode) ? undefined : `"${restrictMode}" is no restrict mode.`,
  },
  'system:previous-status-condition': {
    kind: 'condition',
    name: 'Restrict to when an issue has been through a specific status',
    description: 'Looks at the statuses the issue has been through.',
    parameters: ['previousStatusIds', 'not', 'mostRecentStatusOnly', 'includeCurrentStatus', 'ignoreLoopTransitions'],
    needs: ['previousStatusIds'],
    holds: (store, move, parameters) => wasIn(store, move, parameters) !== (parameters.not === 'true'),
  },
  'system:check-permission-validator': {
    kind: 'validator',
    name: 'Validate that people have a specific permission',
    description: 'Checks that the person has a permission in the project.',
    parameters: ['permissionKey'],
    needs: ['permissionKey'],
    refusal: (store, move, { permissionKey = '' }) =>
      isProjectPermission(permissionKey) &&
      mayInProject(store, move.actor, permissionKey, move.original.issue.projectId)
        ? undefined
        : `The transition needs the permission "${permissionKey}".`,
  },
  'system:previous-status-validator': {
    kind: 'validator',
    name: 'Validate that an issue has been through a specific status',
    description: 'Looks at the statuses the issue has been through.',
    parameters: ['previousStatusIds', 'mostRecentStatusOnly'],
    needs: ['previousStatusIds'],
    refusal: (store, move, parameters) =>
      wasIn(store, move, parameters) ? undefined : 'The issue has not been through the required status.',
  },
  'system:validate-field-value': {
    kind: 'validator',
    name: 'Validate details about a field',
    description: 'Checks that a field has a value, or that it was changed.',
    parameters: [
      'ruleType',
      'fieldsRequired',
      'ignoreContext',
      'groupsExemptFromValidation',
      'fieldKey',
      'errorMessage',
    ],
    needs: ['ruleType'],
    refusal: validateFieldValue,
    problem: (parameters) => {
      const needed = FIELD_RULES[parameters.ruleType ?? ''];
      if (needed === undefined) return `This site does not check "${parameters.ruleType ?? ''}".`;
      return listed(parameters, needed).length === 0 ? `The parameter "${needed}" is missing.` : undefined;
    },
  },
};

/** What is wrong with a rule of Jira's own as it was sent; undefined when the engine can run it. */
export function systemRuleProblem(
  ruleKey: string,
  kind: RuleKind,
  parameters: SystemRule['parameters'],
): string | undefined {
  const known = Object.hasOwn(SYSTEM_RULES, ruleKey) ? SYSTEM_RULES[ruleKey] : undefined;
  if (known?.kind !== kind) return `The rule '${ruleKey}' is of no ${kind} that this site has.`;
  const unknown = Object.keys(parameters).find((name) => name !== 'id' && !known.parameters.includes(name));
  if (unknown !== undefined) return `The rule '${ruleKey}' has no parameter "${unknown}".`;
  const missing = known.needs.find((name) => (parameters[name] ?? '') === '');
  if (missing !== undefined) return `The rule '${ruleKey}' needs the parameter "${missing}".`;
  return known.problem?.(parameters);
}

/** Whether a condition of Jira's own lets the move through; a rule that is not known lets nobody. */
export const systemConditionHolds = (store: JiraStore, move: Move, rule: SystemRule): boolean =>
  SYSTEM_RULES[rule.ruleKey]?.holds?.(store, move, rule.parameters) ?? false;

/** What a validator of Jira's own says; a rule that is not known refuses. */
export function systemValidatorRefusal(store: JiraStore, move: Move, rule: SystemRule): string | undefined {
  const refusal = SYSTEM_RULES[rule.ruleKey]?.refusal;
  return refusal === undefined ? `The rule "${rule.ruleKey}" cannot be run.` : refusal(store, move, rule.parameters);
}
