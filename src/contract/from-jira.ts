import type { JiraPart, JiraRecordKind } from './jira-words';

/** What Jira holds of a change beside its fields, as the app recorded it, and what of it could not be read. */
export interface FromJiraView {
  /** When it was last read whole or in part, UTC ISO 8601; null before the first time. */
  readonly readAt: string | null;
  /** A part that is not complete says why in a sentence. */
  readonly parts: readonly {
    readonly part: JiraPart;
    readonly complete: boolean;
    readonly found: number;
    readonly because: string | null;
  }[];
  /** The newest of each kind, in the order in which they were first found; `totals` says how many there are. */
  readonly records: readonly JiraRecordView[];
  readonly totals: Readonly<Record<JiraRecordKind, number>>;
  /** What development tools reported to Jira, in one person's view. */
  readonly development: {
    /** Null when nobody's view was read yet. */
    readonly readAt: string | null;
    readonly viewer: string | null;
    /** Whether it is more than a day old, or was never read. */
    readonly due: boolean;
  };
}

export interface JiraRecordView {
  readonly record: JiraRecordKind;
  readonly id: string;
  readonly state: 'there' | 'changed' | 'gone';
  /** Null once erased. */
  readonly title: string | null;
  /** A comment's text; null where it is not kept, and once erased. */
  readonly text: string | null;
  readonly url: string | null;
  readonly by: string | null;
  readonly at: string | null;
  /** When the app found it as it is. */
  readonly changedAt: string;
  readonly gone: { readonly by: string | null; readonly at: string | null } | null;
  readonly attributes: Readonly<Record<string, string>>;
  readonly people: readonly { readonly name: string; readonly did: string }[];
  /** Why a comment counts for the change; null for one that is only listed, and for everything else. */
  readonly matters: string | null;
  /** Of development information, whether the same is recorded as evidence here; null for everything else. */
  readonly held: boolean | null;
}
