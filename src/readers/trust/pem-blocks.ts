import { createHash, X509Certificate } from 'node:crypto';
import { canonicalJson } from '../../ledger/canonical';
import { algorithmName, anyPublicKey, isApproved, spkiOf } from '../signature/public-key';
import { certificateIn } from '../signature/x509';
import { leads } from '../sigstore/certificate';
import type { CertificateUse, KeyInText, KeysInText } from './keys-in-text';
import type { KeyProblem, KeyProblemCode } from './problems';

const BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----[\s\S]*?(?:-----END \1-----|(?=-----BEGIN )|$)/g;
/** More is no chain of any authority. */
const MAX_CHAIN = 8;

/** PEM public keys (RFC 7468, section 13), each a key of its own, and certificates, which together are one chain. */
export function pemKeys(text: string, use: CertificateUse): KeysInText {
  const blocks = [...text.matchAll(BLOCK)].map(([pem, type = ''], i) => ({ pem, type, place: `block ${i + 1}` }));
  const keys: KeyInText[] = [];
  const problems: KeyProblem[] = [];
  const certificates: { readonly certificate: X509Certificate; readonly place: string }[] = [];
  for (const { pem, type, place } of blocks) {
    const read = type === 'CERTIFICATE' ? certificateOf(pem) : keyOf(pem, type);
    if (typeof read === 'string') problems.push({ code: read, place });
    else if (read instanceof X509Certificate) certificates.push({ certificate: read, place });
    else keys.push({ ...read, place });
  }
  const [first] = certificates;
  if (first !== undefined && problems.length === 0) {
    const authority = authorityOf(
      certificates.map(({ certificate }) => certificate),
      use,
    );
    if (typeof authority === 'string') problems.push({ code: authority, place: first.place });
    else keys.push({ ...authority, place: first.place });
  }
  return { keys, problems };
}

const NO_LIMITS = { namespaces: null, principals: [], from: null, until: null } as const;

function keyOf(pem: string, type: string): Omit<KeyInText, 'place'> | KeyProblemCode {
  if (type !== 'PUBLIC KEY' && type !== 'RSA PUBLIC KEY') return 'pem-type';
  const key = pem.includes('-----END ') ? anyPublicKey(pem) : undefined;
  if (key === undefined) return 'damaged';
  if (!isApproved(key)) return 'not-approved';
  return {
    ...NO_LIMITS,
    kind: 'public-key',
    material: key.export({ type: 'spki', format: 'pem' }).toString(),
    fingerprint: `sha256:${createHash('sha256').update(spkiOf(key)).digest('hex')}`,
    algorithm: algorithmName(key),
    called: '',
  };
}

function certificateOf(pem: string): X509Certificate | 'damaged' {
  try {
    return certificateIn(pem);
  } catch {
    return 'damaged';
  }
}

function authorityOf(
  given: readonly X509Certificate[],
  use: CertificateUse,
): Omit<KeyInText, 'place'> | KeyProblemCode {
  if (given.some(({ publicKey }) => !isApproved(publicKey))) return 'not-approved';
  const chain = given.length > MAX_CHAIN ? undefined : inOrder(given);
  const [first, ...issuers] = chain ?? [];
  const root = chain?.at(-1);
  if (first === undefined || root === undefined) return 'not-a-chain';
  // The one that stamps may stand in front of its issuers; the one that signs is in the bundle.
  if (issuers.some(({ ca }) => !ca) || (!first.ca && (use === 'signing' || issuers.length === 0)))
    return 'not-an-authority';
  if (issuers.length > 0 && !leads(first, issuers)) return 'not-a-chain';
  const starts = given.map(({ validFrom }) => Date.parse(validFrom));
  return {
    ...NO_LIMITS,
    kind: use === 'signing' ? 'signing-authority' : 'stamping-authority',
    material: canonicalJson({
      certChain: { certificates: [first, ...issuers].map(({ raw }) => ({ rawBytes: raw.toString('base64') })) },
      validFor: { start: new Date(Math.min(...starts)).toISOString() },
    }),
    fingerprint: `sha256:${createHash('sha256').update(first.raw).digest('hex')}`,
    algorithm: [...new Set(given.map(({ publicKey }) => algorithmName(publicKey)))].join(', '),
    called: /^CN=(.+)$/m.exec(root.subject)?.[1]?.slice(0, 200) ?? '',
  };
}

/** From the one that nobody else here was issued by to the root; undefined when they are no one chain. */
function inOrder(given: readonly X509Certificate[]): readonly X509Certificate[] | undefined {
  const issues = (issuer: X509Certificate, one: X509Certificate): boolean => one !== issuer && one.checkIssued(issuer);
  const starts = given.filter((one) => !given.some((other) => issues(one, other)));
  const chain: X509Certificate[] = starts.slice(0, 1);
  for (let last = chain[0]; last !== undefined;) {
    const of = last;
    last = given.find((one) => issues(one, of) && !chain.includes(one));
    if (last !== undefined) chain.push(last);
  }
  return starts.length === 1 && chain.length === given.length ? chain : undefined;
}
