import { createHash, type X509Certificate } from 'node:crypto';
import { derElements, derInside, oidOf, type Der } from '../signature/der';
import { algorithmThatHolds } from '../signature/public-key';
import { certificateIn } from '../signature/x509';
import { isValidAt, leads } from './certificate';
import { within, type Authority } from './root';

const SIGNED_DATA = '1.2.840.113549.1.7.2';
const TST_INFO = '1.2.840.113549.1.9.16.1.4';
const CONTENT_TYPE = '1.2.840.113549.1.9.3';
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4';
/** id-kp-timeStamping, RFC 3161 section 2.3. */
export const TIME_STAMPING = '1.3.6.1.5.5.7.3.8';
const HASHES: Readonly<Record<string, string>> = {
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};
const TAG = { integer: 0x02, octets: 0x04, oid: 0x06, time: 0x18, sequence: 0x30, set: 0x31, context0: 0xa0 } as const;
const NOTHING = new Uint8Array();

/**
 * The time (epoch ms) at which an authority that was handed in saw the signature, by an RFC 3161 response in DER; null when
 * the stamp is of nobody known; false when it is of a known one and does not hold, or is of another signature.
 */
export function stampedAt(
  response: Uint8Array,
  signature: Uint8Array,
  authorities: readonly Authority[],
): number | null | false {
  const parsed = tokenOf(response);
  if (parsed === undefined) return false;
  const { info, attributes, serial, issuer, certificates } = parsed;
  const stamp = infoOf(info);
  if (stamp?.imprint.equals(createHash(stamp.hash).update(signature).digest()) !== true) return false;
  if (!attributesHold(parsed)) return false;
  // Signed is the set of attributes, whose tag in the message is another (RFC 5652 section 5.4).
  const signed = Buffer.concat([Buffer.from([TAG.set]), attributes.bytes.subarray(1)]);
  let known = false;
  for (const { chain, valid } of authorities) {
    for (const path of [chain, ...certificates.map((one) => [one, ...chain])]) {
      const [leaf, ...issuers] = path;
      if (leaf === undefined || issuers.length === 0 || !isNamed(leaf, serial, issuer)) continue;
      if (leaf.ca || !(leaf.keyUsage as readonly string[] | undefined)?.includes(TIME_STAMPING)) continue;
      if (!leads(leaf, issuers)) continue;
      known = true;
      const good = within(valid, stamp.at) && path.every((one) => isValidAt(one, stamp.at));
      const hashes = ['sha256', 'sha384', 'sha512'];
      if (good && algorithmThatHolds(leaf.publicKey, signed, parsed.signature, hashes) !== undefined) return stamp.at;
    }
  }
  return known ? false : null;
}

/** What an RFC 3161 token says and who is named as its signer; nothing of it is verified by reading it. */
export interface Token {
  readonly info: Uint8Array;
  readonly attributes: Der;
  readonly digestHash: string;
  readonly serial: Uint8Array;
  readonly issuer: Uint8Array;
  readonly signature: Uint8Array;
  readonly certificates: readonly X509Certificate[];
}

export function tokenOf(response: Uint8Array): Token | undefined {
  const [status, token] = derInside(response) ?? [];
  const granted = derElements(status?.content ?? NOTHING)?.[0]?.content;
  if (granted?.length !== 1 || (granted[0] ?? 2) > 1) return undefined;
  const [type, wrapped] = derElements(token?.content ?? NOTHING) ?? [];
  if (oidOf(type?.content ?? NOTHING) !== SIGNED_DATA) return undefined;
  const parts = derInside(wrapped?.content ?? NOTHING) ?? [];
  const [infoType, infoContent] = derElements(parts[2]?.content ?? NOTHING) ?? [];
  const info = derElements(infoContent?.content ?? NOTHING)?.[0];
  if (oidOf(infoType?.content ?? NOTHING) !== TST_INFO || info?.tag !== TAG.octets) return undefined;
  const signers = derElements(parts.at(-1)?.content ?? NOTHING) ?? [];
  const [, id, algorithm, attributes, , signature] = derElements(signers[0]?.content ?? NOTHING) ?? [];
  const [issuer, serial] = derElements(id?.content ?? NOTHING) ?? [];
  const digestHash = HASHES[oidOf(derElements(algorithm?.content ?? NOTHING)?.[0]?.content ?? NOTHING)];
  if (parts.at(-1)?.tag !== TAG.set || signers.length !== 1 || attributes?.tag !== TAG.context0) return undefined;
  if (serial?.tag !== TAG.integer || issuer === undefined || digestHash === undefined) return undefined;
  if (signature?.tag !== TAG.octets) return undefined;
  const embedded = parts.find(({ tag }) => tag === TAG.context0)?.content ?? NOTHING;
  return {
    info: info.content,
    attributes,
    digestHash,
    serial: serial.content,
    issuer: issuer.bytes,
    signature: signature.content,
    certificates: certificatesIn(embedded),
  };
}

