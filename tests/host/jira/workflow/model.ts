/** Workflows as the site keeps them. */

export type RuleKind = 'condition' | 'validator' | 'post-function';

/** The keys under which Jira knows rules of Forge apps. */
export const RULE_KEYS = {
  condition: 'forge:expression-condition',
  validator: 'forge:expression-validator',
  'post-function': 'forge:workflow-post-function',
} as const satisfies Readonly<Record<RuleKind, string>>;

/** A rule of the app on a transition. */
export interface AppRule {
  readonly id: string;
  readonly kind: RuleKind;
  /** The module of the app, from the end of its extension's ARI. */
  readonly moduleKey: string;
  readonly ari: string;
  /** JSON as the configuration page saved it; null when the rule was never configured. */
  readonly config: string | null;
}

/** One of Jira's own rules on a transition: `system:separation-of-duties` and the like. */
export interface SystemRule {
  readonly id: string;
  readonly kind: RuleKind;
  readonly ruleKey: string;
  readonly parameters: Readonly<Record<string, string>>;
}

export type RuleRecord = AppRule | SystemRule;

export const isSystemRule = (rule: RuleRecord): rule is SystemRule => 'ruleKey' in rule;

/** How conditions are joined. Rules are named by their ids. */
export interface ConditionGroup {
  readonly operation: 'ANY' | 'ALL';
  readonly ruleIds: readonly string[];
  readonly groups: readonly ConditionGroup[];
}

export interface TransitionRecord {
  readonly id: string;
  readonly name: string;
  readonly type: 'INITIAL' | 'GLOBAL' | 'DIRECTED';
  /** Statuses it starts from; empty for the other two types. */
  readonly from: readonly string[];
  readonly to: string;
  readonly screenId: string | null;
  readonly rules: readonly RuleRecord[];
  /** Absent: all conditions have to hold. */
  readonly conditions?: ConditionGroup;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, string>>;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** What the editor draws and what was written to a status of one workflow; the engine does not look at it. */
export interface StatusDetail {
  readonly layout?: Point;
  readonly properties?: Readonly<Record<string, string>>;
}

export interface WorkflowRecord {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly versionId: string;
  readonly versionNumber: number;
  readonly created: string;
  readonly updated: string;
  /** In the workflow's order. */
  readonly statusIds: readonly string[];
  readonly transitions: readonly TransitionRecord[];
  readonly startPointLayout?: Point;
  /** By status id. */
  readonly statusDetails?: Readonly<Record<string, StatusDetail>>;
}

/** A rule's configuration of more than this is refused, as the workflow editor does (bytes of UTF-8). */
export const CONFIG_LIMIT = 32 * 1024;
