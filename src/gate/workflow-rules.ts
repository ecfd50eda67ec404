import type { AppFieldIds } from '../change/field-ids';
import { CHANGE_TYPES } from '../change/fields';
import type { FieldIds, FieldKey, Status } from '../change/fields';
import { BARRING_FIELDS } from '../change/participants';
import type { Policy } from '../policy/policy';
import { configurationOf } from './rule-configuration';
import type { RuleConfiguration } from './rule-configuration';
import { decidingGroups, RULES_OF, siteOf } from './rule-settings';
import type { RuleModule, RuleName, RuleSettings, RuleSite } from './rule-settings';
import type { Step } from './transition-check';

/** One rule of ours on a transition, as it is put into a workflow: the module and the configuration saved with it. */
export interface WorkflowRule {
  /** The transition's name in Jira. */
  readonly transition: TransitionName;
  readonly kind: 'condition' | 'validator' | 'post-function';
  /** The manifest's module. */
  readonly moduleKey: RuleModule | 'record-transition';
  /** JSON of at most 32 KB. `expression` in it replaces the manifest's own (Forge, "Jira workflow validator"). */
  readonly config: RuleConfiguration;
}

export const TRANSITIONS = ['Approve', 'Disapprove', 'Resubmit', 'Schedule', 'Execute', 'Close', 'Withdraw'] as const;
export type TransitionName = (typeof TRANSITIONS)[number];

const STEP: Readonly<Record<TransitionName, Step>> = {
  Approve: 'approve',
  Disapprove: 'disapprove',
  Resubmit: 'resubmit',
  Schedule: 'schedule',
  Execute: 'execute',
  Close: 'close',
  Withdraw: 'withdraw',
};

/** The status that each transition of a change leads to. */
const LEADS_TO: Readonly<Record<TransitionName, Status>> = {
  Approve: 'Approved',
  Disapprove: 'Disapproved',
  Resubmit: 'Proposed',
  Schedule: 'Scheduled',
  Execute: 'Executed',
  Close: 'Closed',
  Withdraw: 'Withdrawn',
};

/** The transition that leads to a status: a rule's screen is told statuses, and transitions may be renamed. */
export const transitionTo = (status: string): TransitionName | undefined =>
  TRANSITIONS.find((name) => LEADS_TO[name] === status);

/**
 * Every rule that a controlled workflow needs: who may (conditions), with what content (a function validator, and
 * expressions that hold without it), and the record of who did (a post function on every transition). Order matters
 * within a transition only for the messages.
 */
export function workflowRules(ids: FieldIds, appIds: AppFieldIds, policy: Policy): WorkflowRule[] {
  const site = siteOf(ids, appIds, policy);
  return TRANSITIONS.flatMap((transition): WorkflowRule[] => [
    ...MODULES.flatMap(({ moduleKey, kind }) =>
      defaultSettings(moduleKey, transition, site).map((settings) => ({
        transition,
        kind,
        moduleKey,
        config: configurationOf(settings, site, transition),
      })),
    ),
    { transition, kind: 'post-function', moduleKey: 'record-transition', config: {} },
  ]);
}

const MODULES: readonly { readonly moduleKey: RuleModule; readonly kind: WorkflowRule['kind'] }[] = [
  { moduleKey: 'security-reviewer-condition', kind: 'condition' },
  { moduleKey: 'required-fields-validator', kind: 'validator' },
  { moduleKey: 'change-validator', kind: 'validator' },
];

/** The rules of a module that a transition has by default, and that a new rule on it starts from. */
export function defaultSettings(module: RuleModule, transition: TransitionName, site: RuleSite): RuleSettings[] {
  switch (module) {
    case 'change-validator':
      return [{ rule: 'step', step: STEP[transition] }];
    case 'security-reviewer-condition':
      return conditions(transition, site);
    case 'required-fields-validator':
      return expressionValidators(transition, site);
  }
}

/**
 * For every kind of rule that a module can be, the settings it starts from: the transition's default, or else one that
 * lets nothing pass unseen, with whatever has to be chosen left empty.
 */
export function startingSettings(
  module: RuleModule,
  transition: TransitionName | undefined,
  site: RuleSite,
): RuleSettings[] {
  const defaults = transition === undefined ? [] : defaultSettings(module, transition, site);
  return RULES_OF[module].map((rule) => defaults.find((one) => one.rule === rule) ?? emptySettings(rule, site));
}

function emptySettings(rule: RuleName, { ids, policy }: RuleSite): RuleSettings {
  switch (rule) {
    case 'step':
      return { rule, step: null };
    case 'written':
    case 'chosen':
      return { rule, fields: [], message: 'Fill in first, with a real answer: ' };
    case 'last-decider':
      return { rule };
    case 'still-open':
      return { rule, message: NOT_STANDING };
    case 'independent':
      return {
        rule,
        roles: decidingGroups(policy).map(({ key }) => key),
        barring: BARRING_FIELDS.map((key) => ids[key]),
      };
    case 'people':
      return { rule, people: [] };
  }
}

function conditions(transition: TransitionName, { ids, policy }: RuleSite): RuleSettings[] {
  if (transition === 'Withdraw') return [{ rule: 'people', people: ['reporter', ids.owner] }];
  if (transition !== 'Approve' && transition !== 'Disapprove') return [];
  const roles = decidingGroups(policy).map(({ key }) => key);
  return [{ rule: 'independent', roles, barring: BARRING_FIELDS.map((key) => ids[key]) }];
}

function expressionValidators(transition: TransitionName, { ids, policy }: RuleSite): RuleSettings[] {
  const asked = (keys: readonly FieldKey[]): FieldKey[] => keys.filter((key) => isAsked(policy, key));
  const idsOf = (keys: readonly FieldKey[]): string[] => keys.map((key) => ids[key]);
  switch (transition) {
    case 'Approve':
      return [
        { rule: 'chosen', fields: idsOf(asked(APPROVAL_CHOICES)), message: BEFORE_APPROVING },
        { rule: 'written', fields: idsOf(asked(APPROVAL_PARAGRAPHS)), message: BEFORE_APPROVING },
        { rule: 'last-decider' },
      ];
    case 'Disapprove':
      return [
        {
          rule: 'written',
          fields: idsOf(['decisionBasis', 'requiredActions']),
          message: 'Write before disapproving: ',
        },
      ];
    case 'Schedule':
    case 'Execute':
      return [{ rule: 'still-open', message: NOT_STANDING }];
    case 'Resubmit':
    case 'Close':
    case 'Withdraw':
      return [];
  }
}

/**
 * An expression asks every change alike, save for the window: a field that only some types need is left to the function
 * validator, which knows by which rules a change is judged.
 */
const isAsked = ({ types }: Policy, key: FieldKey): boolean => {
  const needs = CHANGE_TYPES.map((type) => types[type].required.includes(key));
  return key === 'windowStart' || key === 'windowEnd' ? needs.includes(true) : needs.every(Boolean);
};

const BEFORE_APPROVING = 'Fill in before approving, with a real answer: ';
const NOT_STANDING = 'The decisions on this change do not stand. It says: ';

const APPROVAL_CHOICES: readonly FieldKey[] = [
  'changeType',
  'owner',
  'implementer',
  'impactedSystems',
  'windowStart',
  'windowEnd',
];

/** Five paragraphs are five expensive operations of the ten that Jira allows. */
const APPROVAL_PARAGRAPHS: readonly FieldKey[] = [
  'scope',
  'justification',
  'securityImpactAnalysis',
  'testPlan',
  'backoutPlan',
];
