import type { AppFieldIds } from '../change/field-ids';
import { FIELDS } from '../change/fields';
import type { FieldIds, FieldKey } from '../change/fields';
import { BARRING_FIELDS } from '../change/participants';
import type { Policy } from '../policy/policy';
import {
  independentDecider,
  lastNeededDecider,
  madeChoices,
  NONE_OPTION,
  onlyPeople,
  PLACEHOLDER,
  stillOpen,
  STRIP,
  writtenParagraphs,
} from './expressions';
import type { NamedField } from './expressions';
import { PANEL } from './transition-check';
import type { Step } from './transition-check';

/** One rule of ours on a transition, as it is put into a workflow: the module and the configuration saved with it. */
export interface WorkflowRule {
  /** The transition's name in Jira. */
  readonly transition: TransitionName;
  readonly kind: 'condition' | 'validator' | 'post-function';
  /** The manifest's module. */
  readonly moduleKey:
    'security-reviewer-condition' | 'required-fields-validator' | 'change-validator' | 'record-transition';
  /** JSON of at most 32 KB. `expression` in it replaces the manifest's own (Forge, "Jira workflow validator"). */
  readonly config: Readonly<Record<string, unknown>>;
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
  return TRANSITIONS.flatMap((transition): WorkflowRule[] => [
    ...conditions(transition, ids, appIds, policy),
    ...expressionValidators(transition, ids, appIds),
    { transition, kind: 'validator', moduleKey: 'change-validator', config: { step: STEP[transition] } },
    { transition, kind: 'post-function', moduleKey: 'record-transition', config: {} },
  ]);
}

function conditions(transition: TransitionName, ids: FieldIds, appIds: AppFieldIds, policy: Policy): WorkflowRule[] {
  const rule = (config: WorkflowRule['config']): WorkflowRule[] => [
    { transition, kind: 'condition', moduleKey: 'security-reviewer-condition', config },
  ];
  if (transition === 'Withdraw') return rule({ expression: onlyPeople(['reporter', ids.owner]) });
  if (transition !== 'Approve' && transition !== 'Disapprove') return [];
  return rule({
    expression: independentDecider({
      state: appIds.decisionState,
      participants: appIds.participants,
      owner: ids.owner,
      implementer: ids.implementer,
    }),
    roles: policy.roles.map(({ key, group }) => ({ part: `${key}=`, group })),
    fields: BARRING_FIELDS.map((key) => ids[key]),
  });
}

function expressionValidators(transition: TransitionName, ids: FieldIds, appIds: AppFieldIds): WorkflowRule[] {
  const rule = (config: WorkflowRule['config']): WorkflowRule => ({
    transition,
    kind: 'validator',
    moduleKey: 'required-fields-validator',
    config,
  });
  switch (transition) {
    case 'Approve':
      return [choicesRule(ids), paragraphsRule(ids, APPROVAL_PARAGRAPHS, BEFORE_APPROVING), deciderRule(appIds)].map(
        rule,
      );
    case 'Disapprove':
      return [rule(paragraphsRule(ids, ['decisionBasis', 'requiredActions'], 'Write before disapproving: '))];
    case 'Schedule':
    case 'Execute':
      return [
        rule({
          expression: stillOpen(appIds.decisionState),
          message: 'The decisions on this change do not stand. It says: ',
        }),
      ];
    case 'Resubmit':
    case 'Close':
    case 'Withdraw':
      return [];
  }
}

const BEFORE_APPROVING = 'Fill in before approving, with a real answer: ';

/** Five paragraphs are five expensive operations of the ten that Jira allows. */
const APPROVAL_PARAGRAPHS: readonly FieldKey[] = [
  'scope',
  'justification',
  'securityImpactAnalysis',
  'testPlan',
  'backoutPlan',
];

function paragraphsRule(ids: FieldIds, keys: readonly FieldKey[], message: string): WorkflowRule['config'] {
  return {
    expression: writtenParagraphs(keys.map((key) => field(ids, key))),
    strip: STRIP,
    placeholder: PLACEHOLDER,
    message,
  };
}

function choicesRule(ids: FieldIds): WorkflowRule['config'] {
  const expression = madeChoices({
    set: [field(ids, 'changeType'), field(ids, 'owner'), field(ids, 'implementer')],
    systems: field(ids, 'impactedSystems'),
    windowStart: field(ids, 'windowStart'),
    windowEnd: field(ids, 'windowEnd'),
  });
  return { expression, none: NONE_OPTION, message: BEFORE_APPROVING };
}

function deciderRule(appIds: AppFieldIds): WorkflowRule['config'] {
  const elsewhere = `They sign off in ${PANEL}, or use Approve as the last one.`;
  return {
    expression: lastNeededDecider(appIds.decisionState),
    preparing: 'Change control is still being prepared for this change. Try again in a minute.',
    objection: `Somebody else has disapproved or deferred this change. ${capital(PANEL)} says who; it stays closed until they decide otherwise.`,
    others: `. Approve is one person's decision: all but the last sign off in ${PANEL}.`,
    signed: `. You have signed off already. ${elsewhere}`,
    role: `. Your role is not needed any more. ${elsewhere}`,
  };
}

const field = (ids: FieldIds, key: FieldKey): NamedField => ({
  name: FIELDS.find((definition) => definition.key === key)?.name ?? key,
  id: ids[key],
});

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