function certificatesIn(bytes: Uint8Array): readonly X509Certificate[] {
  try {
    return (derElements(bytes) ?? []).slice(0, 8).map((one) => certificateIn(one.bytes));
  } catch {
    // Embedded certificates are a convenience: without them the ones that were handed in have to do.
    return [];
  }
}

/** The statement inside a token: RFC 3161 section 2.4.2, TSTInfo. */
export interface StampInfo {
  readonly hash: string;
  readonly imprint: Buffer;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly policy: string;
  /** Bytes of the numbers as DER holds them, in hexadecimal; the nonce is null where the authority repeated none. */
  readonly serial: string;
  readonly nonce: string | null;
}

export function infoOf(info: Uint8Array): StampInfo | undefined {
  const [, policy, imprint, serial, time, ...rest] = derInside(info) ?? [];
  const [algorithm, digest] = derElements(imprint?.content ?? NOTHING) ?? [];
  const hash = HASHES[oidOf(derElements(algorithm?.content ?? NOTHING)?.[0]?.content ?? NOTHING)];
  const text = Buffer.from(time?.content ?? NOTHING).toString('latin1');
  const [, year, month, day, hour, minute, second, fraction = ''] =
    /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d{1,9})?Z$/.exec(text) ?? [];
  if (hash === undefined || digest === undefined || time?.tag !== TAG.time || year === undefined) return undefined;
  const at = Date.parse(
    `${year}-${month ?? ''}-${day ?? ''}T${hour ?? ''}:${minute ?? ''}:${second ?? ''}${fraction.slice(0, 4)}Z`,
  );
  if (Number.isNaN(at) || policy?.tag !== TAG.oid || serial?.tag !== TAG.integer) return undefined;
  const nonce = rest.find(({ tag }) => tag === TAG.integer);
  return {
    hash,
    imprint: Buffer.from(digest.content),
    at,
    policy: oidOf(policy.content),
    serial: Buffer.from(serial.content).toString('hex'),
    nonce: nonce === undefined ? null : Buffer.from(nonce.content).toString('hex'),
  };
}

/** The attributes name the content's type and its digest, each once. */
function attributesHold({ attributes, info, digestHash }: Token): boolean {
  const found = (derElements(attributes.content) ?? []).map(({ content }) => derElements(content) ?? []);
  const value = (wanted: string): Uint8Array | undefined => {
    const named = found.filter(([type]) => oidOf(type?.content ?? NOTHING) === wanted);
    const values = derElements(named[0]?.[1]?.content ?? NOTHING) ?? [];
    return named.length === 1 && values.length === 1 ? values[0]?.content : undefined;
  };
  const digest = value(MESSAGE_DIGEST);
  return (
    oidOf(value(CONTENT_TYPE) ?? NOTHING) === TST_INFO &&
    digest !== undefined &&
    createHash(digestHash).update(info).digest().equals(digest)
  );
}

/** Whether the certificate is the one that the signer is named by: its issuer and serial number, as bytes. */
export function isNamed(certificate: X509Certificate, serial: Uint8Array, issuer: Uint8Array): boolean {
  const parts = derElements(derInside(certificate.raw)?.[0]?.content ?? NOTHING) ?? [];
  const [, number, , name] = parts[0]?.tag === TAG.context0 ? parts : [undefined, ...parts];
  return (
    number !== undefined &&
    name !== undefined &&
    Buffer.from(serial).equals(number.content) &&
    Buffer.from(issuer).equals(name.bytes)
  );
}
