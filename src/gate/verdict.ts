import type { ExpectableKind } from '../evidence/expected';
import type { Delegation } from './delegations';
import type { FreezePeriod, RoleKey } from '../policy/policy';
import type { ChangeKind } from '../policy/requirement';

/** Why a change may not go ahead. Codes are stable: screens, the gate and packs name them. */
export type ReasonCode =
  | 'decision-needed'
  | 'voided'
  | 'disapproved'
  | 'deferred'
  | 'change-closed'
  | 'fields-inadequate'
  | 'window-inverted'
  | 'history-incomplete'
  | 'ledger-broken'
  | 'decider-barred'
  | 'not-controlled'
  | 'condition-open'
  | 'judged-as-normal'
  | 'discovered'
  | 'pass-expired'
  | 'pass-running'
  | 'review-due'
  | 'review-overdue'
  | 'freeze'
  | 'window-conflict'
  | 'policy-differs'
  /** Said by the panel, which reads who is in the groups; never by the verdict itself. */
  | 'nobody-left'
  | 'before-control';

export interface Reason {
  readonly code: ReasonCode;
  /** What it is and what to do next, in the words of the screen. */
  readonly sentence: string;
}

/** Something that did not go as the process says. It opens nothing and is shown first (compliance.md section 4.2). */
export interface Exception {
  readonly code:
    | 'moved-no-decision'
    | 'status-without-decision'
    | 'began-decided'
    | 'self-decision'
    | 'decided-by-app'
    | 'executed-outside-window'
    | 'executed-not-open'
    | 'evidence-before-decision'
    | 'deployed-against-gate'
    | 'deployed-unasked'
    | 'decision-void'
    | 'review-overdue'
    | 'review-not-accepted'
    | 'freeze-exception-used'
    | 'emergency-override-used'
    | 'closed-without-record'
    | 'controls-not-satisfied'
    | 'records-outstanding'
    | 'unmatched-author'
    | 'before-control'
    | 'break-glass-used'
    | 'file-finding'
    | 'signature-invalid'
    | 'attachment-gone'
    | 'attachment-replaced'
    | 'comment-gone'
    | 'jira-knows-more';
  readonly sentence: string;
  readonly at: string | null;
  /** The changelog entry of a move that nobody explained, for a declaration of break-glass. */
  readonly move?: string;
  /** The changelog entry it comes from, when the same person can confirm it with one click. */
  readonly historyId?: string;
}

/** The state of one recorded decision under today's facts. */
export interface JudgedDecision {
  readonly seq: number;
  readonly decision: 'approved' | 'disapproved' | 'deferred' | 'withdrawn';
  readonly accountId: string | null;
  readonly displayName: string | null;
  readonly roles: readonly string[];
  /** For whom they decided; absent where the policy told no organisations apart. */
  readonly organisation?: string;
  /** The one role an approval counts for, when it counts. */
  readonly countsFor: RoleKey | null;
  readonly basis: string;
  /** What has to be kept to, and whether somebody confirmed it; the outcome is absent for one that does not stand. */
  readonly conditions?: string;
  readonly conditionOutcome?: 'open' | 'met' | 'waived';
  /** A deferral: until when, and what is awaited. */
  readonly until?: string;
  readonly awaits?: string;
  /** The meeting record in which it was taken. */
  readonly meeting?: string;
  /** Whose say it was, when it was handed over. */
  readonly onBehalfOf?: { readonly accountId: string | null; readonly displayName: string | null };
  readonly requiredActions: readonly {
    readonly what: string;
    readonly ownerId: string | null;
    readonly ownerName: string | null;
  }[];
  readonly contentDigest: string;
  readonly decidedAt: string;
  readonly via: 'panel' | 'transition';
  readonly valid: boolean;
  /** Why it does not count: edited since, superseded, withdrawn, barred, lifted by Resubmit … */
  readonly invalidBecause: { readonly code: string; readonly sentence: string } | null;
}

/** What an approval would still need. `missing` 0 means decided. */
export interface Needs {
  /** How many further people have to approve. */
  readonly missing: number;
  /** Roles of which an approval by one more person would help. */
  readonly roles: readonly RoleKey[];
  /** "one security reviewer and one change authority", for sentences. */
  readonly phrase: string;
  /** The only organisation whose people would help; absent where it does not matter. */
  readonly organisation?: string;
}

/** An emergency pass: what was decided opens until `endsAt` (UTC ISO 8601), and no longer. */
export interface Pass {
  readonly endsAt: string;
  readonly over: boolean;
}

/** The retroactive review of an emergency change. */
export interface Review {
  readonly state: 'due' | 'overdue' | 'done';
  readonly dueAt: string;
  readonly needs: Needs;
  /** Somebody reviewed it and did not accept it. */
  readonly rejected: boolean;
}

/** The one judgement that validator, panel, gate and pack share. */
export interface Verdict {
  readonly policyVersion: string;
  readonly judgedAt: string;
  /** Enough valid decisions for exactly this content. */
  readonly decided: boolean;
  /** Decided, and not closed, disapproved, deferred or withdrawn. The window is not part of it. */
  readonly open: boolean;
  /** Whether `judgedAt` lies inside the change window; null when the window is not set. */
  readonly windowNow: boolean | null;
  /** By which rules it was judged; a Standard change that left its template is Normal. */
  readonly judgedAs: ChangeKind;
  readonly pass: Pass | null;
  readonly review: Review | null;
  /** Freeze periods that hold it up at `judgedAt`. Like the window, not part of `open`. */
  readonly freezesNow: readonly FreezePeriod[];
  /** Kinds of evidence that the policy expects of it; what is missing neither opens nor closes anything. */
  readonly expectedEvidence: readonly ExpectableKind[];
  /** Roles whose holders decide on this change. */
  readonly decidingRoles: readonly RoleKey[];
  readonly needs: Needs;
  readonly decisions: readonly JudgedDecision[];
  readonly reasons: readonly Reason[];
  readonly exceptions: readonly Exception[];
  /** Notes that neither open nor close, such as "Emergency is judged as Normal". */
  readonly notices: readonly Reason[];
}

/** Whether one person may decide on this change, and every reason why not. */
export interface MayDecide {
  readonly allowed: boolean;
  readonly reasons: readonly { readonly code: MayDecideCode; readonly sentence: string }[];
  /** Roles the person holds that may decide. */
  readonly roles: readonly RoleKey[];
  /** Says that others handed to the person and that stand; whether each may be used is asked again when it is. */
  readonly onBehalf: readonly Delegation[];
  /** The decisions the person may record now. */
  readonly kinds: readonly ('approved' | 'disapproved' | 'deferred' | 'withdrawn')[];
}

export type MayDecideCode =
  | 'own-change'
  | 'not-in-group'
  | 'not-a-person'
  | 'inactive'
  | 'already-signed'
  | 'role-not-needed'
  | 'being-prepared'
  | 'wrong-status'
  | 'fields-inadequate'
  | 'window-over'
  | 'pass-over'
  | 'delegated'
  | 'freeze'
  | 'reviews-overdue';
