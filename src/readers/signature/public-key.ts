import { constants, createPublicKey, verify, type KeyObject } from 'node:crypto';

const CURVES: Readonly<Record<string, { readonly name: string; readonly hash: string; readonly bytes: number }>> = {
  prime256v1: { name: 'p256', hash: 'sha256', bytes: 32 },
  secp384r1: { name: 'p384', hash: 'sha384', bytes: 48 },
  secp521r1: { name: 'p521', hash: 'sha512', bytes: 66 },
};
/** FIPS 186-5 wants 2,048 bits at least; beyond 8,192 a single check costs too long. */
const RSA_BITS = { min: 2048, max: 8192 };

/** A public key of an algorithm that FIPS 186-5 approves (ECDSA, Ed25519, RSA), or undefined. Never throws. */
export function publicKey(source: Parameters<typeof createPublicKey>[0]): KeyObject | undefined {
  const key = anyPublicKey(source);
  return key !== undefined && isApproved(key) ? key : undefined;
}

/** A public key of any algorithm, or undefined. Never throws. */
export function anyPublicKey(source: Parameters<typeof createPublicKey>[0]): KeyObject | undefined {
  try {
    return createPublicKey(source);
  } catch {
    // What is no key verifies nothing; the caller says that the key is not among the registered.
    return undefined;
  }
}

/** `ed25519`, `ecdsa-p256`, `rsa-3072`; of an algorithm that is not approved what OpenSSL calls it. */
export function algorithmName(key: KeyObject): string {
  const { namedCurve = '', modulusLength = 0 } = key.asymmetricKeyDetails ?? {};
  switch (key.asymmetricKeyType) {
    case 'ec':
      return `ecdsa-${CURVES[namedCurve]?.name ?? namedCurve}`;
    case 'rsa':
    case 'rsa-pss':
      return `${key.asymmetricKeyType}-${modulusLength}`;
    default:
      return key.asymmetricKeyType ?? 'unknown';
  }
}

export function isApproved(key: KeyObject): boolean {
  const { namedCurve = '', modulusLength = 0 } = key.asymmetricKeyDetails ?? {};
  switch (key.asymmetricKeyType) {
    case 'ed25519':
      return true;
    case 'ec':
      return namedCurve in CURVES;
    case 'rsa':
    case 'rsa-pss':
      return modulusLength >= RSA_BITS.min && modulusLength <= RSA_BITS.max;
    default:
      return false;
  }
}

/** SHA-256 of the DER form in hexadecimal: the name of a key at sigstore and in most DSSE envelopes. */
export const spkiOf = (key: KeyObject): Buffer => key.export({ type: 'spki', format: 'der' });

/** The algorithm under which the signature holds, or undefined. `hashes` narrows what is tried for EC and RSA. */
export function algorithmThatHolds(
  key: KeyObject,
  data: Uint8Array,
  signature: Uint8Array,
  hashes?: readonly string[],
): string | undefined {
  if (!isApproved(key) || !mayBeOf(key, signature.length)) return undefined;
  if (key.asymmetricKeyType === 'ed25519') return holds(null, data, key, signature) ? 'ed25519' : undefined;
  return key.asymmetricKeyType === 'ec'
    ? ecdsaThatHolds(key, data, signature, hashes)
    : rsaThatHolds(key, data, signature, hashes ?? ['sha256', 'sha384', 'sha512']);
}

/** Whether a signature of this key can have so many bytes: what cannot need not be tried, however many there are. */
function mayBeOf(key: KeyObject, length: number): boolean {
  const { namedCurve = '', modulusLength = 0 } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType === 'ed25519') return length === 64;
  if (key.asymmetricKeyType !== 'ec') return length === Math.ceil(modulusLength / 8);
  // Two DER integers, each with a byte more for its sign, in a sequence whose length takes two bytes.
  const most = 2 * ((CURVES[namedCurve]?.bytes ?? 0) + 3) + 3;
  return length >= 8 && length <= most;
}

/** Both encodings of (r, s) are in use: DER in X.509 and sigstore, fixed length in DSSE's own vectors. */
function ecdsaThatHolds(key: KeyObject, data: Uint8Array, signature: Uint8Array, hashes?: readonly string[]) {
  const curve = CURVES[key.asymmetricKeyDetails?.namedCurve ?? ''];
  if (curve === undefined) return undefined;
  const encodings = signature.length === curve.bytes * 2 ? (['der', 'ieee-p1363'] as const) : (['der'] as const);
  for (const hash of hashes ?? [...new Set([curve.hash, 'sha256'])])
    for (const dsaEncoding of encodings)
      if (holds(hash, data, { key, dsaEncoding }, signature)) return `ecdsa-${curve.name}-${hash}`;
  return undefined;
}

function rsaThatHolds(key: KeyObject, data: Uint8Array, signature: Uint8Array, hashes: readonly string[]) {
  for (const hash of hashes) {
    const pss = { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_AUTO };
    if (holds(hash, data, pss, signature)) return `rsa-pss-${hash}`;
    if (key.asymmetricKeyType === 'rsa' && holds(hash, data, key, signature)) return `rsa-pkcs1-${hash}`;
  }
  return undefined;
}

function holds(
  hash: string | null,
  data: Uint8Array,
  key: Parameters<typeof verify>[2],
  signature: Uint8Array,
): boolean {
  try {
    return verify(hash, data, key, signature);
  } catch {
    // OpenSSL throws for a signature of no possible form: it does not hold.
    return false;
  }
}
