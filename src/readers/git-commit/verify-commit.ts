import { signatureOf, UNSIGNED, type Signature } from '../signature/checks';
import { verifyOpenPgp } from '../signature/openpgp/verify';
import { verifySshsig } from '../signature/sshsig';
import type { Trust } from '../signature/trust';
import type { CommitObject } from './object';

/** The namespace in which git signs (gitformat-signature, gpg.format ssh). */
const NAMESPACE = 'git';

/**
 * What `git verify-commit` would say, from the bytes alone, against registered keys. X.509 signatures (gitsign, smimesign)
 * are named and not checked.
 */
export function verifyCommit(
  { signature, signatureKind, payload, committer }: CommitObject,
  trust: Pick<Trust, 'allowedSigners' | 'openPgpKeys'>,
): Signature & { readonly fingerprint: string | null } {
  switch (signatureKind) {
    case null:
      return { ...UNSIGNED, fingerprint: null };
    case 'ssh':
      return verifySshsig(signature ?? '', payload, {
        namespace: NAMESPACE,
        at: committer.at,
        allowedSigners: trust.allowedSigners,
      });
    case 'openpgp':
      return verifyOpenPgp(signature ?? '', payload, trust.openPgpKeys);
    case 'x509':
    case 'unknown':
      return {
        ...signatureOf(
          [
            ['signature', null],
            ['registered-key', null],
          ],
          null,
          signatureKind,
        ),
        fingerprint: null,
      };
  }
}
