import type { Committed, Provenance, Sha256Hex } from './entry';

/**
 * A file that a pipeline or a person handed in was read, or could not be. Names, titles and what somebody wrote are
 * committed to; what the file states lies beside the ledger, bound by `statementsDigest`, and can be erased.
 */
export interface FileRead {
  /** The delivery that it came with, and its place in it, from 0. */
  readonly delivery: string;
  readonly index: number;
  /** SHA-256 and size of the bytes as they are kept, which are those that were read. */
  readonly digest: Sha256Hex;
  readonly size: number;
  readonly mediaType: string | null;
  readonly name: Committed;
  /** What it was handed in as: a kind of evidence, and what the person said it is about. */
  readonly claimedKind: string;
  readonly about: Committed | null;
  readonly outcome: 'read' | 'refused';
  readonly format: string;
  /** The kind of evidence that its content is; null when it was refused. */
  readonly evidence: string | null;
  readonly title: Committed | null;
  /** The reason of a refusal, of a closed list. */
  readonly refusal: string | null;
  readonly statements: number;
  /**
   * SHA-256 over the RFC 8785 bytes of the document that holds the statements and a salt of 32 random bytes, without which
   * nobody can guess what was erased. Null when there is none.
   */
  readonly statementsDigest: Sha256Hex | null;
  /** False when something of the file is not in the statements. */
  readonly complete: boolean;
  /** Codes of what the reader noticed. */
  readonly findings: readonly string[];
  /** Earliest and latest time that the statements claim. */
  readonly claimed: { readonly from: string; readonly to: string } | null;
  readonly effects: { readonly read: number; readonly write: number; readonly unknown: number };
  /** How many signatures are in which state; `verified` only by a key that was registered. */
  readonly signatures: {
    readonly verified: number;
    readonly signerUnknown: number;
    readonly invalid: number;
    readonly unsigned: number;
  };
  /** The version of the registered keys that signatures were checked against. */
  readonly trustVersion: string;
  readonly readerVersion: string;
  /** Who handed it in; null for what a sender delivered. */
  readonly by: Committed | null;
  readonly receivedAt: string;
  readonly provenance: Provenance;
}
