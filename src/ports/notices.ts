import type { AccountId } from '../change/snapshot';

/** A message to people about a change. Law 10: it names the change and what to do, never what a field holds. */
export interface Notice {
  /** Jira issue id or key. */
  readonly issue: string;
  readonly to: readonly AccountId[];
  readonly subject: string;
  /** Plain text; a line each. */
  readonly lines: readonly string[];
}

/** Tells people through Jira's own notifications. */
export interface Notices {
  /**
   * Hands the message to Jira once and never asks again by itself. 'sent' means that Jira has queued it; 'refused' that
   * it did not take it, such as a site without outgoing mail. Rejects with `Unavailable` when that is not known.
   */
  send(notice: Notice): Promise<'sent' | 'refused'>;
}
