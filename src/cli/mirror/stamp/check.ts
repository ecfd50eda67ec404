import { createHash, X509Certificate } from 'node:crypto';
import { infoOf, isNamed, stampedAt, TIME_STAMPING, tokenOf, type Token } from '../../../readers/sigstore/timestamp';
import type { Authority } from '../../../readers/sigstore/root';

/** What an authority whose root was given said, once it is known to hold. */
export interface Stamp {
  /** When it saw the data: UTC ISO 8601. */
  readonly at: string;
  readonly policy: string;
  /** The token's serial number, hexadecimal. */
  readonly serial: string;
  /** The subject of the authority's certificate, on one line. */
  readonly authority: string;
}

export type CheckedStamp = { readonly ok: true; readonly stamp: Stamp } | { readonly ok: false; readonly why: string };

/** What was asked for; each that is given has to come back. */
export interface AskedFor {
  /** Hexadecimal. */
  readonly nonce?: string;
  readonly policy?: string | undefined;
}

const EVERY_TIME = { from: -Infinity, until: null };
/** extKeyUsage (2.5.29.37) marked critical, as DER has it: RFC 3161 section 2.3 asks for that. */
const CRITICAL_KEY_USAGE = Buffer.from('0603551d250101ff', 'hex');
/** An id of a certificate in a signed attribute: RFC 5816 (SHA-2) and RFC 2634 (SHA-1). */
const CERTIFICATE_HASHES = ['sha256', 'sha384', 'sha512', 'sha1'] as const;

/**
 * Checks an RFC 3161 response offline: that it was granted, is of this data, repeats nonce and policy that were asked for,
 * is signed by a certificate that may stamp times and nothing else, that the signature names, and that leads to one of the
 * given roots, all of them valid at the time stamped. Revocation is not looked up.
 */
export function checkStamp(
  response: Uint8Array,
  data: Uint8Array,
  roots: readonly X509Certificate[],
  asked: AskedFor = {},
): CheckedStamp {
  const no = (why: string): CheckedStamp => ({ ok: false, why });
  const token = tokenOf(response);
  const info = token === undefined ? undefined : infoOf(token.info);
  if (token === undefined || info === undefined) return no('it is no granted time-stamp response (RFC 3161)');
  if (!info.imprint.equals(createHash(info.hash).update(data).digest())) return no('it is of other data');
  if (asked.nonce !== undefined && info.nonce !== asked.nonce) return no('it does not repeat the nonce of the request');
  if (asked.policy !== undefined && info.policy !== asked.policy)
    return no(`it is under policy ${info.policy}, not ${asked.policy}`);
  const signer = [...token.certificates, ...roots].find((one) => isNamed(one, token.serial, token.issuer));
  if (signer === undefined) return no('it does not hold the certificate of its signer');
  const purposes = signer.keyUsage as readonly string[] | undefined;
  if (purposes?.length !== 1 || purposes[0] !== TIME_STAMPING || !signer.raw.includes(CRITICAL_KEY_USAGE))
    return no('its signer is not certified for time-stamping alone');
  if (!namesSigner(token, signer)) return no('what is signed does not name the certificate of its signer');
  const at = stampedAt(response, data, authorities(roots, token));
  if (at === null) return no('its signer does not lead to a root that was given');
  if (at === false) return no('its signature does not hold, or a certificate was not valid at its time');
  const { policy, serial } = info;
  const authority = signer.subject.split('\n').join(', ');
  return { ok: true, stamp: { at: new Date(at).toISOString(), policy, serial, authority } };
}

/** Each root alone, and behind up to two issuers that came along: what does not lead to it is found out by its signatures. */
function authorities(roots: readonly X509Certificate[], { certificates }: Token): readonly Authority[] {
  const between = certificates.filter(({ ca }) => ca);
  const paths = [[], ...between.map((one) => [one]), ...between.flatMap((a) => between.map((b) => [a, b]))];
  return roots.flatMap((root) => paths.map((path) => ({ chain: [...path, root], valid: EVERY_TIME })));
}

const namesSigner = ({ attributes }: Token, { raw }: X509Certificate): boolean =>
  CERTIFICATE_HASHES.some((hash) => {
    const digest = createHash(hash).update(raw).digest();
    return Buffer.from(attributes.bytes).includes(Buffer.concat([Buffer.from([0x04, digest.length]), digest]));
  });

const PEM = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;

/** The certificates in a PEM file; undefined when there is none or one cannot be read. */
export function certificatesOf(pem: string): readonly X509Certificate[] | undefined {
  try {
    const found = (pem.match(PEM) ?? []).map((one) => new X509Certificate(one));
    return found.length === 0 ? undefined : found;
  } catch {
    // Whoever gave the file is told that it holds no certificate.
    return undefined;
  }
}
