import { createHash, type KeyObject } from 'node:crypto';
import { algorithmThatHolds, publicKey } from './public-key';
import { SshWire } from './ssh-wire';

/** A public key in SSH's encoding (RFC 4253 section 6.6, RFC 5656, RFC 8709; OpenSSH's PROTOCOL.u2f for `sk-`). */
export interface SshKey {
  readonly type: string;
  readonly key: KeyObject;
  /** Of a key in a security token: what it was made for. */
  readonly application: Buffer | null;
}

const CURVES: Readonly<Record<string, readonly [jwk: string, bytes: number]>> = {
  nistp256: ['P-256', 32],
  nistp384: ['P-384', 48],
  nistp521: ['P-521', 66],
};

/** Undefined for what is no key, or none of an approved algorithm (DSA, short RSA). */
export function sshKey(blob: Uint8Array): SshKey | undefined {
  const wire = new SshWire(blob);
  const type = wire.text() ?? '';
  const token = /^sk-(.+)@openssh\.com$/.exec(type);
  const jwk = jwkOf(token?.[1] ?? type, wire);
  const application = token === null ? null : (wire.string() ?? null);
  if (jwk === undefined || !wire.ended()) return undefined;
  const key = publicKey({ key: jwk, format: 'jwk' });
  return key === undefined ? undefined : { type, key, application };
}

function jwkOf(type: string, wire: SshWire): ({ readonly kty: string } & Record<string, string>) | undefined {
  if (type === 'ssh-ed25519') return { kty: 'OKP', crv: 'Ed25519', x: wire.string()?.toString('base64url') ?? '' };
  if (type === 'ssh-rsa') {
    const [e, n] = [wire.string(), wire.string()];
    return { kty: 'RSA', e: e?.toString('base64url') ?? '', n: n?.toString('base64url') ?? '' };
  }
  const name = wire.text() ?? '';
  const [crv, bytes] = CURVES[name] ?? [];
  const point = wire.string();
  if (type !== `ecdsa-sha2-${name}` || crv === undefined || bytes === undefined) return undefined;
  if (point?.length !== 1 + 2 * bytes || point[0] !== 4) return undefined;
  const [x, y] = [point.subarray(1, 1 + bytes), point.subarray(1 + bytes)];
  return { kty: 'EC', crv, x: x.toString('base64url'), y: y.toString('base64url') };
}

/** SHA-256 fingerprint as `ssh-keygen -l` prints it. */
export const sshFingerprint = (blob: Uint8Array): string =>
  `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`;

/** The algorithm under which a signature blob holds, or undefined. ssh-rsa with SHA-1 never does. */
export function sshAlgorithmThatHolds(key: SshKey, data: Uint8Array, blob: Uint8Array): string | undefined {
  const wire = new SshWire(blob);
  const algorithm = wire.text() ?? '';
  const signature = wire.string();
  if (signature === undefined) return undefined;
  if (key.application !== null) {
    const held = algorithm === key.type ? tokenHolds(key, data, signature, wire) : undefined;
    return held === undefined ? undefined : `sk-${held}`;
  }
  if (!wire.ended()) return undefined;
  if (key.type === 'ssh-rsa') {
    const hash = { 'rsa-sha2-256': 'sha256', 'rsa-sha2-512': 'sha512' }[algorithm];
    const held = hash === undefined ? undefined : algorithmThatHolds(key.key, data, signature, [hash]);
    return held?.startsWith('rsa-pkcs1') === true ? held : undefined;
  }
  return algorithm === key.type ? algorithmThatHolds(key.key, data, inDer(key, signature)) : undefined;
}

/** A security token signs digests of application and data, its flags and a counter; a person must have touched it. */
function tokenHolds(key: SshKey, data: Uint8Array, signature: Buffer, wire: SshWire): string | undefined {
  const [flags, counter] = [wire.take(1), wire.take(4)];
  if (flags === undefined || counter === undefined || !wire.ended() || ((flags[0] ?? 0) & 1) === 0) return undefined;
  const digest = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();
  const signed = Buffer.concat([digest(key.application ?? Buffer.alloc(0)), flags, counter, digest(data)]);
  return algorithmThatHolds(key.key, signed, inDer(key, signature));
}

/** ECDSA's (r, s) are two SSH integers, whose content is that of DER integers. */
function inDer(key: SshKey, signature: Buffer): Buffer {
  if (key.key.asymmetricKeyType !== 'ec') return signature;
  const wire = new SshWire(signature);
  const [r, s] = [wire.string(), wire.string()];
  if (r === undefined || s === undefined || !wire.ended() || r.length > 67 || s.length > 67) return Buffer.alloc(0);
  const integer = (value: Buffer): Buffer => Buffer.concat([Buffer.from([2, value.length]), value]);
  const body = Buffer.concat([integer(r), integer(s)]);
  return Buffer.concat([Buffer.from(body.length < 0x80 ? [0x30, body.length] : [0x30, 0x81, body.length]), body]);
}
