import type { FieldIds } from '../../change/fields';
import type { AppFieldIds } from '../../change/field-ids';
import type { AccountId } from '../../change/snapshot';
import type { Decider, Policy } from '../../policy/policy';
import type { Finding } from './finding';

/** A part of the site as it was found, or why it could not be looked at. */
export type Looked<T> = { readonly seen: T } | { readonly unseen: string };

export interface ObservedRule {
  readonly ruleKey: string;
  /** The manifest's module when the rule is ours, by the ARI that Jira reports; null for any other rule. */
  readonly module: string | null;
  /** As saved: JSON text, or nothing. */
  readonly config: string | null;
  readonly disabled: boolean;
  readonly parameters: Readonly<Record<string, string>>;
}

export interface ObservedConditions {
  readonly operation: 'ALL' | 'ANY';
  readonly rules: readonly ObservedRule[];
  readonly groups: readonly ObservedConditions[];
}

export interface ObservedTransition {
  readonly id: string;
  readonly name: string;
  readonly type: 'INITIAL' | 'GLOBAL' | 'DIRECTED';
  /** Ids of statuses; empty for any status. */
  readonly from: readonly string[];
  readonly to: string;
  readonly conditions: ObservedConditions | null;
  readonly validators: readonly ObservedRule[];
  readonly actions: readonly ObservedRule[];
}

export interface ObservedWorkflow {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  /** `id` is what the transitions refer to; `statusId` is Jira's, which outlives a renaming. */
  readonly statuses: readonly { readonly id: string; readonly name: string; readonly statusId: string | null }[];
  readonly transitions: readonly ObservedTransition[];
}

/** A workflow as it was, who made it so, and when. */
export interface WorkflowVersion {
  readonly workflow: ObservedWorkflow;
  readonly by: AccountId | null;
  readonly at: string;
}

/** A controlled issue type of a controlled project, and what its issues go through. */
export interface ObservedPlace {
  readonly project: string;
  readonly issueType: string;
  /** 'unchanged' when version, policy and fields are those of the last look, whose findings then still hold. */
  readonly workflow: Looked<ObservedWorkflow | 'unchanged' | 'no-project' | 'no-issue-type'>;
  /** Newest first and the newest is the workflow itself; empty when nothing is known. */
  readonly versions: readonly WorkflowVersion[];
  /** Whether `versions` reaches back to the first there ever was. */
  readonly versionsComplete: boolean;
  readonly draft: Looked<boolean>;
}

/** The fields on the screens that a project's change requests are shown and edited with. */
export interface ObservedScreens {
  readonly project: string;
  readonly issueType: string;
  readonly shown: Looked<readonly string[]>;
}

/** A deciding group by the name and the id that the policy has; null for a group that Jira does not have. */
export interface ObservedGroup {
  readonly group: string;
  readonly groupId: string | null;
  readonly found: Looked<{ readonly name: string; readonly members: readonly Decider[] } | null>;
}

/** Numbers that a sender gave to runs of one series and that never came. */
export interface ObservedGap {
  readonly sender: string;
  readonly repository: string;
  readonly series: string;
  readonly numbers: readonly number[];
}

/** Deliveries of a sender that were refused for one reason, in words as well. */
export interface ObservedRefusal {
  readonly source: string;
  readonly sender: string;
  readonly reason: string;
  readonly why: string;
  readonly count: number;
}

export interface FailedExpression {
  readonly workflow: string;
  readonly rule: string;
  readonly at: string;
}

/** Everything that the check of the controls is made from. */
export interface ObservedSite {
  readonly policy: Looked<Policy>;
  /** Versions that were in force before, for telling a rule that has to be saved again from one that was altered. */
  readonly earlierPolicies: readonly Policy[];
  /** The answer of `GET /rest/api/3/field`. */
  readonly fieldList: Looked<unknown>;
  /** Jira's ids of the controlled projects that were found. */
  readonly projectIds: Readonly<Record<string, string>>;
  readonly places: readonly ObservedPlace[];
  readonly screens: readonly ObservedScreens[];
  readonly groups: readonly ObservedGroup[];
  readonly senders: readonly {
    readonly source: string;
    /** As people call it. */
    readonly name: string;
    readonly live: Looked<readonly { readonly label: string; readonly addedAt?: string | undefined }[]>;
  }[];
  /** What was refused at the door in the last 24 hours, by hour. */
  readonly refusals: Looked<readonly ObservedRefusal[]>;
  /** Runs that senders numbered and that nothing came of for more than a day. */
  readonly gaps: Looked<readonly ObservedGap[]>;
  /** Permissions that the app needs and has not, by project. */
  readonly permissions: readonly { readonly project: string; readonly missing: Looked<readonly string[]> }[];
  /** Whether an app access rule keeps content of a project from the app, for every project whose id is known. */
  readonly blocked: readonly { readonly project: string; readonly byRule: Looked<boolean> }[];
  /** Changes that the app knew and that Jira does not show it any more. */
  readonly hidden: Looked<readonly string[]>;
  /** How many changes of a project a person and the app see; only when a person asked. */
  readonly counts: readonly {
    readonly project: string;
    readonly seen: Looked<readonly [person: number, app: number]>;
  }[];
  /** Of the last 24 hours. */
  readonly failedExpressions: Looked<readonly FailedExpression[]>;
  /** When the hourly run last began; null before the first. */
  readonly lastRun: Looked<string | null>;
}

/** What earlier checks saw, to tell what went away. Kept in storage; nothing is opened or closed by it. */
export interface Remembered {
  /** When the controls were first checked. */
  readonly since: string;
  readonly places: Readonly<Record<string, RememberedPlace>>;
  readonly fieldIds: (FieldIds & AppFieldIds) | null;
  /** Jira's ids of the projects: one that is kept from the app is not found by its key. */
  readonly projectIds: Readonly<Record<string, string>>;
  /** Senders that had a live secret. */
  readonly senders: readonly string[];
}

export interface RememberedPlace {
  readonly workflow: { readonly id: string; readonly name: string };
  /** What the findings were judged from: as long as it is the same, they hold. */
  readonly basis: string;
  readonly findings: readonly Finding[];
  /** Jira's own rules that guarded a way to a decided status, see jira-rules.ts. */
  readonly jiraRules: readonly string[];
}

export const placeName = ({ project, issueType }: Pick<ObservedPlace, 'project' | 'issueType'>): string =>
  `${project}, ${issueType}`;
