import { attestation } from '../dsse/dsse';
import { jsonReader } from '../json-reader';
import type { Reader, Statement } from '../reader';
import { signatureAttributes } from '../signature/checks';
import type { Trust } from '../signature/trust';
import { readAs, stated } from '../stated';
import { bundleOf, looksLikeBundle, type Bundle } from './bundle';
import { verifyBundle } from './verify-bundle';

/** Sigstore bundles, checked offline against the roots, keys and identities that were handed in. */
export const sigstoreReader = (trust: Pick<Trust, 'keys' | 'sigstoreRoot' | 'sigstoreIdentities'>): Reader =>
  jsonReader('sigstore', /application\\?\/vnd\.dev\.sigstore\.bundle/, looksLikeBundle, (document) => {
    const bundle = bundleOf(document);
    if (typeof bundle === 'string') return { outcome: 'refused', format: 'sigstore', reason: bundle };
    const one = statementOf(bundle, trust);
    const { title, attributes } = one;
    return readAs({ format: 'sigstore', kind: 'attestation', title, statements: [one], attributes });
  });

function statementOf(bundle: Bundle, trust: Parameters<typeof verifyBundle>[1]): Statement {
  const { claimed, ...signature } = verifyBundle(bundle, trust);
  // What the certificate claims is told as a claim, and only `signedBy` says who was verified.
  const claims = claimed === null ? {} : { claimedSigner: claimed.subject, claimedIssuer: claimed.issuer };
  const extra = { bundle: bundle.version, ...claims };
  if (bundle.content.kind === 'dsse') {
    const one = attestation(bundle.content.envelope, signature);
    return { ...one, attributes: { ...one.attributes, ...extra } };
  }
  const digest = bundle.content.digest.toString('hex');
  return stated({
    kind: 'attestation',
    id: `signature:${digest}`,
    title: `Signature of a file with digest ${digest.slice(0, 16)}…`,
    state: signature.state,
    attributes: { subjectDigest: `${bundle.content.algorithm}:${digest}`, ...extra, ...signatureAttributes(signature) },
    touches: [digest],
  });
}
