/** What the policy's screens and the resolver agree on. */

export type RoleKey = 'security-reviewer' | 'change-authority' | 'emergency-authority';

/** Each list names roles of which one approval is needed, from as many different people. */
export type RequirementRows = readonly (readonly RoleKey[])[];

export interface FreezeForm {
  readonly id: string;
  readonly name: string;
  /** UTC ISO 8601 with milliseconds, like every instant here. */
  readonly start: string;
  readonly end: string;
  readonly systems: readonly string[];
}

export interface TemplateForm {
  readonly id: string;
  readonly name: string;
  readonly approvedBy: string;
  readonly approvedAt: string;
  readonly expiresAt: string;
  readonly systems: readonly string[];
  readonly content: {
    readonly scope: string;
    readonly justification: string;
    readonly securityImpactAnalysis: string;
    readonly testPlan: string;
    readonly backoutPlan: string;
  };
  readonly maxWindowHours: number | null;
}

export type ChangeTypeKey = 'Standard' | 'Normal' | 'Emergency' | 'Discovered';

/** What has to be filled in before an approval; `required` holds keys of fields, see the policy's `fields`. */
export interface TypeRuleForm {
  readonly required: readonly string[];
  readonly minimumWords: number | null;
  readonly refusePlaceholders: boolean;
  readonly refuseCopies: boolean;
}

export interface HoldForm {
  readonly id: string;
  readonly name: string;
  readonly reason: string;
  readonly projects: readonly string[];
  readonly changes: readonly string[];
  readonly from: string;
  readonly until: string | null;
}

/** Jira ids by our own keys; null where the thing is found by its name. */
export type IdsForm = Readonly<Record<string, string | null>>;

/** The policy as a form takes and gives it. */
export interface PolicyForm {
  readonly version: string;
  readonly roles: readonly {
    readonly key: RoleKey;
    readonly name: string;
    readonly group: string;
    readonly groupId: string | null;
  }[];
  readonly projects: readonly string[];
  readonly issueTypes: readonly string[];
  readonly normal: { readonly cui: RequirementRows; readonly noCui: RequirementRows };
  readonly emergency: {
    readonly requirement: RequirementRows;
    readonly passHours: number;
    readonly reviewHours: number;
    readonly reminderHours: readonly number[];
    readonly overdueReviewsStop: boolean;
  };
  readonly templates: readonly TemplateForm[];
  readonly freezes: readonly FreezeForm[];
  readonly outsideProvider: {
    readonly organisation: string;
    readonly group: string;
    readonly groupId: string | null;
    readonly until: string | null;
    readonly required: boolean;
  } | null;
  readonly laterCommits: 'before-approval' | 'any-linked';
  readonly overlaps?: 'agree' | undefined;
  /** Kinds of evidence that a change usually has; what is missing informs. */
  readonly expectedEvidence: Readonly<Record<ChangeTypeKey, readonly string[]>>;
  readonly askBeforeDeploying: boolean;
  readonly evidenceBeforeDeploying: readonly string[];
  readonly retentionYears: number;
  readonly legalHolds: readonly HoldForm[];
  readonly types: Readonly<Record<ChangeTypeKey, TypeRuleForm>>;
  readonly fields: IdsForm;
  readonly statuses: IdsForm;
  readonly changeTypes: IdsForm;
  readonly systems: { readonly none: string | null; readonly unknown: string | null };
  readonly projectIds: Readonly<Record<string, string>>;
  readonly issueTypeIds: Readonly<Record<string, string>>;
}

/** Answer of `policy.read`, and of `policy.save` once it is saved. */
export interface PolicyView {
  readonly version: string;
  readonly policy: PolicyForm;
  /** False when storage no longer has what was saved: `policy` is then the default, to start again from. */
  readonly readable: boolean;
  /** The policy in plain language. */
  readonly summary: readonly string[];
  readonly savedAt: string | null;
  readonly by: string | null;
  /** Every save, newest first; empty while the default is in force. */
  readonly history: readonly {
    readonly version: string;
    readonly at: string;
    readonly by: string | null;
    readonly changes: readonly string[];
    readonly reason: string;
  }[];
  /** What it comes to with the people whom the deciding groups have now. */
  readonly notices: readonly { readonly code: 'nobody-left' | 'sole-approver'; readonly sentence: string }[];
  /** Whether the ledger of saves verifies. */
  readonly intact: boolean;
  readonly editable: boolean;
}

/** Answer of `policy.site`: what a policy can hold by id, with the names of today. */
export interface PolicySite {
  readonly fields: readonly { readonly id: string; readonly name: string }[];
  readonly statuses: readonly { readonly id: string; readonly name: string }[];
  /** Names of the held groups by id; one that is gone is absent. */
  readonly groups: Readonly<Record<string, string>>;
}

/** Answer of `policy.groups`. */
export interface FoundGroups {
  readonly groups: readonly { readonly groupId: string; readonly name: string }[];
  readonly complete: boolean;
}

/** Answer of `policy.preview`: what saving this policy would change. */
export interface PolicyPreview {
  /** Why it could not be saved, one sentence each. With any, no change was judged. */
  readonly problems: readonly string[];
  /** What is different from the policy in force, one sentence each. */
  readonly differences: readonly string[];
  /** Changes that would be judged differently, newest first. */
  readonly affected: readonly {
    readonly key: string;
    readonly summary: string;
    readonly before: string;
    readonly after: string;
  }[];
  /** How many changes were judged under both. */
  readonly judged: number;
  /** False when there are more changes than were judged. */
  readonly complete: boolean;
}

/** Answer of `secrets.read`: labels and ages, never a value. */
export interface SecretsView {
  readonly senders: readonly {
    readonly source: string;
    /** As people say it: "GitHub". */
    readonly name: string;
    readonly live: readonly { readonly label: string; readonly addedAt: string | null }[];
  }[];
  readonly now: string;
}

/** Answer of `secrets.add`: the one time that a secret's value is shown. */
export interface SecretAdded {
  readonly source: string;
  readonly label: string;
  readonly value: string;
  readonly secrets: SecretsView;
}
