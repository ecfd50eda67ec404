import type { PersonView, Refusal, Sentence } from './panel';

/** A meeting in the list, by its newest save. */
export interface MeetingRow {
  readonly id: string;
  readonly title: string;
  readonly heldAt: string;
  readonly chair: string | null;
  readonly changes: number;
  readonly attendees: number;
}

/** Answer of `meeting.list`. */
export interface MeetingListView {
  readonly project: string;
  /** Newest first. */
  readonly meetings: readonly MeetingRow[];
  readonly maySave: boolean;
  /** Changes of the project that wait for a decision, to pick an agenda from. */
  readonly waiting: readonly { readonly key: string; readonly summary: string; readonly needs: string }[];
  /** Members of the deciding groups, to pick attendees from. */
  readonly people: readonly { readonly accountId: string; readonly name: string; readonly role: string }[];
}

export interface AgendaItem {
  readonly key: string;
  readonly summary: string;
  readonly status: string;
  readonly open: boolean;
  readonly needs: string;
  readonly mayDecide: boolean;
  readonly reasons: readonly Sentence[];
  /** Decisions taken in this meeting, each by the person who decided. */
  readonly decisions: readonly {
    readonly by: string | null;
    readonly decision: 'approved' | 'disapproved' | 'deferred' | 'withdrawn';
    readonly at: string;
    readonly valid: boolean;
  }[];
}

/** Answer of `meeting.read` and `meeting.save`: the record as it was saved last. */
export interface MeetingView {
  readonly id: string;
  readonly project: string;
  readonly revision: number;
  readonly title: string;
  readonly heldAt: string;
  readonly chair: PersonView;
  readonly attendees: readonly { readonly person: PersonView; readonly role: string }[];
  readonly minutes: string;
  readonly agenda: readonly AgendaItem[];
  /** Changes on the agenda that the viewer may not see. */
  readonly hidden: number;
  /** Who saved it when, newest first. */
  readonly saves: readonly { readonly revision: number; readonly by: string | null; readonly at: string }[];
  readonly intact: boolean;
  readonly maySave: boolean;
  /** Whether the viewer is an attendee, and so may decide in it. */
  readonly attends: boolean;
}

/** Answer of `meeting.decide`: one row for each decision asked for, in their order. */
export interface MeetingDecided {
  readonly rows: readonly MeetingDecidedRow[];
}

export type MeetingDecidedRow =
  | { readonly key: string; readonly outcome: 'recorded' | 'recorded-before' }
  | { readonly key: string; readonly outcome: 'refused'; readonly refusal: Refusal };
