import type { AppFieldIds } from '../change/field-ids';
import type { FieldIds, FieldKey } from '../change/fields';
import { BARRING_FIELDS } from '../change/participants';
import type { Policy } from '../policy/policy';
import { configurationOf } from './rule-configuration';
import type { RuleConfiguration } from './rule-configuration';
import { siteOf } from './rule-settings';
import type { RuleModule, RuleSettings, RuleSite } from './rule-settings';
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

function conditions(transition: TransitionName, { ids, policy }: RuleSite): RuleSettings[] {
  if (transition === 'Withdraw') return [{ rule: 'people', people: ['reporter', ids.owner] }];
  if (transition !== 'Approve' && transition !== 'Disapprove') return [];
  const roles = policy.roles.map(({ key }) => key);
  return [{ rule: 'independent', roles, barring: BARRING_FIELDS.map((key) => ids[key]) }];
}

function expressionValidators(transition: TransitionName, { ids }: RuleSite): RuleSettings[] {
  const idsOf = (keys: readonly FieldKey[]): string[] => keys.map((key) => ids[key]);
  switch (transition) {
    case 'Approve':
      return [
        { rule: 'chosen', fields: idsOf(APPROVAL_CHOICES), message: BEFORE_APPROVING },
        { rule: 'written', fields: idsOf(APPROVAL_PARAGRAPHS), message: BEFORE_APPROVING },
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

const BEFORE_APPROVING = 'Fill in before approving, with a real answer: ';
export const NOT_STANDING = 'The decisions on this change do not stand. It says: ';

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
