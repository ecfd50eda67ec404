import type { X509Certificate } from 'node:crypto';
import { base64 } from '../signature/base64';
import { dsseEnvelope, type DsseEnvelope } from '../dsse/envelope';
import { isMembers, listAt, textAt, valueAt } from '../members';
import { certificates } from './root';

/** A sigstore bundle, v0.1 to v0.3 (sigstore/protobuf-specs, sigstore_bundle.proto). */
export interface Bundle {
  readonly version: '0.1' | '0.2' | '0.3';
  /** The signing certificate first; empty for a bundle signed by a key of one's own. */
  readonly certificates: readonly X509Certificate[];
  /** A hint at the key; null when there is a certificate. */
  readonly keyHint: string | null;
  readonly entries: readonly LogEntry[];
  /** RFC 3161 time stamps in it. */
  readonly timestamps: readonly Buffer[];
  readonly content:
    | { readonly kind: 'dsse'; readonly envelope: DsseEnvelope }
    | { readonly kind: 'message'; readonly algorithm: string; readonly digest: Buffer; readonly signature: Buffer };
}

export interface LogEntry {
  readonly logId: string;
  readonly logIndex: bigint;
  readonly kind: string;
  readonly version: string;
  /** Epoch seconds; null when the log states none, as Rekor 2 does. */
  readonly integratedTime: number | null;
  readonly promise: Buffer | null;
  readonly proof: InclusionProof | null;
  readonly body: Buffer;
}

export interface InclusionProof {
  readonly index: bigint;
  readonly size: bigint;
  readonly root: Buffer;
  readonly hashes: readonly Buffer[];
  readonly checkpoint: string;
}

const MEDIA_TYPES: Readonly<Record<string, Bundle['version']>> = {
  'application/vnd.dev.sigstore.bundle+json;version=0.1': '0.1',
  'application/vnd.dev.sigstore.bundle+json;version=0.2': '0.2',
  'application/vnd.dev.sigstore.bundle+json;version=0.3': '0.3',
  'application/vnd.dev.sigstore.bundle.v0.3+json': '0.3',
};
const MAX_ENTRIES = 16;

export const looksLikeBundle = (value: unknown): boolean =>
  isMembers(value) && textAt(value, 'mediaType')?.startsWith('application/vnd.dev.sigstore.bundle') === true;

/** `version-unknown` for a media type that is none of these, `shape` when something that checking rests on is missing. */
export function bundleOf(value: unknown): Bundle | 'version-unknown' | 'shape' {
  const version = MEDIA_TYPES[textAt(value, 'mediaType') ?? ''];
  if (version === undefined) return 'version-unknown';
  const material = valueAt(value, 'verificationMaterial');
  const one = valueAt(material, 'certificate');
  const chain = certificates(one === undefined ? listAt(material, 'x509CertificateChain', 'certificates') : [one]);
  const keyHint = isMembers(valueAt(material, 'publicKey')) ? (textAt(material, 'publicKey', 'hint') ?? '') : null;
  const entries = listAt(material, 'tlogEntries').map(entryOf);
  const whole = entries.filter((entry) => entry !== undefined);
  const content = contentOf(value);
  const stamps = listAt(material, 'timestampVerificationData', 'rfc3161Timestamps');
  const timestamps = stamps.map((one) => base64(textAt(one, 'signedTimestamp')) ?? Buffer.alloc(0));
  if (chain === undefined || content === undefined || whole.length !== entries.length) return 'shape';
  if (whole.length > MAX_ENTRIES || timestamps.length > MAX_ENTRIES || (chain.length === 0) === (keyHint === null))
    return 'shape';
  return { version, certificates: chain, keyHint, entries: whole, timestamps, content };
}

function contentOf(value: unknown): Bundle['content'] | undefined {
  const [dsse, message] = [valueAt(value, 'dsseEnvelope'), valueAt(value, 'messageSignature')];
  if ((dsse === undefined) === (message === undefined)) return undefined;
  if (message === undefined) {
    const envelope = dsseEnvelope(dsse);
    // The protocol of bundles allows exactly one signature.
    return envelope?.signatures.length === 1 ? { kind: 'dsse', envelope } : undefined;
  }
  const digest = base64(textAt(message, 'messageDigest', 'digest'));
  const signature = base64(textAt(message, 'signature'));
  if (digest === undefined || signature === undefined) return undefined;
  return { kind: 'message', algorithm: textAt(message, 'messageDigest', 'algorithm') ?? '', digest, signature };
}

function entryOf(one: unknown): LogEntry | undefined {
  const body = base64(textAt(one, 'canonicalizedBody'));
  const logIndex = whole(valueAt(one, 'logIndex') ?? '0');
  const time = whole(valueAt(one, 'integratedTime') ?? '0');
  const [given, signed] = [valueAt(one, 'inclusionProof'), valueAt(one, 'inclusionPromise')];
  const proof = given === undefined ? null : proofOf(given);
  const promise = signed === undefined ? null : base64(textAt(signed, 'signedEntryTimestamp'));
  if (body === undefined || logIndex === undefined || time === undefined) return undefined;
  if (proof === undefined || promise === undefined) return undefined;
  return {
    logId: textAt(one, 'logId', 'keyId') ?? '',
    logIndex,
    kind: textAt(one, 'kindVersion', 'kind') ?? '',
    version: textAt(one, 'kindVersion', 'version') ?? '',
    integratedTime: time === 0n || time > 8_640_000_000_000n ? null : Number(time),
    promise,
    proof,
    body,
  };
}

function proofOf(given: unknown): InclusionProof | undefined {
  const [index, size] = [whole(valueAt(given, 'logIndex') ?? '0'), whole(valueAt(given, 'treeSize') ?? '0')];
  const root = base64(textAt(given, 'rootHash'));
  const hashes = listAt(given, 'hashes').map(base64);
  const known = hashes.filter((hash) => hash !== undefined);
  if (index === undefined || size === undefined || root === undefined || known.length !== hashes.length)
    return undefined;
  if (known.length > 64) return undefined;
  return { index, size, root, hashes: known, checkpoint: textAt(given, 'checkpoint', 'envelope') ?? '' };
}

/** Protobuf's JSON has 64-bit integers as strings. */
function whole(value: unknown): bigint | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? BigInt(value) : undefined;
  return typeof value === 'string' && /^\d{1,19}$/.test(value) ? BigInt(value) : undefined;
}
