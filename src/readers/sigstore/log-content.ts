import { createHash, X509Certificate } from 'node:crypto';
import { preAuthenticationEncoding, type DsseEnvelope } from '../dsse/envelope';
import { base64 } from '../signature/base64';
import { publicKey, spkiOf } from '../signature/public-key';
import { listAt, textAt, valueAt } from '../members';
import type { Bundle, LogEntry } from './bundle';

/**
 * Whether the entry is about this signature, this certificate or key, and this content. Null for kinds that are not
 * known here, such as `intoto` 0.0.1: what they say was not compared.
 */
export function isAbout({ kind, version, body }: LogEntry, bundle: Bundle, signer: Buffer): boolean | null {
  const document = parsed(body);
  if (textAt(document, 'kind') !== kind || textAt(document, 'apiVersion') !== version) return false;
  const spec = valueAt(document, 'spec');
  switch (`${kind} ${version}`) {
    case 'hashedrekord 0.0.1':
      return hashedRekord(spec, bundle, signer);
    case 'dsse 0.0.1':
      return dsse(spec, bundle, signer);
    case 'intoto 0.0.2':
      return intoto(spec, bundle, signer);
    case 'hashedrekord 0.0.2':
      return hashedRekord2(valueAt(spec, 'hashedRekordV002'), bundle, signer);
    case 'dsse 0.0.2':
      return dsse2(valueAt(spec, 'dsseV002'), bundle, signer);
    default:
      return null;
  }
}

function hashedRekord(spec: unknown, { content }: Bundle, signer: Buffer): boolean {
  if (content.kind !== 'message') return false;
  return (
    base64(textAt(spec, 'signature', 'content'))?.equals(content.signature) === true &&
    isSigner(textAt(spec, 'signature', 'publicKey', 'content'), signer) &&
    textAt(spec, 'data', 'hash', 'value') === content.digest.toString('hex')
  );
}

function dsse(spec: unknown, { content }: Bundle, signer: Buffer): boolean {
  if (content.kind !== 'dsse') return false;
  const [one, ...more] = listAt(spec, 'signatures');
  const [ours] = content.envelope.signatures;
  return (
    more.length === 0 &&
    ours !== undefined &&
    base64(textAt(one, 'signature'))?.equals(ours.bytes) === true &&
    isSigner(textAt(one, 'verifier'), signer) &&
    isDigest(valueAt(spec, 'payloadHash'), content.envelope.payload)
  );
}

/** Its signature is base64 twice: of the text that the envelope has. */
function intoto(spec: unknown, { content }: Bundle, signer: Buffer): boolean {
  if (content.kind !== 'dsse') return false;
  const logged = valueAt(spec, 'content', 'envelope');
  const [one, ...more] = listAt(logged, 'signatures');
  const [ours] = content.envelope.signatures;
  return (
    more.length === 0 &&
    ours !== undefined &&
    textAt(logged, 'payloadType') === content.envelope.payloadType &&
    base64(base64(textAt(one, 'sig'))?.toString('latin1'))?.equals(ours.bytes) === true &&
    isSigner(textAt(one, 'publicKey'), signer) &&
    isDigest(valueAt(spec, 'content', 'payloadHash'), content.envelope.payload)
  );
}

/** Rekor 2 also logs an envelope so: by the digest of what its signature is over. */
function hashedRekord2(spec: unknown, { content }: Bundle, signer: Buffer): boolean {
  const digest = base64(textAt(spec, 'data', 'digest'));
  const ours = content.kind === 'message' ? content.signature : content.envelope.signatures[0]?.bytes;
  const hash = HASHES[textAt(spec, 'data', 'algorithm') ?? ''];
  if (ours === undefined || digest === undefined || hash === undefined) return false;
  const of =
    content.kind === 'message'
      ? textAt(spec, 'data', 'algorithm') === content.algorithm && digest.equals(content.digest)
      : digest.equals(createHash(hash).update(signedBytes(content.envelope)).digest());
  return of && isSigned(valueAt(spec, 'signature'), ours, signer);
}

function dsse2(spec: unknown, { content }: Bundle, signer: Buffer): boolean {
  const [one, ...more] = listAt(spec, 'signatures');
  const hash = HASHES[textAt(spec, 'payloadHash', 'algorithm') ?? ''];
  const digest = base64(textAt(spec, 'payloadHash', 'digest'));
  if (content.kind !== 'dsse' || more.length > 0 || hash === undefined || digest === undefined) return false;
  const [ours] = content.envelope.signatures;
  return (
    ours !== undefined &&
    digest.equals(createHash(hash).update(content.envelope.payload).digest()) &&
    isSigned(one, ours.bytes, signer)
  );
}

const HASHES: Readonly<Record<string, string>> = { SHA2_256: 'sha256', SHA2_384: 'sha384', SHA2_512: 'sha512' };

const signedBytes = ({ payloadType, payload }: DsseEnvelope): Buffer => preAuthenticationEncoding(payloadType, payload);

function isSigned(stated: unknown, ours: Buffer, signer: Buffer): boolean {
  const verifier = valueAt(stated, 'verifier');
  const raw = textAt(verifier, 'x509Certificate', 'rawBytes') ?? textAt(verifier, 'publicKey', 'rawBytes');
  return base64(textAt(stated, 'content'))?.equals(ours) === true && base64(raw)?.equals(signer) === true;
}

const isDigest = (stated: unknown, of: Buffer): boolean =>
  textAt(stated, 'algorithm') === 'sha256' && textAt(stated, 'value') === createHash('sha256').update(of).digest('hex');

/** The log keeps a certificate or a key as PEM in base64; `signer` is the certificate's or the key's DER. */
function isSigner(encoded: string | undefined, signer: Buffer): boolean {
  const pem = base64(encoded)?.toString('latin1') ?? '';
  if (pem.includes('BEGIN CERTIFICATE')) {
    try {
      return new X509Certificate(pem).raw.equals(signer);
    } catch {
      return false;
    }
  }
  const key = publicKey(pem);
  return key !== undefined && spkiOf(key).equals(signer);
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
