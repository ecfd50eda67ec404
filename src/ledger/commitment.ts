import { canonicalJson } from './canonical';
import type { Committed, Disclosure, Sha256Hex, StoredEntry } from './entry';
import { sha256Hex } from './hash';

/**
 * Commits to a value under a salt of 32 random bytes (lower-case hexadecimal): SHA-256 over the RFC 8785 bytes of
 * `{"salt": …, "value": …}`. The salt keeps short values, such as a name, from being guessed from the commitment.
 *
 * @throws RangeError when the salt is not 64 hexadecimal digits, CanonicalError when the value is not JSON.
 */
export function commit<T>(value: T, salt: string): { committed: Committed; disclosure: Disclosure<T> } {
  if (!/^[0-9a-f]{64}$/.test(salt)) throw new RangeError('a salt is 32 bytes in lower-case hexadecimal');
  const disclosure = { salt, value };
  return { committed: { commitment: commitmentOf(disclosure) }, disclosure };
}

/** What a disclosure commits to. */
export function commitmentOf(disclosure: Disclosure): Sha256Hex {
  return sha256Hex(canonicalJson({ salt: disclosure.salt, value: disclosure.value }));
}

/**
 * The value behind a commitment, or undefined when it was erased or does not open the commitment. The caller names the
 * type because the ledger's writer knew it; a value that was swapped afterwards never gets through.
 */
// The type parameter is the caller's knowledge of what was committed; it cannot be inferred from a hash.
export function disclosed<T>(stored: Pick<StoredEntry, 'disclosures'>, committed: Committed | null): T | undefined {
  if (committed === null || !Object.hasOwn(stored.disclosures, committed.commitment)) return undefined;
  const disclosure = stored.disclosures[committed.commitment];
  if (disclosure === undefined || !opens(disclosure, committed.commitment)) return undefined;
  return disclosure.value as T;
}

/** Whether the disclosure is the one that was committed to. */
export function opens(disclosure: Disclosure, commitment: Sha256Hex): boolean {
  try {
    return commitmentOf(disclosure) === commitment;
  } catch {
    // Not JSON, so nothing that anybody ever committed to.
    return false;
  }
}

/** Every commitment inside a value: objects whose only member is a `commitment`. */
export function commitmentsIn(value: unknown): Sha256Hex[] {
  if (typeof value !== 'object' || value === null) return [];
  const members: [string, unknown][] = Object.entries(value);
  const [first] = members;
  if (members.length === 1 && first?.[0] === 'commitment' && typeof first[1] === 'string') return [first[1]];
  return members.flatMap(([, member]) => commitmentsIn(member));
}
