/**
 * Keys and roots that were registered beforehand. Nothing outside it makes a signature verified. A key that is
 * `withdrawn` is known and verifies nothing: a signature that it made is invalid, where one by an unknown key is only unknown.
 */
export interface Trust {
  /** Public keys for DSSE envelopes and for bundles without a certificate: PEM (SPKI). */
  readonly keys: readonly {
    readonly name: string;
    readonly pem: string;
    readonly keyId?: string;
    readonly withdrawn?: boolean;
  }[];
  /** Lines in the form of ssh-keygen(1), "ALLOWED SIGNERS". */
  readonly allowedSigners: string;
  /** OpenPGP public keys: armored, or the bytes of it. */
  readonly openPgpKeys: readonly PgpTrust[];
  /** A sigstore `trusted_root.json`, parsed; undefined when none was handed in. */
  readonly sigstoreRoot?: unknown;
  /** Who may sign under a certificate of that root; a certificate alone is open to everybody. */
  readonly sigstoreIdentities: readonly { readonly name: string; readonly issuer: string; readonly subject: string }[];
}

export interface PgpTrust {
  readonly name: string;
  readonly key: string;
  readonly withdrawn?: boolean;
  /** When it may have signed, by the signature's own word: epoch milliseconds, the end not included; null without a limit. */
  readonly validAfter?: number | null;
  readonly validBefore?: number | null;
}

export const NO_TRUST: Trust = { keys: [], allowedSigners: '', openPgpKeys: [], sigstoreIdentities: [] };
