import { canonicalJson } from '../../ledger/canonical';
import { commitmentOf } from '../../ledger/commitment';
import type { Sha256Hex } from '../../ledger/entry';
import { sha256Hex } from '../../ledger/hash';
import type { RegisteredKey } from './registered';

/** A key with the salt under which the ledger commits to it. */
export interface SaltedKey {
  /** 32 random bytes in lower-case hexadecimal. */
  readonly salt: string;
  readonly key: RegisteredKey;
}

/** What an entry says of a key: nothing but that it is this one. */
export interface KeyCommitment {
  readonly id: string;
  readonly commitment: Sha256Hex;
}

export const keyCommitments = (keys: readonly SaltedKey[]): readonly KeyCommitment[] =>
  keys.map(({ salt, key }) => ({ id: key.id, commitment: commitmentOf({ salt, value: key }) }));

/**
 * The name of a version: its number and the SHA-256 of the canonical list of its commitments. Whoever names a version
 * thereby says which keys were in it, so that the entry of a reading binds the keys that it was checked against.
 */
export const versionName = (number: number, commitments: readonly KeyCommitment[]): string =>
  `trust-${number}.${sha256Hex(canonicalJson(commitments))}`;

/** The number in the name of a version; 0 for what has none. */
export const versionNumber = (version: string): number =>
  Number(/^trust-([1-9]\d{0,8})\.[0-9a-f]{64}$/.exec(version)?.[1] ?? '0');
