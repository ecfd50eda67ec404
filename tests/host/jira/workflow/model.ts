/** Workflows as the site keeps them. */

export type RuleKind = 'condition' | 'validator' | 'post-function';

/** A rule of the app on a transition. */
export interface RuleRecord {
  readonly id: string;
  readonly kind: RuleKind;
  /** The module of the app, from the end of its extension's ARI. */
  readonly moduleKey: string;
  readonly ari: string;
  /** JSON as the configuration page saved it; null when the rule was never configured. */
  readonly config: string | null;
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
}

/** A rule's configuration of more than this is refused, as the workflow editor does (bytes of UTF-8). */
export const CONFIG_LIMIT = 32 * 1024;
