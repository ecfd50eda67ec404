import type { Policy } from '../policy/policy';
import type { Category, ScreenName } from './wanted';

/** What of a site set-up looks at, as the admin sees it. Ids are Jira's; nothing is taken from the app's own storage. */
export interface Observed {
  readonly fields: readonly ObservedField[];
  /** By field id; the two fields with options that change control reads. */
  readonly options: Readonly<Record<string, ObservedOptions>>;
  readonly statuses: readonly ObservedStatus[];
  readonly issueTypes: readonly ObservedIssueType[];
  /** The groups that were chosen and are there. */
  readonly groups: readonly ObservedGroup[];
  readonly screens: Readonly<Partial<Record<ScreenName, ObservedScreen>>>;
  readonly screenScheme: ObservedScreenScheme | null;
  readonly workflow: ObservedWorkflow | null;
  readonly rules: ObservedRules;
  /** By project id. */
  readonly projects: Readonly<Record<string, ObservedProject>>;
  /** The policy in force. */
  readonly policy: Policy;
  /** Project ids in which set-up has asked Jira to show the panel: Jira does not say where it does. */
  readonly pinned: readonly string[];
}

export interface ObservedField {
  readonly id: string;
  readonly name: string;
  readonly key: string;
  /** Jira's type, as in `com.atlassian.jira.plugin.system.customfieldtypes:select`; null for Jira's own fields. */
  readonly type: string | null;
}

export interface ObservedOptions {
  /** The context for every project and issue type; null where the field has none, or only narrower ones. */
  readonly contextId: string | null;
  readonly options: readonly { readonly id: string; readonly value: string }[];
}

/** Statuses of company-managed projects. */
export interface ObservedStatus {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly category: Category;
}

export interface ObservedIssueType {
  readonly id: string;
  readonly name: string;
  readonly subtask: boolean;
}

export interface ObservedGroup {
  readonly groupId: string;
  readonly name: string;
  readonly members: readonly string[];
}

export interface ObservedScreen {
  readonly id: string;
  readonly description: string;
  readonly tabId: string;
  /** Field ids on any of its tabs. */
  readonly fields: readonly string[];
}

export interface ObservedScreenScheme {
  readonly id: string;
  readonly description: string;
  /** Screen ids by what they are for; `default` stands for what is not named. */
  readonly screens: Readonly<Partial<Record<'default' | 'create' | 'edit' | 'view', string>>>;
}

export interface ObservedWorkflow {
  readonly id: string;
  readonly name: string;
  readonly version: { readonly id: string; readonly versionNumber: number };
  readonly statusIds: readonly string[];
  /** What Jira says of its statuses, to be sent back as it is. */
  readonly statuses: readonly { readonly id: string; readonly raw: unknown }[];
  readonly placed: readonly (Readonly<Record<string, unknown>> & { readonly statusReference: string })[];
  readonly transitions: readonly ObservedTransition[];
}

export interface ObservedTransition {
  readonly id: string;
  readonly name: string;
  readonly type: 'INITIAL' | 'GLOBAL' | 'DIRECTED';
  readonly from: readonly string[];
  readonly to: string;
  readonly screenId: string | null;
  /** Conditions, validators and post functions in this order, each once. */
  readonly rules: readonly ObservedRule[];
  /** Whether all its conditions have to hold. */
  readonly conditionsAll: boolean;
  /** As Jira has it, to be sent back as it is. */
  readonly raw: unknown;
}

export interface ObservedRule {
  readonly ruleKey: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** What `GET /rest/api/3/workflows/capabilities` offers. */
export interface ObservedRules {
  readonly forge: readonly { readonly id: string; readonly ruleKey: string; readonly ruleType: string }[];
  readonly system: readonly string[];
}

export interface ObservedProject {
  readonly id: string;
  readonly key: string;
  /** Set-up is for company-managed projects only. */
  readonly companyManaged: boolean;
  readonly issueTypes: TypeScheme;
  /** Screen scheme ids by issue type id, and of `default`. */
  readonly issueTypeScreens: MappedScheme;
  /** Workflow names by issue type id, and the default one. */
  readonly workflows: MappedScheme;
  /** Schemes of the names that set-up gives, where they are there. */
  readonly made: {
    readonly issueTypes: TypeScheme | null;
    readonly issueTypeScreens: MappedScheme | null;
    readonly workflows: MappedScheme | null;
  };
  /** Whether there is any issue: Jira then switches workflow schemes only with the moves that it needs. */
  readonly hasIssues: boolean;
  /** Issues of the change request type that are there already, by status. */
  readonly changes: readonly { readonly statusId: string; readonly statusName: string; readonly count: number }[];
}

export interface TypeScheme {
  readonly id: string;
  readonly name: string;
  readonly issueTypeIds: readonly string[];
  readonly defaultIssueTypeId: string | null;
}

export interface MappedScheme {
  readonly id: string;
  readonly name: string;
  readonly default: string;
  readonly byIssueType: Readonly<Record<string, string>>;
}
