import { createHash, type X509Certificate } from 'node:crypto';
import { der, derElements, derInside, oidOf, type Der } from '../signature/der';
import { algorithmThatHolds, isApproved, spkiOf } from '../signature/public-key';
import { within, type Log, type SigstoreRoot } from './root';

const CODE_SIGNING = '1.3.6.1.5.5.7.3.3';
const SCT_LIST = '1.3.6.1.4.1.11129.2.4.2';
const SUBJECT_ALTERNATIVE_NAME = '2.5.29.17';
/** Fulcio's extensions: the issuer as a DER string, and as bare text in older certificates. */
const ISSUER = ['1.3.6.1.4.1.57264.1.8', '1.3.6.1.4.1.57264.1.1'] as const;

/** The issuers of a certificate up to the root under which all were valid at the time; undefined when there are none. */
export function chainTo(root: SigstoreRoot, leaf: X509Certificate, at: number): readonly X509Certificate[] | undefined {
  if (leaf.ca || !(leaf.keyUsage as readonly string[] | undefined)?.includes(CODE_SIGNING)) return undefined;
  for (const { chain, valid } of root.authorities) {
    if (within(valid, at) && leads(leaf, chain) && chain.every((one) => one.ca && isValidAt(one, at))) return chain;
  }
  return undefined;
}

/** Whether each issued the one before it. A root that was handed in may itself be issued by another: that is not asked. */
export function leads(leaf: X509Certificate, chain: readonly X509Certificate[]): boolean {
  const all = [leaf, ...chain];
  return all.every((one, i) => {
    const issuer = all[i + 1] ?? (i === 0 ? undefined : one);
    if (issuer === undefined || !isApproved(issuer.publicKey)) return false;
    if (i === all.length - 1) return true;
    return one.checkIssued(issuer) && one.verify(issuer.publicKey);
  });
}

export const isValidAt = (one: X509Certificate, at: number): boolean =>
  at >= Date.parse(one.validFrom) && at <= Date.parse(one.validTo);

interface Extension {
  readonly id: string;
  readonly raw: Uint8Array;
  readonly value: Uint8Array;
}

interface Taken {
  readonly before: readonly Der[];
  readonly extensions: readonly Extension[];
}

/** A certificate's to-be-signed part, its extensions apart. */
function taken(certificate: X509Certificate): Taken | undefined {
  const parts = derElements(derInside(certificate.raw)?.[0]?.content ?? new Uint8Array());
  const last = parts?.at(-1);
  if (parts === undefined || last?.tag !== 0xa3) return undefined;
  const extensions = (derElements(derElements(last.content)?.[0]?.content ?? new Uint8Array()) ?? []).map(
    ({ bytes, content }) => {
      const members = derElements(content) ?? [];
      const [id, value] = [members[0], members.at(-1)];
      return { id: oidOf(id?.content ?? new Uint8Array()), raw: bytes, value: value?.content ?? new Uint8Array() };
    },
  );
  return { before: parts.slice(0, -1), extensions };
}

/** Who the certificate says signed: the alternative name (an address, a workflow) and who vouched for it. */
export function identityOf(
  certificate: X509Certificate,
): { readonly subject: string; readonly issuer: string } | undefined {
  const extensions = taken(certificate)?.extensions ?? [];
  const find = (id: string): Uint8Array | undefined => extensions.find((one) => one.id === id)?.value;
  const names = derInside(find(SUBJECT_ALTERNATIVE_NAME) ?? new Uint8Array()) ?? [];
  const subjects = names.filter(({ tag }) => tag === 0x81 || tag === 0x86);
  const [modern, old] = ISSUER.map(find);
  const issuer = modern === undefined ? old : derElements(modern)?.[0]?.content;
  // With two names in it nobody could say which one was meant to be registered.
  if (subjects.length !== 1 || names.length !== 1 || issuer === undefined) return undefined;
  const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');
  return { subject: text(subjects[0]?.content ?? new Uint8Array()), issuer: text(issuer) };
}

interface Sct {
  readonly log: string;
  readonly at: number;
  readonly timestamp: Buffer;
  readonly extensions: Buffer;
  readonly signature: Buffer;
}

/**
 * Whether a certificate log that was handed in has signed for the certificate (RFC 6962 section 3.2, embedded SCT of a
 * precertificate). Null when there is none of a log that is known; false when one of a known log does not hold.
 */
export function isLogged(certificate: X509Certificate, issuer: X509Certificate, logs: readonly Log[]): boolean | null {
  const parts = taken(certificate);
  const list = parts?.extensions.find(({ id }) => id === SCT_LIST)?.value;
  const known = sctsOf(list).flatMap((sct) => {
    const log = logs.find(({ id }) => id === sct.log);
    return log === undefined ? [] : [{ sct, log }];
  });
  if (parts === undefined || known.length === 0) return null;
  const rest = parts.extensions.filter(({ id }) => id !== SCT_LIST).map(({ raw }) => raw);
  const tbs = der(0x30, ...parts.before.map(({ bytes }) => bytes), der(0xa3, der(0x30, ...rest)));
  const issuerKey = createHash('sha256').update(spkiOf(issuer.publicKey)).digest();
  return known.every(({ sct, log }) => {
    const length = Buffer.from([tbs.length >> 16, (tbs.length >> 8) & 0xff, tbs.length & 0xff]);
    const extensions = Buffer.concat([
      Buffer.from([sct.extensions.length >> 8, sct.extensions.length & 0xff]),
      sct.extensions,
    ]);
    // Version 1, certificate_timestamp; then the type of entry: precert_entry.
    const signed = [Buffer.from([0, 0]), sct.timestamp, Buffer.from([0, 1]), issuerKey, length, tbs, extensions];
    return within(log.valid, sct.at) && algorithmThatHolds(log.key, Buffer.concat(signed), sct.signature) !== undefined;
  });
}

function sctsOf(value: Uint8Array | undefined): readonly Sct[] {
  const inner = derElements(value ?? new Uint8Array())?.[0]?.content;
  const bytes = Buffer.from(inner ?? new Uint8Array());
  const found: Sct[] = [];
  for (let at = 2; at + 2 <= bytes.length && found.length < 16;) {
    const length = bytes.readUInt16BE(at);
    const sct = sctOf(bytes.subarray(at + 2, at + 2 + length));
    if (sct !== undefined) found.push(sct);
    at += 2 + length;
  }
  return found;
}

function sctOf(bytes: Buffer): Sct | undefined {
  if (bytes.length < 47 || bytes[0] !== 0) return undefined;
  const extensionsEnd = 43 + bytes.readUInt16BE(41);
  if (extensionsEnd + 4 > bytes.length) return undefined;
  return {
    log: bytes.subarray(1, 33).toString('base64'),
    at: Number(bytes.readBigUInt64BE(33)),
    timestamp: bytes.subarray(33, 41),
    extensions: bytes.subarray(43, extensionsEnd),
    signature: bytes.subarray(extensionsEnd + 4),
  };
}
