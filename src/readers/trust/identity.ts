import { canonicalJson } from '../../ledger/canonical';
import { sha256Hex } from '../../ledger/hash';
import type { KeyMaterial } from './registered';

/** Who may sign under a certificate: the name in it, and who vouched for that name, both to the letter. */
export function identityMaterial(issuer: string, subject: string): KeyMaterial {
  const material = canonicalJson({ issuer, subject });
  return {
    kind: 'identity',
    material,
    fingerprint: `sha256:${sha256Hex(material)}`,
    algorithm: 'certificate',
    namespaces: null,
  };
}
