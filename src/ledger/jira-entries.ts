import type { Committed, Sha256Hex } from './entry';

/** What Jira holds of a change beside its fields and its changelog. */
export const JIRA_RECORDS = ['attachment', 'comment', 'link', 'web-link', 'approval', 'development'] as const;
export type JiraRecordKind = (typeof JIRA_RECORDS)[number];

/** A part of a reading: everything of one kind, or the counts that Jira's search tells of development tools. */
export const JIRA_PARTS = [...JIRA_RECORDS, 'development-counts'] as const;
export type JiraPart = (typeof JIRA_PARTS)[number];

/** One thing as a reading found it: new, other than it was recorded, or not shown any more. */
export interface JiraRecord {
  readonly record: JiraRecordKind;
  /** Jira's own id. */
  readonly id: string;
  readonly state: 'there' | 'changed' | 'gone';
  /** Salted SHA-256 of what Jira showed: tells whether it changed, also once the values are erased, and nothing else. */
  readonly digest: Sha256Hex;
  /** What is no personal data and no text: sizes, types, digests of files, decisions, keys of other work items. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Commits to a `JiraShown`; null for what is gone. */
  readonly what: Committed | null;
  readonly by: Committed | null;
  /** Jira's own time of it, UTC ISO 8601; of what is gone, when it went by Jira's history. Null where Jira says none. */
  readonly at: string | null;
}

/** The values of a record that can be erased. */
export interface JiraShown {
  /** A file's name, a link's words, an approval's name. */
  readonly title: string;
  /** A comment's text as far as it is kept. */
  readonly text?: string;
  readonly url?: string;
  readonly people?: readonly { readonly accountId: string; readonly displayName: string; readonly did: string }[];
}

/** How far one part could be read. `because` is a sentence exactly where it is not complete. */
export interface JiraPartRead {
  readonly part: JiraPart;
  readonly complete: boolean;
  readonly found: number;
  readonly because: string | null;
}

/** The bodies of the entries that are about what Jira holds. */
export interface JiraEntryBodies {
  /**
   * What one reading found new, changed or gone, and what it could not read; only in chains named `jira-<issue id>`. A
   * reading that found everything as it was adds no entry.
   */
  'jira-read': {
    readonly readAt: string;
    readonly parts: readonly JiraPartRead[];
    readonly records: readonly JiraRecord[];
    /** Whose view it was; null for the app's own. */
    readonly viewer: Committed | null;
  };
  /** Something was taken away after it was recorded, or Jira knows of more than was recorded. */
  'discrepancy-found': {
    readonly discrepancy: DiscrepancyCode;
    /** What it is about: the id of the attachment or comment, or the kind that was counted. */
    readonly subject: string;
    readonly attributes: Readonly<Record<string, string>>;
    /** Commits to a `JiraShown`, or null. */
    readonly what: Committed | null;
    readonly by: Committed | null;
    /** When it happened, where Jira's history says so. */
    readonly at: string | null;
  };
  /** What was missing came, or is shown again. */
  'discrepancy-resolved': {
    /** The entry that said it was found. */
    readonly found: number;
    readonly because: string;
  };
}

export const DISCREPANCIES = ['attachment-gone', 'attachment-replaced', 'comment-gone', 'jira-knows-more'] as const;
export type DiscrepancyCode = (typeof DISCREPANCIES)[number];
