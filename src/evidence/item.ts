import type { Person } from '../ledger/entry';

/** What development tools state of a change. */
export const DEVELOPMENT_KINDS = [
  'commit',
  'branch',
  'pull-request',
  'review',
  'run',
  'check',
  'deployment',
  'deployment-status',
  'artifact',
  'test-result',
  'document',
  /** What whoever collects evidence could not get, and why. */
  'not-obtained',
] as const;

/** What the content of files states that a pipeline or a person hands in. */
export const CONTENT_KINDS = [
  'commit-signature',
  /** Before and after of one resource. */
  'configuration-difference',
  /** What a system was configured as at a time. */
  'configuration-state',
  /** Who did what on a system, by the system's own log. */
  'execution-log',
  'attestation',
  'external-change-record',
] as const;

/**
 * The vocabulary of evidence. An item is one fact as a sender stated it; it is identified by kind, repository and id,
 * so that the same fact from two deliveries is one item.
 */
export const EVIDENCE_KINDS = [...DEVELOPMENT_KINDS, ...CONTENT_KINDS] as const;
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

/** What somebody has to do with an item. */
export const EVIDENCE_ROLES = [
  'author',
  'committer',
  'sender',
  'reviewer',
  'creator',
  'pusher',
  'actor',
  'signer',
] as const;
export type EvidenceRole = (typeof EVIDENCE_ROLES)[number];

export interface EvidenceItem {
  readonly kind: EvidenceKind;
  /** The sender's own identifier: a commit's full hash, a pull request's number, a run's id. */
  readonly id: string;
  /** `owner/name`, or null when the sender gave none. */
  readonly repository: string | null;
  readonly title: string;
  readonly url: string | null;
  /** The sender's word: merged, approved, success, failure … */
  readonly state: string | null;
  /** Full commit ids that the fact is about. */
  readonly commits: readonly string[];
  readonly attributes: Readonly<Record<string, string>>;
  readonly people: readonly {
    readonly role: EvidenceRole;
    readonly person: Person;
  }[];
  /** When the sender says it happened: UTC ISO 8601, or null. Claimed, never trusted. */
  readonly claimedAt: string | null;
}

/** An item with the changes it names and where it named each. Keys are upper case and not yet looked up in Jira. */
export interface NamedItem {
  readonly item: EvidenceItem;
  readonly names: readonly {
    readonly key: string;
    readonly places: readonly ('commit-message' | 'branch' | 'title' | 'payload')[];
  }[];
}

export interface Idempotency {
  readonly key: string;
  readonly fingerprint: string;
}

/** What a sender's body turned out to be: a refusal names the reason and changes nothing. */
export type Parsed =
  | {
      readonly outcome: 'evidence';
      readonly event: string;
      readonly items: readonly NamedItem[];
      /** For a sender that names its statements itself: the name, and a SHA-256 of what it stands for. */
      readonly idempotency?: Idempotency;
    }
  | { readonly outcome: 'ignored'; readonly event: string; readonly reason: string }
  | { readonly outcome: 'invalid'; readonly event: string | null; readonly reason: string };
