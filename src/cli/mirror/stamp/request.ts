import { createHash } from 'node:crypto';
import { der } from '../../../readers/signature/der';

const TAG = { boolean: 0x01, integer: 0x02, octets: 0x04, oid: 0x06, sequence: 0x30 } as const;
/** AlgorithmIdentifier of SHA-256 with NULL parameters (RFC 5754 section 2.2). */
const SHA_256 = Buffer.from('300d06096086480165030402010500', 'hex');

/**
 * A TimeStampReq in DER (RFC 3161 section 2.4.1) for the SHA-256 of the data, with a nonce, asking for the authority's
 * certificate.
 *
 * @param nonce 8 bytes or more; the first below 0x80 and not 0, so that it is the number's DER as it stands.
 */
export function stampRequest(data: Uint8Array, nonce: Uint8Array, policy: string | undefined): Buffer {
  const digest = createHash('sha256').update(data).digest();
  return der(
    TAG.sequence,
    der(TAG.integer, Buffer.from([1])),
    der(TAG.sequence, SHA_256, der(TAG.octets, digest)),
    ...(policy === undefined ? [] : [der(TAG.oid, oidContent(policy))]),
    der(TAG.integer, nonce),
    der(TAG.boolean, Buffer.from([0xff])),
  );
}

/** An object identifier: at least two arcs, each within 2^28. */
export const isOid = (text: string): boolean =>
  /^[0-2](\.(0|[1-9]\d{0,8}))+$/.test(text) && text.split('.').every((arc) => Number(arc) < 2 ** 28);

function oidContent(oid: string): Buffer {
  const [first = 0, second = 0, ...rest] = oid.split('.').map(Number);
  return Buffer.from([first * 40 + second, ...rest].flatMap(base128));
}

function base128(value: number): number[] {
  const digits = [value & 0x7f];
  for (let left = value >>> 7; left > 0; left >>>= 7) digits.unshift((left & 0x7f) | 0x80);
  return digits;
}
