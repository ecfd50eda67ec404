import { canonicalJson } from '../ledger/canonical';
import { sha256Hex } from '../ledger/hash';
import type { Sha256Hex } from '../ledger/entry';
import type { Policy } from './policy';

/** Binds everything of one version of the policy, its name included: SHA-256 over its RFC 8785 bytes. */
export const policyDigest = (policy: Policy): Sha256Hex => sha256Hex(canonicalJson(policy));
