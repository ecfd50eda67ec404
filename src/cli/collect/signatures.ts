import type { EnvelopeCommit } from '../../providers/pipeline/envelope';
import type { Git } from './git';

type Signature = NonNullable<EnvelopeCommit['signature']>;

/**
 * What git says of the signature of a commit that has one: `verified` only if `git verify-commit` accepts it, by a key that
 * is known here (allowed signers, or GnuPG's keyring); `bad` when it does not belong to this content; `unverified` when it
 * could not be checked, most often because the key is not known.
 */
export function signatureOf(git: Git, id: string): Exclude<Signature, 'none'> {
  if (git.agrees(['verify-commit', id])) return 'verified';
  return git.text(['log', '-1', '--format=%G?', id]).trim() === 'B' ? 'bad' : 'unverified';
}
