/** Keys and roots that were registered beforehand. Nothing outside it makes a signature verified. */
export interface Trust {
  /** Public keys for DSSE envelopes and for bundles without a certificate: PEM (SPKI). */
  readonly keys: readonly { readonly name: string; readonly pem: string; readonly keyId?: string }[];
  /** Lines in the form of ssh-keygen(1), "ALLOWED SIGNERS". */
  readonly allowedSigners: string;
  /** OpenPGP public keys: armored, or the bytes of it. */
  readonly openPgpKeys: readonly { readonly name: string; readonly key: string }[];
  /** A sigstore `trusted_root.json`, parsed; undefined when none was handed in. */
  readonly sigstoreRoot?: unknown;
  /** Who may sign under a certificate of that root; a certificate alone is open to everybody. */
  readonly sigstoreIdentities: readonly { readonly name: string; readonly issuer: string; readonly subject: string }[];
}

export const NO_TRUST: Trust = { keys: [], allowedSigners: '', openPgpKeys: [], sigstoreIdentities: [] };
