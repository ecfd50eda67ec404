import type { JiraEntryBodies } from './jira-entries';

/**
 * The vocabulary of a change's ledger. One change is one hash chain; its name is the Jira issue id, which survives a
 * move to another project. What is hashed is the `LedgerEntry` alone; personal data lies beside it, see `Disclosure`.
 */

import type { FileRead } from './file-read';

export const LEDGER_FORMAT = 'change-control-ledger/1';

/** A SHA-256 digest in lower-case hexadecimal, 64 characters. */
export type Sha256Hex = string;

/** The `prev` of a chain's first entry. */
export const GENESIS: Sha256Hex = '0'.repeat(64);

/**
 * A salted commitment to a value kept beside the entry: SHA-256 over the RFC 8785 bytes of `{"salt": …, "value": …}`.
 * The value can be erased without breaking the chain; until then anybody can check that it is the one committed to.
 */
export interface Committed {
  readonly commitment: Sha256Hex;
}

/** What opens a commitment. `salt` is 32 random bytes in lower-case hexadecimal. */
export interface Disclosure<T = unknown> {
  readonly salt: string;
  readonly value: T;
}

/** A person as the ledger knows them. Every instance is disclosed beside the entry, never inside it. */
export interface Person {
  readonly accountId?: string;
  readonly displayName?: string;
  readonly email?: string;
  /** A user name at the sender, such as a GitHub login. */
  readonly login?: string;
}

/** Whether a document that describes the system was brought up to date after a change; 'outstanding' is still to do. */
export type RecordUpdate = 'updated' | 'not-needed' | 'outstanding';

export type DecisionKind = 'approved' | 'disapproved' | 'deferred' | 'withdrawn';

export interface RequiredAction {
  readonly what: string;
  /** Commits to a `Person` with an account id. */
  readonly owner: Committed;
}

/** The recorded reason why a decision counted for nothing from the start. */
export interface RecordedVoid {
  readonly code: 'content-changed' | 'not-a-person' | 'own-change' | 'not-eligible' | 'not-confirmed';
  readonly sentence: string;
}

