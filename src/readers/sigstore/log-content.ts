import { createHash, X509Certificate } from 'node:crypto';
import { base64 } from '../signature/base64';
import { publicKey, spkiOf } from '../signature/public-key';
import { listAt, textAt, valueAt } from '../members';
import type { Bundle, LogEntry } from './bundle';

/**
 * Whether the entry is about this signature, this certificate or key, and this content. Null for kinds that are not
 * known here (`intoto` 0.0.1, Rekor 2's): what they say was not compared.
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
