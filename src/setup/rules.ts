import type { AppFieldIds } from '../change/field-ids';
import type { FieldIds, Status } from '../change/fields';
import { jirasRules } from '../gate/jiras-rules';
import { TRANSITIONS, workflowRules, type TransitionName, type WorkflowRule } from '../gate/workflow-rules';
import type { Policy } from '../policy/policy';
import type { ObservedRule, ObservedRules } from './observed';

/** A rule as Jira is sent it: `parameters` without the id, which Jira gives. */
export type SentRule = ObservedRule & { readonly kind: WorkflowRule['kind'] };

const MODULES: readonly (readonly [WorkflowRule['moduleKey'], WorkflowRule['kind']])[] = [
  ['security-reviewer-condition', 'condition'],
  ['required-fields-validator', 'validator'],
  ['change-validator', 'validator'],
  ['record-transition', 'post-function'],
];

/** The manifest's modules that a workflow cannot be built without and that Jira does not offer. */
export const missingModules = ({ forge }: ObservedRules): string[] =>
  MODULES.filter(([moduleKey, kind]) => offer(forge, kind, moduleKey) === undefined).map(([moduleKey]) => moduleKey);

export interface RuleParts {
  readonly ids: FieldIds;
  readonly appIds: AppFieldIds;
  readonly policy: Policy;
  readonly statusIds: Readonly<Record<Status, string>>;
  /** Jira's ids of the groups that hold the deciding roles. */
  readonly groupIds: readonly string[];
  readonly rules: ObservedRules;
}

/**
 * Every rule of each transition: Jira's own first, which still hold when the app is gone, then ours by the ARI and the
 * rule key that Jira reports for this installation (Jira Cloud OpenAPI, GET /rest/api/3/workflows/capabilities).
 *
 * @throws RangeError when Jira does not offer one of our modules: see `missingModules`.
 */
export function rulesByTransition(parts: RuleParts): Readonly<Record<TransitionName, readonly SentRule[]>> {
  const own = workflowRules(parts.ids, parts.appIds, parts.policy);
  const of = (name: TransitionName): readonly SentRule[] => [
    ...jirasOwn(name, parts),
    ...own.filter(({ transition }) => transition === name).map((rule) => ours(rule, parts.rules)),
  ];
  const all = TRANSITIONS.map((name): [TransitionName, readonly SentRule[]] => [name, of(name)]);
  return Object.fromEntries(all) as Readonly<Record<TransitionName, readonly SentRule[]>>;
}

const offer = (forge: ObservedRules['forge'], kind: WorkflowRule['kind'], moduleKey: string) =>
  forge.find(({ id, ruleType }) => ruleType === RULE_TYPE[kind] && id.endsWith(`/static/${moduleKey}`));

const RULE_TYPE = { condition: 'Condition', validator: 'Validator', 'post-function': 'Function' } as const;

function ours({ kind, moduleKey, config }: WorkflowRule, { forge }: ObservedRules): SentRule {
  const offered = offer(forge, kind, moduleKey);
  if (offered === undefined) throw new RangeError(`Jira does not offer the rule ${moduleKey}`);
  return {
    kind,
    ruleKey: offered.ruleKey,
    parameters: { key: offered.id, config: JSON.stringify(config), disabled: 'false' },
  };
}

/** Jira's own conditions, as far as this Jira has them. */
const jirasOwn = (transition: TransitionName, parts: RuleParts): SentRule[] =>
  jirasRules(transition, parts)
    .filter(({ ruleKey }) => parts.rules.system.includes(ruleKey))
    .map((rule) => ({ kind: 'condition', ...rule }));

/** Whether a rule is one of this app: its module belongs to the same installation as what Jira offers. */
export function isOurRule({ parameters }: ObservedRule, { forge }: ObservedRules): boolean {
  return forge.some(({ id }) => id === parameters['key']);
}

/** The part of the app's module ARIs up to the module key; undefined when Jira offers no rule of the app. */
export const modulePrefix = ({ forge }: ObservedRules, moduleKey: string): string | undefined =>
  forge.find(({ id }) => id.endsWith(`/static/${moduleKey}`))?.id.slice(0, -moduleKey.length);
