import { canonicalJson } from '../ledger/canonical';
import type { Sha256Hex } from '../ledger/entry';
import { sha256Hex } from '../ledger/hash';
import type { ChangeContent } from './snapshot';

/**
 * What a decision binds to: SHA-256 over the RFC 8785 bytes of the controlled fields (FIPS 180-4, RFC 8785). A stranger
 * can recompute it from the content in a pack.
 *
 * @throws CanonicalError LONE_SURROGATE when a field holds half a character.
 */
export function contentDigest(content: ChangeContent): Sha256Hex {
  return sha256Hex(canonicalJson(content));
}
