import { createHash } from 'node:crypto';
import { algorithmThatHolds } from '../public-key';
import { integers, newLength, padded } from './packets';
import type { PgpKey } from './public-key';

/** A signature packet, version 4 (RFC 4880 section 5.2.3). */
export interface PgpSignature {
  readonly type: number;
  readonly algorithm: number;
  readonly hash: string | undefined;
  /** From the version to the end of the hashed subpackets: what is hashed behind the data. */
  readonly hashed: Buffer;
  readonly subpackets: ReadonlyMap<number, Buffer>;
  readonly unhashed: ReadonlyMap<number, Buffer>;
  /** The first two bytes of the digest, as the signature says. */
  readonly left: Buffer;
  readonly material: Buffer;
  /** Epoch seconds; null when it does not say. */
  readonly created: number | null;
  /** A subpacket that is critical and unknown here: nothing may rest on it. */
  readonly critical: boolean;
}

/** SHA-1, MD5, RIPEMD and SHA-224 are not accepted. */
const HASHES: Readonly<Record<number, string>> = { 8: 'sha256', 9: 'sha384', 10: 'sha512' };
export const SUBPACKET = {
  created: 2,
  signatureExpires: 3,
  keyExpires: 9,
  issuer: 16,
  keyFlags: 27,
  embedded: 32,
  fingerprint: 33,
} as const;
/** Known in the sense of the critical bit: read here, or without a bearing on whether the signature holds. */
const KNOWN = new Set([2, 3, 4, 5, 7, 9, 11, 16, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35]);

export function pgpSignature(body: Buffer): PgpSignature | undefined {
  if (body.length < 10 || body[0] !== 4) return undefined;
  const hashedEnd = 6 + body.readUInt16BE(4);
  if (hashedEnd + 2 > body.length) return undefined;
  const unhashedEnd = hashedEnd + 2 + body.readUInt16BE(hashedEnd);
  const subpackets = subpacketsOf(body.subarray(6, hashedEnd));
  const unhashed = subpacketsOf(body.subarray(hashedEnd + 2, unhashedEnd));
  if (unhashedEnd + 2 > body.length || subpackets === undefined || unhashed === undefined) return undefined;
  const created = subpackets.found.get(SUBPACKET.created);
  return {
    type: body[1] ?? 0,
    algorithm: body[2] ?? 0,
    hash: HASHES[body[3] ?? 0],
    hashed: body.subarray(0, hashedEnd),
    subpackets: subpackets.found,
    unhashed: unhashed.found,
    left: body.subarray(unhashedEnd, unhashedEnd + 2),
    material: body.subarray(unhashedEnd + 2),
    created: created?.length === 4 ? created.readUInt32BE() : null,
    critical: subpackets.critical,
  };
}

function subpacketsOf(bytes: Buffer): { found: ReadonlyMap<number, Buffer>; critical: boolean } | undefined {
  const found = new Map<number, Buffer>();
  let critical = false;
  for (let at = 0; at < bytes.length;) {
    const length = newLength(bytes, at);
    if (length === undefined || length.size < 1 || length.start + length.size > bytes.length) return undefined;
    const type = (bytes[length.start] ?? 0) & 0x7f;
    critical ||= !KNOWN.has(type) && (bytes[length.start] ?? 0) >= 0x80;
    if (!found.has(type)) found.set(type, bytes.subarray(length.start + 1, length.start + length.size));
    at = length.start + length.size;
  }
  return { found, critical };
}

/** The algorithm under which the signature holds over data, or undefined. */
export function pgpAlgorithmThatHolds(signature: PgpSignature, signer: PgpKey, data: Buffer): string | undefined {
  const { hash, hashed, critical } = signature;
  if (hash === undefined || critical || signer.key === undefined) return undefined;
  if (signature.algorithm !== signer.algorithm && !(isRsa(signature.algorithm) && isRsa(signer.algorithm)))
    return undefined;
  const length = Buffer.alloc(4);
  length.writeUInt32BE(hashed.length);
  const whole = Buffer.concat([data, hashed, Buffer.from([4, 0xff]), length]);
  const digest = createHash(hash).update(whole).digest();
  if (!digest.subarray(0, 2).equals(signature.left)) return undefined;
  switch (signer.key.asymmetricKeyType) {
    case 'rsa': {
      const bytes = Math.ceil((signer.key.asymmetricKeyDetails?.modulusLength ?? 0) / 8);
      const raw = padded(integers(signature.material, 1)?.[0], bytes);
      const held = raw === undefined ? undefined : algorithmThatHolds(signer.key, whole, raw, [hash]);
      return held?.startsWith('rsa-pkcs1') === true ? held : undefined;
    }
    case 'ec': {
      const raw = pairOf(
        signature.material,
        { prime256v1: 32, secp384r1: 48 }[signer.key.asymmetricKeyDetails?.namedCurve ?? ''] ?? 66,
      );
      return raw === undefined ? undefined : algorithmThatHolds(signer.key, whole, raw, [hash]);
    }
    case 'ed25519': {
      const raw = signature.algorithm === 27 ? signature.material : pairOf(signature.material, 32);
      // EdDSA in OpenPGP signs the digest, not the data.
      return raw === undefined ? undefined : algorithmThatHolds(signer.key, digest, raw);
    }
    default:
      return undefined;
  }
}

const isRsa = (algorithm: number): boolean => algorithm === 1 || algorithm === 3;

function pairOf(material: Buffer, bytes: number): Buffer | undefined {
  const [r, s] = integers(material, 2) ?? [];
  const [a, b] = [padded(r, bytes), padded(s, bytes)];
  return a === undefined || b === undefined ? undefined : Buffer.concat([a, b]);
}
