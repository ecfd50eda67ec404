/** What the configuration screens of the workflow rules and their resolver agree on. */
import type { Sentence } from './panel';

/** What an admin chooses for one rule. Fields and roles are held by id, so that renaming them does no harm. */
export type RuleSettingsView =
  | { readonly rule: 'step'; readonly step: string | null }
  | { readonly rule: 'written' | 'chosen'; readonly fields: readonly string[]; readonly message: string }
  | { readonly rule: 'last-decider' }
  | { readonly rule: 'still-open'; readonly message: string }
  | { readonly rule: 'independent'; readonly roles: readonly string[]; readonly barring: readonly string[] }
  | { readonly rule: 'people'; readonly people: readonly string[] };

/** Something to choose, by the name it has now. */
export interface RuleChoice {
  readonly id: string;
  readonly name: string;
  /** What choosing it means, where the name does not say it. */
  readonly hint: string | null;
}

export interface RuleFieldChoice extends RuleChoice {
  readonly use: 'paragraph' | 'choice' | 'other';
  /** One of the change request's own fields; the others are offered in a list. */
  readonly own: boolean;
}

/** What the settings come to. Nothing is saved by building it: Jira saves `config` when the admin says so. */
export interface BuiltRule {
  /** The text for Jira to save; null while `problems` keep it from being saved. */
  readonly config: string | null;
  readonly expression: string | null;
  readonly summary: string;
  /** The expression against Jira's limits; null without an expression. */
  readonly use:
    | readonly { readonly of: 'characters' | 'leaves' | 'operations'; readonly used: number; readonly limit: number }[]
    | null;
  readonly problems: readonly Sentence[];
}

/** Answer of `rule.read`. */
export interface RuleView {
  /** What the transition is, by the status it leads to; null when that is none of a change's. */
  readonly transition: string | null;
  /** `foreign`: what is saved was not made on this screen, so only its text can be shown. */
  readonly found: 'new' | 'ours' | 'foreign';
  /** False when saving would change what is judged although nothing was chosen anew. */
  readonly current: boolean;
  readonly settings: RuleSettingsView;
  /** Every kind of rule this can be, with the settings that it starts from. */
  readonly starts: readonly RuleSettingsView[];
  readonly steps: readonly RuleChoice[];
  readonly fields: readonly RuleFieldChoice[];
  readonly roles: readonly RuleChoice[];
  readonly people: readonly RuleChoice[];
  readonly barring: readonly RuleChoice[];
  readonly built: BuiltRule;
  /** The expression that Jira runs now; null when none is saved. */
  readonly savedExpression: string | null;
}
