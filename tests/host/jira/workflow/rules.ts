import {
  fromJson,
  judgeCondition,
  judgeValidator,
  type Context,
  type EvaluateOptions,
  type Judgement,
} from '../../expressions';
import type { Actor } from '../../contract';
import { accountOf } from '../permission-store';
import { mayInProject } from '../rest/access';
import type { JiraStore } from '../store';
import { EntityReader, type IssueAsSeen } from './entities';
import { transitionEntity, workflowEntity } from './rule-entities';
import {
  isSystemRule,
  type AppRule,
  type ConditionGroup,
  type RuleRecord,
  type TransitionRecord,
  type WorkflowRecord,
} from './model';
import { systemConditionHolds } from './system-rules';

/** One move of one issue by one actor, as its rules judge it. */
export interface Move {
  readonly workflow: WorkflowRecord;
  readonly transition: TransitionRecord;
  readonly actor: Actor;
  /** Before anything on the screen. */
  readonly original: IssueAsSeen;
  /** With what was entered on the screen. */
  readonly seen: IssueAsSeen;
}

/** The configuration of a rule as JSON; null when there is none, or none that can be read. */
export function configOf(rule: AppRule): unknown {
  if (rule.config === null) return null;
  try {
    return JSON.parse(rule.config);
  } catch {
    return null;
  }
}

/** A configuration with a property `expression` replaces the manifest's expression (Forge, "Jira workflow validator"). */
function expressionOf(rule: AppRule, fromManifest: string): string {
  const config = configOf(rule);
  return typeof config === 'object' &&
    config !== null &&
    'expression' in config &&
    typeof config.expression === 'string'
    ? config.expression
    : fromManifest;
}

/** Judges the expressions of a transition's rules, and tells the app of those that failed. */
export class RuleJudge {
  constructor(private readonly store: JiraStore) {}

  /** The conditions hold, joined as the transition says: by AND when it says nothing. */
  allowed(move: Move): boolean {
    const conditions = move.transition.rules.filter(({ kind }) => kind === 'condition');
    const all = { operation: 'ALL' as const, ruleIds: conditions.map(({ id }) => id), groups: [] };
    return this.#groupHolds(move, conditions, move.transition.conditions ?? all);
  }

  /** An empty group is no obstacle, whatever joins it. */
  #groupHolds(move: Move, conditions: readonly RuleRecord[], group: ConditionGroup): boolean {
    const { operation, ruleIds, groups } = group;
    const size = ruleIds.length + groups.length;
    if (size === 0) return true;
    const operator = size > 1 ? (operation === 'ANY' ? 'OR' : 'AND') : null;
    const rules = ruleIds.map((id) => conditions.find((rule) => rule.id === id));
    const one = (rule: RuleRecord | undefined) => rule !== undefined && this.#conditionHolds(move, rule, operator);
    const nested = (each: ConditionGroup) => this.#groupHolds(move, conditions, each);
    return operation === 'ANY' ? rules.some(one) || groups.some(nested) : rules.every(one) && groups.every(nested);
  }

  #conditionHolds(move: Move, rule: RuleRecord, groupOperator: 'AND' | 'OR' | null): boolean {
    if (isSystemRule(rule)) return systemConditionHolds(this.store, move, rule);
    const module = this.store.forge.modules.conditions.find(({ moduleKey }) => moduleKey === rule.moduleKey);
    // A rule of an app that is gone is false (Forge, "Jira workflow condition").
    if (module === undefined) return false;
    const { context, options } = this.#context(move, rule, { groupOperator });
    const expression = expressionOf(rule, module.expression);
    const judgement = judgeCondition(expression, context, options);
    this.#report(move, rule, expression, judgement);
    return judgement.outcome === 'allow';
  }

  /** What an expression validator says: undefined when it allows, otherwise the message to show. */
  refusal(
    move: Move,
    rule: AppRule,
    module: { readonly name: string; readonly expression: string | null; readonly errorMessage: string | null },
  ): string | undefined {
    const { original } = move;
    const { context, options } = this.#context(move, rule, {});
    const reader = this.#reader(move);
    const expression = expressionOf(rule, module.expression ?? 'null');
    const judgement = judgeValidator(expression, { ...context, originalIssue: reader.issue(original) }, options);
    this.#report(move, rule, expression, judgement);
    if (judgement.outcome === 'allow') return undefined;
    return judgement.message ?? module.errorMessage ?? `${module.name}: the transition is not allowed.`;
  }

  #reader(move: Move): EntityReader {
    return new EntityReader(this.store, (projectId) =>
      mayInProject(this.store, move.actor, 'BROWSE_PROJECTS', projectId),
    );
  }

  #context(move: Move, rule: AppRule, more: Context): { readonly context: Context; readonly options: EvaluateOptions } {
    const reader = this.#reader(move);
    const { issue } = move.original;
    const accountId = accountOf(move.actor);
    const context = {
      user: accountId === undefined ? null : reader.user(accountId),
      issue: reader.issue(move.seen),
      project: reader.project(issue.projectId),
      transition: transitionEntity(reader, move.transition, issue.statusId),
      workflow: workflowEntity(move.workflow),
      config: fromJson(configOf(rule)),
      ...more,
    };
    return { context, options: { now: this.store.clock.now(), timeZone: 'UTC', entities: reader.entities() } };
  }

  /** `avi:jira:failed:expression`, to the owning app: for an error, and for a value of a type that a rule cannot use. */
  #report(move: Move, rule: AppRule, expression: string, judgement: Judgement): void {
    if (judgement.outcome === 'allow' || judgement.failure === undefined) return;
    const { issue } = move.original;
    const payload = {
      eventType: FAILED_EXPRESSION,
      selfGenerated: false,
      timestamp: String(this.store.clock.now().getTime()),
      extensionId: rule.ari,
      workflowId: move.workflow.id,
      workflowName: move.workflow.name,
      ...(rule.kind === 'condition' ? { conditionId: rule.id } : { validatorId: rule.id }),
      expression,
      errorMessages: judgement.failure,
      context: {
        issue: { id: issue.id, key: issue.key },
        user: { accountId: accountOf(move.actor) ?? null },
        transition: { id: move.transition.id },
      },
    };
    this.store.transaction(() => this.store.forge.emit(FAILED_EXPRESSION, payload));
  }
}

const FAILED_EXPRESSION = 'avi:jira:failed:expression';
