import { dearmored } from '../base64';
import { signatureOf, type Signature } from '../checks';
import type { PgpTrust } from '../trust';
import { signingKeys, type SigningKey } from './certificate';
import { packets } from './packets';
import { pgpAlgorithmThatHolds, pgpSignature, SUBPACKET, type PgpSignature } from './signature';

const BINARY_DOCUMENT = 0;
const SIGNATURE_TAG = 2;
const ALGORITHMS: Readonly<Record<number, string>> = {
  1: 'openpgp-rsa',
  3: 'openpgp-rsa',
  17: 'openpgp-dsa',
  19: 'openpgp-ecdsa',
  22: 'openpgp-eddsa',
  27: 'openpgp-ed25519',
};

/**
 * Checks a detached OpenPGP signature (RFC 4880, RFC 9580; version 4) over data against registered keys. Accepted: RSA of
 * 2,048 bits and more, ECDSA on the NIST curves, Ed25519, each with SHA-256, SHA-384 or SHA-512. The time of signing is
 * the signer's own word; whether the key was withdrawn is known only as far as the registered block says so.
 */
export function verifyOpenPgp(
  armored: string,
  data: Buffer,
  registered: readonly PgpTrust[],
): Signature & { readonly fingerprint: string | null } {
  const found = packets(dearmored(armored, 'PGP SIGNATURE') ?? Buffer.alloc(0));
  const [first, ...more] = (found ?? []).filter(({ tag }) => tag === SIGNATURE_TAG);
  const signature = first === undefined ? undefined : pgpSignature(first.body);
  if (signature === undefined) {
    const unknown = first !== undefined && first.body[0] !== 4 ? null : false;
    return { ...signatureOf([['signature', unknown]], null, 'openpgp'), fingerprint: null };
  }
  const issuer = issuerOf(signature);
  const candidates = registered.flatMap((trusted) =>
    signingKeys(trusted.key)
      .filter((one) => issuer !== null && one.key.fingerprint.endsWith(issuer))
      .map((one) => ({ trusted, one })),
  );
  const besides = [...(more.length > 0 ? (['other-signatures'] as const) : []), 'key-revocation' as const];
  const claimed = ALGORITHMS[signature.algorithm] ?? 'openpgp';
  if (candidates.length === 0) {
    const outcomes = [
      ['signature', null],
      ['registered-key', null],
    ] as const;
    return { ...signatureOf(outcomes, null, claimed, besides), fingerprint: issuer };
  }
  const holding = candidates.flatMap(({ trusted, one }) => {
    const held = signature.type === BINARY_DOCUMENT ? pgpAlgorithmThatHolds(signature, one.key, data) : undefined;
    const good = isGood(one, signature) && isRegisteredThen(trusted, signature);
    return held === undefined ? [] : [{ held, good, name: trusted.name, fingerprint: one.key.fingerprint }];
  });
  const match = holding.find(({ good }) => good) ?? holding[0];
  if (match !== undefined) {
    const outcomes = [
      ['signature', true],
      ['registered-key', match.good],
    ] as const;
    return { ...signatureOf(outcomes, match.name, match.held, besides), fingerprint: match.fingerprint };
  }
  return { ...signatureOf([['signature', false]], null, claimed, besides), fingerprint: issuer };
}

/** The signature was made while the key was good, is not withdrawn, and sets itself no end. */
function isGood({ from, until, revoked }: SigningKey, { created, subpackets }: PgpSignature): boolean {
  const ends = subpackets.get(SUBPACKET.signatureExpires);
  if (revoked || created === null || (ends?.length === 4 && ends.readUInt32BE() !== 0)) return false;
  return created >= from && (until === null || created <= until);
}

/** Nobody withdrew the registration, and it was good at the time of signing. */
function isRegisteredThen({ withdrawn, validAfter, validBefore }: PgpTrust, { created }: PgpSignature): boolean {
  if (withdrawn === true || created === null) return false;
  const at = created * 1000;
  return at >= (validAfter ?? -Infinity) && at < (validBefore ?? Infinity);
}

/**
 * The issuer's fingerprint, or the 16 digits of its key id: a hint that the check itself confirms or refutes. Null when
 * there is none, or when two of them name different keys.
 */
function issuerOf({ subpackets, unhashed }: PgpSignature): string | null {
  const named = [subpackets, unhashed].flatMap((part) => {
    const [fingerprint, id] = [part.get(SUBPACKET.fingerprint), part.get(SUBPACKET.issuer)];
    return [
      ...(fingerprint?.length === 21 && fingerprint[0] === 4 ? [fingerprint.subarray(1)] : []),
      ...(id?.length === 8 ? [id] : []),
    ].map((bytes) => bytes.toString('hex').toUpperCase());
  });
  const longest = named.reduce<string>((best, one) => (one.length > best.length ? one : best), '');
  return longest !== '' && named.every((one) => longest.endsWith(one)) ? longest : null;
}
