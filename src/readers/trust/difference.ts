import { canonicalJson } from '../../ledger/canonical';
import type { KeyKind, RegisteredKey } from './registered';

/** What a kind of key is called in sentences. */
export const KIND_WORDS: Readonly<Record<KeyKind, string>> = {
  ssh: 'an SSH key',
  openpgp: 'an OpenPGP key',
  'public-key': 'a public key for attestations',
  'sigstore-root': 'a sigstore trusted root',
  'signing-authority': 'a root of signing certificates',
  'stamping-authority': 'a root of time stamps',
  identity: 'a certificate identity',
};

/**
 * What is different between two versions, one sentence each, without anything of a key that could name its holder: the
 * sentences become part of a hashed entry. Empty exactly when both hold the same keys.
 */
export function keyDifferences(before: readonly RegisteredKey[], after: readonly RegisteredKey[]): string[] {
  const known = new Map(before.map((key) => [key.id, key]));
  return after.flatMap((key) => {
    const old = known.get(key.id);
    if (old === undefined) return [`${key.id} was registered: ${KIND_WORDS[key.kind]}.`];
    if (canonicalJson(old) === canonicalJson(key)) return [];
    if (key.revoked === null || key.revoked.from === old.revoked?.from) return [`${key.id} was altered.`];
    const earlier = old.revoked === null ? '' : `, earlier than ${old.revoked.from} as before`;
    return [`${key.id} was revoked from ${key.revoked.from}${earlier}.`];
  });
}
