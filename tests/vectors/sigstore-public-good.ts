import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The public keys of sigstore's own logs; each log is named by the SHA-256 of its key, so they prove themselves. */
const REKOR =
  'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE2G2Y+2tabdTV5BcGiBIx0a9fAFwrkBbmLSGtks4L3qX6yYY0zufBnhC8Ur/iy55GhWP/9A/bY2LhC30M9+RYtw==';
const CERTIFICATE_LOG =
  'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEiPSlFi0CmFTfEjCUqF9HuCEcYXNKAaYalIJmBZ8yyezPjTqhxrKBpMnaocVtLJBI1eM3uXnQzQGAJdJ4gs9Fyw==';

const idOf = (key: string): string => createHash('sha256').update(Buffer.from(key, 'base64')).digest('base64');
const log = (rawBytes: string, end?: string) => ({
  publicKey: { rawBytes, validFor: { start: '2021-01-12T11:53:27Z', ...(end === undefined ? {} : { end }) } },
  logId: { keyId: idOf(rawBytes) },
});

/** A root as `trusted_root.json` states it: the certificates are those that a bundle of the corpus carries. */
export function publicGoodRoot(folder: string): unknown {
  const bundle = JSON.parse(
    readFileSync(join(folder, 'sigstore-js', 'bundleV01-full-cert-chain.sigstore'), 'utf8'),
  ) as { verificationMaterial: { x509CertificateChain: { certificates: { rawBytes: string }[] } } };
  const [, ...issuers] = bundle.verificationMaterial.x509CertificateChain.certificates;
  return {
    tlogs: [log(REKOR)],
    ctlogs: [log(CERTIFICATE_LOG)],
    certificateAuthorities: [{ certChain: { certificates: issuers }, validFor: { start: '2022-04-13T20:06:15Z' } }],
  };
}
