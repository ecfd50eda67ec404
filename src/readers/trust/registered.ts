/** Keys and roots as an admin registered them: what signatures of commits, attestations and bundles are checked against. */

/**
 * `ssh` and `openpgp` sign commits, `public-key` signs DSSE envelopes and bundles without a certificate. The others are
 * about sigstore: whom a root vouches for is believed only if an `identity` names them.
 */
export type KeyKind =
  'ssh' | 'openpgp' | 'public-key' | 'sigstore-root' | 'signing-authority' | 'stamping-authority' | 'identity';

/** Characters of one key or root as it is kept. */
export const MAX_MATERIAL = 100_000;

/** The public part of a key or root. `material` is text in one form of each kind, see `KeyInText`. */
export interface KeyMaterial {
  readonly kind: KeyKind;
  readonly material: string;
  /** Names the material: the same for every text that holds the same key. */
  readonly fingerprint: string;
  /** As in `ecdsa-p256`; of a root what it holds, in words. */
  readonly algorithm: string;
  /** SSH namespaces (patterns with * and ?) that the key may sign in; null for every one. */
  readonly namespaces: readonly string[] | null;
}

/** Whose a key is: a Jira account with the name that Jira showed then, or an organisation. */
export type KeyHolder =
  | { readonly kind: 'account'; readonly accountId: string; readonly name: string }
  | { readonly kind: 'organisation'; readonly name: string };

/** One registration. Only `revoked` changes afterwards; nothing is ever taken out. */
export interface RegisteredKey extends KeyMaterial {
  /** `key-1`, `key-2` … in the order of registration; never used again. */
  readonly id: string;
  readonly label: string;
  readonly whose: KeyHolder;
  /** E-mail addresses or patterns that the registered text names; shown, and never what a signature is judged by. */
  readonly principals: readonly string[];
  /** UTC ISO 8601; null while there is no limit. The end is not included. */
  readonly from: string | null;
  readonly until: string | null;
  readonly registeredAt: string;
  /** `from`: what reaches the app from then on is not verified by this key, whatever time it claims. */
  readonly revoked: { readonly from: string; readonly at: string } | null;
}

export interface TrustRegister {
  readonly version: string;
  /** Oldest first. */
  readonly keys: readonly RegisteredKey[];
}

/** Before anything was registered. */
export const EMPTY_REGISTER: TrustRegister = { version: 'none', keys: [] };

export type KeyState = 'in-force' | 'not-yet' | 'ended' | 'revoked';

/** What a key is worth for something that reached the app at that time. */
export function stateAt(
  { from, until, revoked }: Pick<RegisteredKey, 'from' | 'until' | 'revoked'>,
  at: Date,
): KeyState {
  const time = at.getTime();
  if (revoked !== null && time >= Date.parse(revoked.from)) return 'revoked';
  if (until !== null && time >= Date.parse(until)) return 'ended';
  return from !== null && time < Date.parse(from) ? 'not-yet' : 'in-force';
}
