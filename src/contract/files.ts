import type { PersonView, Sentence } from './panel';

/**
 * Files that a pipeline or a person handed in: what a screen lists of them, one file's rows, and handing one in by pieces.
 * Names, titles, people and values are the file's own words and may be erased; then they are null or the rows are gone.
 */

/** What a person may say a file is about, in the order in which a screen offers it. */
export const HANDED_IN_KINDS = [
  'execution-log',
  'configuration-difference',
  'configuration-state',
  'test-result',
  'attestation',
  'commit-signature',
  'external-change-record',
  'artifact',
  'document',
] as const;
export type HandedInKind = (typeof HANDED_IN_KINDS)[number];

/** Answer of `file.list`. */
export interface FilesView {
  /** In the order in which they were recorded. */
  readonly files: readonly FileView[];
  /** Accepted deliveries for this change that are stored and not recorded or not read yet. */
  readonly waiting: number;
  readonly mayHandIn: boolean;
  /** Why the caller may not; null when they may. */
  readonly whyNot: Sentence | null;
  /** Largest file, in bytes. */
  readonly maxBytes: number;
}

/** One file as its ledger entry has it. */
export interface FileView {
  /** The ledger entry; names the file in `file.read`. */
  readonly seq: number;
  readonly name: string | null;
  /** SHA-256 of the bytes as they are kept, lower-case hexadecimal. */
  readonly digest: string;
  readonly size: number;
  readonly mediaType: string | null;
  readonly outcome: 'read' | 'refused';
  /** `cloudtrail`, `terraform-plan`, `other-file` … */
  readonly format: string;
  /** What its content is, as read: an evidence kind; null when it was refused. */
  readonly kind: string | null;
  /** What it was handed in as. */
  readonly claimedKind: string;
  /** What the person who handed it in said it is about; null for what a pipeline sent, and once it was erased. */
  readonly about: string | null;
  readonly title: string | null;
  /** Why it could not be read, and what to do; null when it was read. */
  readonly refusal: Sentence | null;
  readonly statements: number;
  /** False when something of the file is not in its rows; a finding says what. */
  readonly complete: boolean;
  /** Codes of what the reader noticed; `file.read` has the sentences. */
  readonly findings: readonly string[];
  /** Earliest and latest time that the file claims; null when it claims none. */
  readonly claimed: { readonly from: string; readonly to: string } | null;
  readonly effects: { readonly read: number; readonly write: number; readonly unknown: number };
  /** How many signatures were found in each state. */
  readonly signatures: {
    readonly verified: number;
    readonly signerUnknown: number;
    readonly invalid: number;
    readonly unsigned: number;
  };
  readonly from:
    | { readonly how: 'pipeline'; readonly source: string; readonly secret: string }
    | { readonly how: 'person'; readonly by: PersonView };
  readonly receivedAt: string;
  readonly readAt: string;
  /** A marking or secret was taken out before it was stored. */
  readonly redacted: boolean;
  /** Version of the registered keys that signatures were checked against; 'none' when there were none. */
  readonly trust: string;
  readonly reader: string;
}

/**
 * Answer of `file.read`: one page of a file's rows, and how the whole file stands to the change. At most 4 MB: where rows are
 * long the page ends early, and `next` says where to go on. What is cut or left out of a row ends in … or says how much.
 */
export interface FileRowsView {
  readonly file: FileView;
  /** `held`: the rows are those that the entry commits to. Otherwise there are none to show. */
  readonly state: 'held' | 'erased' | 'damaged' | 'refused';
  /** What the reader noticed. */
  readonly findings: readonly Sentence[];
  /** How it stands to the change; counted over all rows that changed something or may have. Empty for what is no log. */
  readonly matching: readonly Sentence[];
  readonly totals: FileTotals;
  /** Facts of the file as a whole: versions, counts, the tool. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly rows: readonly FileRow[];
  /** Place of the first row of this page among those asked for, from 0, and how many these are over all pages. */
  readonly from: number;
  readonly of: number;
  /** Where the next page begins; null on the last. */
  readonly next: number | null;
  /** What the rows are held against, as the change has it now. */
  readonly against: {
    readonly windowStart: string | null;
    readonly windowEnd: string | null;
    readonly implementer: PersonView | null;
    readonly systems: readonly string[];
  };
}

/** Over all rows of the file. */
export interface FileTotals {
  readonly rows: number;
  readonly fits: number;
  readonly window: {
    readonly inside: number;
    readonly before: number;
    readonly after: number;
    readonly unknown: number;
  };
  readonly who: {
    readonly implementer: number;
    readonly another: number;
    readonly unknown: number;
    readonly nobody: number;
  };
  readonly onNamedSystems: number;
}

/** One fact that the file states. Long texts are cut, and end in … */
export interface FileRow {
  /** Its place in the file, from 0. */
  readonly index: number;
  readonly kind: string;
  readonly id: string;
  readonly title: string;
  readonly state: string | null;
  readonly url: string | null;
  /** When the file says it happened: UTC ISO 8601. */
  readonly at: string | null;
  readonly effect: 'read' | 'write' | 'unknown';
  /** As the file has them, and in the role `signer` whose registered key made a verified signature. */
  readonly people: readonly { readonly role: string; readonly name: string }[];
  readonly touches: readonly string[];
  readonly commits: readonly string[];
  readonly attributes: Readonly<Record<string, string>>;
  /** How it stands to the change; null for what is no log. */
  readonly match: {
    readonly window: 'inside' | 'before' | 'after' | 'unknown';
    readonly who: 'implementer' | 'another' | 'unknown' | 'nobody';
    /** Systems of the change that it touched. */
    readonly systems: readonly string[];
    /** Inside the window, by the implementer, on a system of the change. */
    readonly fits: boolean;
  } | null;
}

/** Answer of `file.begin`: how to send the file. */
export interface UploadView {
  readonly upload: string;
  /** Bytes of each piece but the last; pieces are numbered from 0. */
  readonly pieceBytes: number;
  readonly pieces: number;
  /** What is not finished by then is swept away: UTC ISO 8601. */
  readonly expiresAt: string;
}

/** Answer of `file.piece`. A piece sent again with the same bytes changes nothing. */
export interface PieceView {
  readonly upload: string;
  readonly piece: number;
}

/** Answer of `file.finish`. The file is stored; it is read soon after, and then in `file.list`. */
export interface FileHandedIn {
  readonly digest: string;
  readonly size: number;
  /** False when it had been handed in by this upload before. */
  readonly stored: boolean;
  /** Markings or secrets that were found; the file is kept without them, and a named person clears each on the change. */
  readonly marked: number;
}
