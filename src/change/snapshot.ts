import type { FieldKey } from './fields';

/** An Atlassian account id: opaque, at most 128 characters. */
export type AccountId = string;

/**
 * The controlled fields as a decision binds to them. Paragraphs are plain text taken from ADF (unknown nodes are kept
 * and flagged there), lists are sorted, instants are UTC ISO 8601 with milliseconds. An empty field is '' or [] or null.
 */
export interface ChangeContent {
  readonly summary: string;
  readonly description: string;
  readonly changeType: string | null;
  readonly owner: AccountId | null;
  readonly implementer: AccountId | null;
  readonly scope: string;
  readonly impactedSystems: readonly string[];
  readonly justification: string;
  readonly securityImpactAnalysis: string;
  readonly testPlan: string;
  readonly backoutPlan: string;
  readonly windowStart: string | null;
  readonly windowEnd: string | null;
}

export interface HistoryItem {
  /** Our key when the field is one of ours; Jira's own word for status, reporter and assignee; else 'other'. */
  readonly field: FieldKey | 'status' | 'reporter' | 'assignee' | 'other';
  readonly fieldId: string;
  readonly from: string | null;
  readonly fromText: string | null;
  readonly to: string | null;
  readonly toText: string | null;
}

/** One entry of Jira's changelog. Ids are decimal strings that grow with time: compare them with `compareHistoryIds`. */
export interface HistoryEntry {
  readonly id: string;
  readonly author: AccountId | null;
  readonly at: string;
  readonly items: readonly HistoryItem[];
}

/** The change as Jira has it now, read live; never kept as the truth about anything. */
export interface ChangeSnapshot {
  readonly issueId: string;
  readonly key: string;
  readonly project: string;
  readonly issueType: string;
  readonly status: string;
  readonly createdAt: string;
  /** When Jira says that anything of the issue was last touched: a hint whether to look again, judged by nobody. */
  readonly updatedAt?: string;
  readonly content: ChangeContent;
  readonly creator: AccountId | null;
  readonly reporter: AccountId | null;
  readonly assignee: AccountId | null;
  /** Oldest first. */
  readonly history: readonly HistoryEntry[];
  /** False when not every page of the changelog could be read: then nobody can be cleared (law 2). */
  readonly historyComplete: boolean;
  /** Display names of the accounts met while reading, for screens only. */
  readonly names: Readonly<Record<AccountId, string>>;
  /** The app's read-only fields as Jira has them; absent when they were not read. Nothing is judged from them. */
  readonly gateFields?: {
    readonly participants: string | null;
    readonly decisionState: string | null;
    /** Account ids in order; absent where the site has no such field. */
    readonly waitingFor?: readonly AccountId[];
    /** As ledger/published has it; absent where the site has no such field. */
    readonly ledger?: string | null;
  };
  /**
   * What the Disapprove screen asks for, as text: not part of the content. Kept apart because a decision made by a
   * transition takes its basis and required actions from here. Absent when it was not read.
   */
  readonly disposition?: { readonly decisionBasis: string; readonly requiredActions: string };
}
