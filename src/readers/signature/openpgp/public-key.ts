import { createHash, type KeyObject } from 'node:crypto';
import { publicKey } from '../public-key';
import { integers } from './packets';

/** A primary key or subkey, version 4. */
export interface PgpKey {
  readonly body: Buffer;
  readonly algorithm: number;
  /** Undefined for an algorithm that is not approved (DSA, ElGamal, short RSA, other curves). */
  readonly key: KeyObject | undefined;
  /** Epoch seconds. */
  readonly created: number;
  /** 40 hexadecimal digits, upper case. */
  readonly fingerprint: string;
}

/** Named in DER without tag and length. */
const CURVES: Readonly<Record<string, readonly [jwk: string, bytes: number]>> = {
  '2a8648ce3d030107': ['P-256', 32],
  '2b81040022': ['P-384', 48],
  '2b81040023': ['P-521', 66],
};
const ED25519_LEGACY = '2b06010401da470f01';

/** Reads the body of a key packet; undefined for versions other than 4. */
export function pgpKey(body: Buffer): PgpKey | undefined {
  if (body.length < 6 || body[0] !== 4 || body.length > 0xffff) return undefined;
  const algorithm = body[5] ?? 0;
  const jwk = jwkOf(algorithm, body.subarray(6));
  return {
    body,
    algorithm,
    key: jwk === undefined ? undefined : publicKey({ key: jwk, format: 'jwk' }),
    created: body.readUInt32BE(1),
    fingerprint: createHash('sha1').update(framed(body)).digest('hex').toUpperCase(),
  };
}

/** As a key goes into a fingerprint and into signatures over it (RFC 4880 section 12.2). */
export const framed = (body: Buffer): Buffer =>
  Buffer.concat([Buffer.from([0x99, body.length >> 8, body.length & 0xff]), body]);

const url = (bytes: Buffer | undefined): string => bytes?.toString('base64url') ?? '';

function jwkOf(algorithm: number, material: Buffer): ({ readonly kty: string } & Record<string, string>) | undefined {
  switch (algorithm) {
    case 1:
    case 3: {
      const [n, e] = integers(material, 2) ?? [];
      return { kty: 'RSA', n: url(n), e: url(e) };
    }
    case 19: {
      const [crv, bytes = 0] = CURVES[curveOf(material)] ?? [];
      const point = pointOf(material);
      if (crv === undefined || point?.length !== 1 + 2 * bytes || point[0] !== 4) return undefined;
      return { kty: 'EC', crv, x: url(point.subarray(1, 1 + bytes)), y: url(point.subarray(1 + bytes)) };
    }
    case 22: {
      const point = pointOf(material);
      if (curveOf(material) !== ED25519_LEGACY || point?.length !== 33 || point[0] !== 0x40) return undefined;
      return { kty: 'OKP', crv: 'Ed25519', x: url(point.subarray(1)) };
    }
    case 27:
      return material.length === 32 ? { kty: 'OKP', crv: 'Ed25519', x: url(material) } : undefined;
    default:
      return undefined;
  }
}

const curveOf = (material: Buffer): string => material.subarray(1, 1 + (material[0] ?? 0)).toString('hex');

const pointOf = (material: Buffer): Buffer | undefined => integers(material.subarray(1 + (material[0] ?? 0)), 1)?.[0];
