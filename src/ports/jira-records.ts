import type { Counted } from '../evidence/jira/held';
import type { ShownPart } from '../evidence/jira/shown';

/** The most bytes of one attachment that are read to be hashed: they are held in memory beside everything else. */
export const MOST_HASHED_BYTES = 20 * 1024 * 1024;

/** The SHA-256 of an attachment's bytes as Jira hands them out, or why there is none, as a sentence. */
export type Hashed = { readonly sha256: string; readonly bytes: number } | { readonly because: string };

/** What hangs on an issue and came with one answer. */
export interface OnIssue {
  readonly attachments: ShownPart;
  readonly links: ShownPart;
  /** Whether the project is one of Jira Service Management: only there are approvals. */
  readonly serviceDesk: boolean;
}

/** Of which kinds Jira counts more than were given, and of which it could not be asked, with the reason. */
export interface CountedMore {
  readonly more: readonly Counted[];
  readonly unchecked: readonly { readonly kind: Counted; readonly because: string }[];
}

/**
 * What Jira holds of a change beside its fields and changelog. Nothing here throws for what Jira answers, or does not
 * answer: a part that could not be read whole says why, because it must never look like one in which nothing was found.
 * Everything is read as the app.
 */
export interface JiraRecords {
  /** Attachments and links to other issues. One call. */
  onIssue(issueId: string): Promise<OnIssue>;
  /** Every comment that is shown to the app, oldest first; a hundred a call. */
  comments(issueId: string): Promise<ShownPart>;
  /** Links to pages outside (remote links). One call. */
  webLinks(issueId: string): Promise<ShownPart>;
  /** Approvals of Jira Service Management, by page. */
  approvals(issueId: string): Promise<ShownPart>;
  /** At most `MOST_HASHED_BYTES` are read; `size` is what Jira says of it. */
  hash(attachmentId: string, size: number): Promise<Hashed>;
  /** Whether `development[…].all` counts more than the numbers given. One call where it counts no more of any kind. */
  countsMoreThan(issueId: string, held: Readonly<Record<Counted, number>>): Promise<CountedMore>;
}

/** What the Teamwork Graph links to a change, as the invoking person may see it. Given to the panel alone. */
export interface DevelopmentView {
  /** Commits, pull requests, branches and builds. Throws nothing for what the graph answers, as above. */
  development(issueId: string, cloudId: string): Promise<ShownPart>;
}
