/** What the admin page and the resolver agree on about registered signing keys. */

export type KeyKindView =
  'ssh' | 'openpgp' | 'public-key' | 'sigstore-root' | 'signing-authority' | 'stamping-authority' | 'identity';

/** Whose a key is, as a form gives it. */
export type KeyHolderForm =
  { readonly kind: 'account'; readonly accountId: string } | { readonly kind: 'organisation'; readonly name: string };

export interface KeyView {
  readonly id: string;
  readonly kind: KeyKindView;
  readonly label: string;
  /** The name as it was when the key was registered. */
  readonly whose: { readonly kind: 'account' | 'organisation'; readonly name: string };
  readonly algorithm: string;
  readonly fingerprint: string;
  /** Addresses or patterns that the registered text names. */
  readonly principals: readonly string[];
  readonly namespaces: readonly string[] | null;
  /** The public key as text, to compare or to use elsewhere. */
  readonly material: string;
  readonly from: string | null;
  readonly until: string | null;
  readonly registeredAt: string;
  readonly state: 'in-force' | 'not-yet' | 'ended' | 'revoked';
  readonly revoked: { readonly from: string; readonly at: string } | null;
}

/** Answer of `trust.read`, and of `trust.register` and `trust.revoke` once they are done. */
export interface TrustView {
  /** To be sent back with what is based on it. */
  readonly version: string;
  /** Newest first. */
  readonly keys: readonly KeyView[];
  /** False when storage no longer has what was saved: `keys` is then empty, to begin anew. */
  readonly readable: boolean;
  readonly editable: boolean;
  /** Every save, newest first. */
  readonly history: readonly {
    /** `trust-3` */
    readonly version: string;
    readonly at: string;
    readonly by: string | null;
    readonly changes: readonly string[];
    readonly reason: string;
  }[];
}

/** A key that a text holds, before it is registered. */
export interface FoundKeyView {
  readonly fingerprint: string;
  readonly kind: KeyKindView;
  readonly algorithm: string;
  /** Where it stands in the text: `line 3`. */
  readonly place: string;
  /** What the text calls it; '' when it does not. */
  readonly called: string;
  readonly principals: readonly string[];
  readonly namespaces: readonly string[] | null;
  readonly from: string | null;
  readonly until: string | null;
  /** The key under which it is registered and good already; null otherwise. */
  readonly registeredAs: string | null;
}

/** Answer of `trust.inspect`: what a text holds. With a problem nothing of it can be registered. */
export interface FoundKeysView {
  readonly keys: readonly FoundKeyView[];
  readonly problems: readonly string[];
}
