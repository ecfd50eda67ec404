/**
 * What can be checked of a signature: a closed list. A result names each under `checked` or `notChecked`, so that nobody
 * has to guess what "verified" rested on.
 */
export const SIGNATURE_CHECKS = {
  signature: 'The signature belongs to these bytes and this public key.',
  'registered-key':
    'The public key is one that was registered beforehand, for this purpose and for the time of signing.',
  'other-signatures': 'Every further signature on the same content was checked too.',
  'key-revocation': 'Nobody has withdrawn the key since it was registered.',
  'commit-id': 'The id is the digest of these bytes, computed anew.',
  'certificate-chain': 'The signing certificate leads to a root that was handed in.',
  'certificate-time': 'The certificate was valid at the time that the transparency log promised.',
  'certificate-transparency': 'A certificate log that was handed in has recorded the certificate.',
  'certificate-identity': 'The person or workflow in the certificate is one that was registered.',
  'log-promise': 'The transparency log that was handed in has signed the entry with its time.',
  'log-inclusion': 'The entry is in the tree under a checkpoint that the log has signed.',
  'log-content': 'The entry of the log is about this signature, this key and this content.',
  'timestamp-authority': 'The time stamp of an authority (RFC 3161) belongs to this signature.',
  artifact: 'The signed file was handed in, and its digest is the signed one.',
} as const;
export type SignatureCheck = keyof typeof SIGNATURE_CHECKS;

export interface Signature {
  /**
   * `verified`: every check that the format needs held, against keys or roots that were handed in. `invalid`: a check
   * failed. `signed-signer-unknown`: neither; nothing may rest on who signed.
   */
  readonly state: 'verified' | 'signed-signer-unknown' | 'invalid' | 'unsigned';
  /** Who signed, as registered; never what the signature claims about itself. Null unless `verified`. */
  readonly by: string | null;
  /** Algorithm as in `ecdsa-p256-sha256`; what the signature names when it could not be checked; null when unsigned. */
  readonly algorithm: string | null;
  readonly checked: readonly SignatureCheck[];
  readonly notChecked: readonly SignatureCheck[];
}

export const UNSIGNED: Signature = { state: 'unsigned', by: null, algorithm: null, checked: [], notChecked: [] };

/** `held` false: it was checked and does not hold; null: there was nothing to check it against. */
export type Outcome = readonly [check: SignatureCheck, held: boolean | null];

/** Verified only if every check held and one of them says who; one that failed makes it invalid. */
export function signatureOf(
  outcomes: readonly Outcome[],
  by: string | null,
  algorithm: string | null,
  /** Not needed for `verified`, and said not to have been checked. */
  besides: readonly SignatureCheck[] = [],
): Signature {
  const failed = outcomes.some(([, held]) => held === false);
  const verified = by !== null && outcomes.length > 0 && outcomes.every(([, held]) => held === true);
  return {
    state: failed ? 'invalid' : verified ? 'verified' : 'signed-signer-unknown',
    by: verified ? by : null,
    algorithm,
    checked: outcomes.flatMap(([check, held]) => (held === null ? [] : [check])),
    notChecked: [...outcomes.flatMap(([check, held]) => (held === null ? [check] : [])), ...besides],
  };
}

/** For the attributes of a statement. */
export const signatureAttributes = (signature: Signature): Readonly<Record<string, string>> => ({
  signature: signature.state,
  ...(signature.by === null ? {} : { signedBy: signature.by }),
  ...(signature.algorithm === null ? {} : { signatureAlgorithm: signature.algorithm }),
  ...(signature.checked.length === 0 ? {} : { signatureChecked: signature.checked.join(', ') }),
  ...(signature.notChecked.length === 0 ? {} : { signatureNotChecked: signature.notChecked.join(', ') }),
});
