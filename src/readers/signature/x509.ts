import { X509Certificate } from 'node:crypto';

/**
 * A certificate (PEM, or the bytes of DER) whose key can be read too. OpenSSL takes one with a damaged key and throws only
 * when the key is asked for.
 *
 * @throws when it is none.
 */
export function certificateIn(source: string | Uint8Array): X509Certificate {
  const certificate = new X509Certificate(source);
  if (certificate.publicKey.type !== 'public') throw new TypeError('a certificate has a public key');
  return certificate;
}
