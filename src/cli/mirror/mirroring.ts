import type { Destination } from './destinations/destination';
import type { JiraReader } from './jira';
import type { Asking } from './request';
import type { AuthorityOptions } from './stamp/authority';

/** What one run was told to do, and with what. */
export interface Mirroring {
  readonly jira: JiraReader;
  readonly jql: string;
  readonly site: string;
  readonly statePath: string;
  readonly destinations: readonly Destination[];
  readonly authority: AuthorityOptions | undefined;
  /** Where receipts go back to; undefined when they are not wanted. */
  readonly intake: { readonly url: string; readonly secret: string } | undefined;
  readonly asking: Asking;
  /** Whether to put again what the state says is there: a destination that holds it reads it back. */
  readonly again: boolean;
  /** The names of findings that a person has looked into. */
  readonly acknowledge: readonly string[];
}
