import type { AccountId } from '../change/snapshot';
import { disclosed } from '../ledger/commitment';
import type { Person, StoredEntry } from '../ledger/entry';
import { sameText } from '../policy/identity';

/** What a commit object says whose signature was verified, and whose key it was. */
export interface VerifiedCommit {
  /** Addresses in the object. */
  readonly author: string;
  readonly committer: string;
  /** Jira accounts for which the key was registered; none for an organisation's key. */
  readonly signers: readonly AccountId[];
}

/** Commits of which the app itself verified a signature, from the commit object, against a registered key; by id. */
export function verifiedCommits(entries: readonly StoredEntry[]): ReadonlyMap<string, VerifiedCommit> {
  const found = new Map<string, VerifiedCommit>();
  for (const stored of entries) {
    const { entry } = stored;
    if (entry.kind !== 'evidence') continue;
    const { evidence, attributes, people, id } = entry.body;
    if (evidence !== 'commit-signature' || attributes['signature'] !== 'verified') continue;
    const named = (wanted: string): readonly Person[] =>
      people.flatMap(({ role, person }) => (role === wanted ? (disclosed<Person>(stored, person) ?? []) : []));
    const signers = named('signer').flatMap(({ accountId }) => accountId ?? []);
    found.set(id, {
      author: named('author')[0]?.email ?? '',
      committer: named('committer')[0]?.email ?? '',
      signers: [...new Set([...(found.get(id)?.signers ?? []), ...signers])],
    });
  }
  return found;
}

/**
 * The accounts whose own registered key has signed the commit in which somebody stands: the committer signs, and an author
 * is proved by it only where the committer is the same.
 */
export function signersFor(
  verified: ReadonlyMap<string, VerifiedCommit>,
  commit: string,
  role: string,
  { email = '' }: Person,
): readonly AccountId[] {
  const known = verified.get(commit);
  if (known === undefined || !sameText(email, known.committer)) return [];
  return role === 'committer' || sameText(known.author, known.committer) ? known.signers : [];
}