export interface EntryBodies extends JiraEntryBodies {
  /** The app saw the change for the first time. */
  'change-opened': {
    readonly key: string;
    readonly project: string;
    readonly status: string;
    readonly contentDigest: Sha256Hex;
    /** Commits to the `ChangeContent`. */
    readonly content: Committed;
    readonly creator: Committed | null;
    readonly createdAt: string;
  };
  /** A controlled field was edited: one entry for each Jira changelog entry that touches one. */
  'content-changed': {
    readonly historyId: string;
    readonly at: string;
    readonly by: Committed | null;
    /** Field keys as in change/fields.ts. */
    readonly fields: readonly string[];
    /** The content as the app read it after the edit. */
    readonly contentDigest: Sha256Hex;
    readonly content: Committed;
  };
  /** The status changed in Jira's changelog. `reported` is true once our post function told who did it. */
  moved: {
    readonly historyId: string;
    readonly at: string;
    readonly from: string;
    readonly to: string;
    readonly by: Committed | null;
    readonly reported: boolean;
    readonly executionId?: string;
  };
  decision: {
    readonly decision: DecisionKind;
    /** Role keys the person held when deciding, as Jira's groups had it; an approval counts for one of them. */
    readonly roles: readonly string[];
    readonly by: Committed;
    readonly basis: string;
    readonly requiredActions: readonly RequiredAction[];
    readonly contentDigest: Sha256Hex;
    readonly content: Committed;
    /** The newest Jira changelog id whose edits the decision covers; '0' when the change had no history. */
    readonly historyHead: string;
    readonly policyVersion: string;
    readonly decidedAt: string;
    /** Present when the decision came with a transition instead of the panel. */
    readonly transition?: { readonly name: string; readonly executionId: string; readonly historyId: string };
    readonly void?: RecordedVoid;
    /** What has to be kept to for an approval to hold, in the decider's words. */
    readonly conditions?: string;
    /** The organisation the decider decided for, as the policy named it then; absent while it told none apart. */
    readonly organisation?: string;
    /** The meeting record in which it was taken. */
    readonly meeting?: string;
    /** A deferral: until when, UTC ISO 8601, and what is awaited. Nothing opens by itself when either comes. */
    readonly until?: string;
    readonly awaits?: string;
    /** Whose say it was, and the entry by which that person handed it over. */
    readonly onBehalfOf?: { readonly person: Committed; readonly delegation: number };
  };
  /**
   * The retroactive review of an emergency change. The same people and number as a Normal change needs; `purpose` of the
   * decision is the review alone, it never opens the gate.
   */
  review: {
    readonly decision: 'approved' | 'disapproved';
    readonly roles: readonly string[];
    readonly by: Committed;
    readonly basis: string;
    readonly contentDigest: Sha256Hex;
    readonly historyHead: string;
    readonly policyVersion: string;
    readonly decidedAt: string;
    /** As in a decision. */
    readonly organisation?: string;
  };
  /** A required action of a disapproval is done, or withdrawn by the person who set it. */
  'action-settled': {
    /** The ledger entry that holds the disapproval, and the action's place in it from 0. */
    readonly decision: number;
    readonly action: number;
    readonly outcome: 'done' | 'withdrawn';
    readonly by: Committed;
    readonly note: string;
    readonly at: string;
  };
  /** The condition of an approval is met, or waived by the person who set it. */
  'condition-settled': {
    /** The ledger entry that holds the approval. */
    readonly decision: number;
    readonly outcome: 'met' | 'waived';
    readonly by: Committed;
    /** Role keys the person held then; empty when only the setter's own word settles it. */
    readonly roles: readonly string[];
    readonly note: string;
    readonly at: string;
  };
  /** Somebody who decides handed their say on this change, for one role, to another named person. */
  delegated: {
    readonly from: Committed;
    readonly to: Committed;
    readonly role: string;
    /** The last instant at which the other may decide; null for as long as the change is undecided. */
    readonly until: string | null;
    readonly basis: string;
    readonly policyVersion: string;
    readonly at: string;
  };
  /** The delegator took the say back, or the delegate declined it. What was decided before stays. */
  'delegation-revoked': {
    readonly delegation: number;
    readonly by: Committed;
    readonly reason: string;
    readonly at: string;
  };
  /** A named person said that this change and another go together although their windows overlap on a system. */
  'overlap-accepted': {
    /** The key of the other change. */
    readonly other: string;
    readonly by: Committed;
    readonly roles: readonly string[];
    readonly basis: string;
    readonly contentDigest: Sha256Hex;
    readonly at: string;
  };
  /**
   * The record of a meeting as it was saved, whole each time; only in a chain of its own, `meeting-<id>`. Nothing is
   * decided by it: decisions are entries of the changes, each by the person who decided.
   */
  'meeting-saved': {
    readonly meeting: string;
    readonly project: string;
    /** 1 for the first save, then one more each. */
    readonly revision: number;
    readonly title: string;
    readonly heldAt: string;
    readonly chair: Committed;
    /** Keys of the changes it was to decide. */
    readonly agenda: readonly string[];
    readonly attendees: readonly { readonly person: Committed; readonly role: string }[];
    /** Commits to the text of the minutes. */
    readonly minutes: Committed;
    readonly by: Committed;
    readonly at: string;
  };
  /** A Standard change was made from a catalogue template; `templateDigest` binds the template's content. */
  'template-applied': {
    readonly template: string;
    readonly templateDigest: Sha256Hex;
    readonly policyVersion: string;
    readonly by: Committed;
  };
  /** A named person let this change through a freeze period. */
  'freeze-exception': {
    readonly freeze: string;
    readonly by: Committed;
    readonly roles: readonly string[];
    readonly basis: string;
    readonly contentDigest: Sha256Hex;
    readonly at: string;
  };
  /** A named person let a further emergency pass be given although a retroactive review of the project is overdue. */
  'emergency-override': {
    readonly by: Committed;
    readonly roles: readonly string[];
    readonly basis: string;
    readonly overdue: readonly string[];
    readonly at: string;
  };
  /** Somebody who decided, or whose say it was, turns out to have taken part: names the decision and the evidence (their entries) that shows it. */
  'decision-barred': {
    readonly person: Committed;
    readonly decision: number;
    readonly evidence: number;
    readonly role: string;
    readonly matchedBy: 'admin-map' | 'e-mail' | 'atlassian-account' | 'resolution';
  };
  /** Jira shows an account with the e-mail address of an author of evidence. */
  'author-matched': {
    /** The evidence entry and the person's place in its list, from 0. */
    readonly evidence: number;
    readonly index: number;
    readonly account: Committed;
    /** Whether it is the address to the letter, or without the tag after a `+`. */
    readonly address: 'same' | 'without-tag';
  };
  /** A named person says whose identity an author of evidence is, or that it is nobody who may decide. */
  'author-resolved': {
    /** The evidence entry and the person's place in its list, from 0. */
    readonly evidence: number;
    readonly index: number;
    readonly account: Committed | null;
    readonly by: Committed;
    readonly basis: string;
  };
  /** The issue was there before change control began on its project. Nothing of that time is an approval. */
  adopted: {
    readonly key: string;
    readonly project: string;
    /** The status when it was adopted. */
    readonly status: string;
    readonly controlBeganAt: string;
    /** The administrator who had existing issues adopted. */
    readonly by: Committed;
  };
  /** Somebody says afterwards that the rules were passed by on purpose, and why. It opens nothing. */
  'break-glass': {
    /** The move in Jira's changelog that it is about; null for what left no move, such as a deployment. */
    readonly historyId: string | null;
    readonly usedAt: string;
    readonly what: string;
    readonly why: string;
    readonly roles: readonly string[];
    readonly by: Committed;
    readonly at: string;
  };
  /** A delivery that no open change explained was given a Discovered change: in that change's chain and in `orphans`. */
  'orphan-opened': {
    /** The name of the delivery: sender and SHA-256 of the body. */
    readonly delivery: string;
    readonly source: string;
    readonly issueId: string;
    readonly key: string;
    readonly by: Committed;
    readonly at: string;
  };
  /** A named person took a delivery off the list of unexplained ones; only in the chain named `orphans`. */
  'orphan-dismissed': {
    readonly delivery: string;
    readonly source: string;
    readonly by: Committed;
    readonly reason: string;
    readonly at: string;
  };
  /** What was done, recorded at the latest when the change is closed. */
  implementation: {
    readonly startedAt: string;
    readonly endedAt: string;
    readonly outcome: 'as-planned' | 'with-deviations' | 'backed-out' | 'failed';
    readonly backoutUsed: boolean;
    readonly verification: string;
    readonly controlsSatisfied: boolean;
    readonly verifiedAt: string;
    readonly baselineUpdated: RecordUpdate;
    /** The system security plan (SSP). */
    readonly planUpdated: RecordUpdate;
    readonly notes: string;
    readonly by: Committed;
    /** The system inventory; absent in records from before it was asked for. */
    readonly inventoryUpdated?: RecordUpdate;
    /** Commits to the `Person` who verified; absent in records from before it was asked for. */
    readonly verifiedBy?: Committed;
    /** The newest Jira changelog id when it was recorded: a record from before a resubmission does not close the change. */
    readonly historyHead?: string;
  };
  /** A pipeline asked the deploy gate, and what it was told. */
  'gate-answered': {
    readonly environment: string;
    readonly commits: readonly string[];
    readonly artifacts: readonly string[];
    readonly actor: Committed;
    readonly verdict: string;
    readonly sentence: string;
    readonly askedAt: string;
    /** SHA-256 of what was signed, `timestamp.nonce.body`: with the nonce in it, it tells nothing of a guessed body. */
    readonly question: Sha256Hex;
    readonly secret: string;
    readonly policyVersion: string;
  };
  /** A version of the policy; only in the chain named `policy`. The policy itself lies beside it in storage and in packs. */
  'policy-saved': {
    readonly version: string;
    readonly policyDigest: Sha256Hex;
    readonly previous: string;
    /** One sentence for each difference. */
    readonly changes: readonly string[];
    readonly by: Committed;
    readonly reason: string;
  };
  /** A version of the people map; only in the chain named `policy`. The map itself lies in storage alone. */
  'people-saved': {
    readonly version: string;
    /** SHA-256 of the stored document, which holds a random salt: it commits to the map and says nothing about it. */
    readonly peopleDigest: Sha256Hex;
    readonly previous: string;
    readonly people: number;
    /** One sentence for each kind of difference, without personal data. */
    readonly changes: readonly string[];
    readonly by: Committed;
    readonly reason: string;
  };
  /** A version of the registered signing keys; only in the chain named `policy`. The keys themselves lie in storage alone. */
  'trust-saved': {
    /** Names the version by its number and by the list of `keys`. */
    readonly version: string;
    /** SHA-256 of the stored document, which holds a random salt. */
    readonly trustDigest: Sha256Hex;
    readonly previous: string;
    /** Every key ever registered, oldest first; what each opens to is put into packs that need it. */
    readonly keys: readonly { readonly id: string; readonly commitment: Sha256Hex }[];
    /** One sentence for each difference, without personal data. */
    readonly changes: readonly string[];
    readonly by: Committed;
    readonly reason: string;
  };
  /** The check of the controls found something; only in the chain named `health`, like the next two. */
  'health-found': {
    /** See gate/health/finding.ts. */
    readonly code: string;
    readonly level: 'alarm' | 'unchecked' | 'note';
    /** With the code the finding's name; never a person. */
    readonly subject: string;
    readonly sentence: string;
    readonly remedy: string;
    /** Who brought it about, where Jira's workflow history says so. */
    readonly by: Committed | null;
    readonly changedAt: string | null;
    readonly policyVersion: string;
  };
  /** A later check did not find it any more. */
  'health-resolved': {
    readonly code: string;
    readonly subject: string;
    /** The entry that said it was found. */
    readonly found: number;
  };
  /** Once a day (UTC), so that days without a finding are told from days without a check. */
  'health-checked': {
    readonly day: string;
    readonly checks: number;
    /** Checks without a finding. */
    readonly passed: number;
    readonly alarms: number;
    readonly unchecked: number;
    readonly notes: number;
    readonly policyVersion: string;
  };
  evidence: {
    /** Kind and identifier, see evidence/item.ts; never personal data. */
    readonly evidence: string;
    readonly id: string;
    readonly repository: string | null;
    readonly state: string | null;
    readonly title: Committed;
    readonly url: string | null;
    /** Commit ids, in full, that the fact is about. */
    readonly commits: readonly string[];
    /** What else identifies it, such as a pull request's number or a deployment's environment. */
    readonly attributes: Readonly<Record<string, string>>;
    readonly people: readonly { readonly role: string; readonly person: Committed }[];
    readonly claimedAt: string | null;
    readonly receivedAt: string;
    readonly namedBy: readonly string[];
    readonly provenance: Provenance;
  };
  /** See ./file-read. */
  'file-read': FileRead;
  'marking-found': {
    readonly finding: string;
    readonly rule: string;
    readonly severity: string;
    readonly place: string;
    readonly digest: Sha256Hex;
  };
  'marking-cleared': { readonly finding: string; readonly by: Committed; readonly reason: string };
  'pack-assembled': {
    readonly pack: string;
    /** SHA-256 of the pack's MANIFEST.sha256, which binds every file. */
    readonly manifestDigest: Sha256Hex;
    readonly files: number;
    readonly bytes: number;
    /** Entries 0 … covers-1 of this chain are inside the pack. */
    readonly covers: number;
    readonly by: Committed;
  };
  'change-deleted': { readonly at: string; readonly by: Committed | null };
}

/** How a fact came in and how far its sender was authenticated. */
export interface Provenance {
  readonly source: string;
  readonly event: string;
  readonly deliveryId: string | null;
  /**
   * By a code over the body, or by a secret beside it, which says who sent it and not that it is unaltered; or handed in
   * by a person who was signed in to Jira.
   */
  readonly authenticatedBy: 'hmac-sha256' | 'shared-secret' | 'jira-session';
  /** The label of the live secret that matched, never the secret; empty where there was none. */
  readonly secret: string;
  /** SHA-256 of the body's bytes as received. */
  readonly bodyDigest: Sha256Hex;
  /** Their number; absent in entries from before it was recorded. */
  readonly bodySize?: number;
  /** Present when the kept bytes are a redacted copy: SHA-256 of those. */
  readonly redactedDigest?: Sha256Hex;
}

export type EntryKind = keyof EntryBodies;

export type LedgerEntry<K extends EntryKind = EntryKind> = {
  [P in K]: {
    readonly format: typeof LEDGER_FORMAT;
    /** The Jira issue id. */
    readonly chain: string;
    /** 0 for the first entry, then one more each. */
    readonly seq: number;
    readonly prev: Sha256Hex;
    /** When the app recorded it: UTC with milliseconds, `2026-03-02T09:00:00.000Z`. */
    readonly at: string;
    readonly kind: P;
    /** Names the fact; a chain holds it once, however often it is handed in. */
    readonly fact: string;
    readonly body: EntryBodies[P];
  };
}[K];

/** One stored value: the hashed entry, its hash, and what opens the commitments that have not been erased. */
export interface StoredEntry<K extends EntryKind = EntryKind> {
  readonly entry: LedgerEntry<K>;
  readonly hash: Sha256Hex;
  readonly disclosures: Readonly<Record<Sha256Hex, Disclosure>>;
}
