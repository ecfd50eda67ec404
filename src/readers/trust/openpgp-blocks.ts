import { dearmored } from '../signature/base64';
import { about, signingKeys, TAG } from '../signature/openpgp/certificate';
import { packets, type Packet } from '../signature/openpgp/packets';
import { pgpKey, type PgpKey } from '../signature/openpgp/public-key';
import { pgpAlgorithmThatHolds, pgpSignature } from '../signature/openpgp/signature';
import { algorithmName } from '../signature/public-key';
import type { KeyInText, KeysInText } from './keys-in-text';
import type { KeyProblem, KeyProblemCode } from './problems';

const LABEL = 'PGP PUBLIC KEY BLOCK';
const BLOCK = /-----BEGIN PGP ([A-Z ]+)-----[\s\S]*?(?:-----END PGP \1-----|(?=-----BEGIN PGP )|$)/g;

/** The primary keys of armored OpenPGP blocks (RFC 4880, section 6.2), each with what proves that it may sign. */
export function openPgpKeys(text: string): KeysInText {
  const keys: KeyInText[] = [];
  const problems: KeyProblem[] = [];
  for (const [i, [block, kind = '']] of [...text.matchAll(BLOCK)].entries()) {
    const place = `block ${i + 1}`;
    const all = kind === 'PUBLIC KEY BLOCK' ? packets(dearmored(block, LABEL) ?? Buffer.alloc(0)) : undefined;
    const starts = (all ?? []).flatMap(({ tag }, at) => (tag === TAG.key ? [at] : []));
    if (kind !== 'PUBLIC KEY BLOCK') problems.push({ code: 'not-a-key', place });
    else if (all === undefined || starts[0] !== 0) problems.push({ code: 'damaged', place });
    for (const [k, start] of (starts[0] === 0 ? starts : []).entries()) {
      const read = certificateOf((all ?? []).slice(start, starts[k + 1]));
      const at = starts.length === 1 ? place : `${place}, key ${k + 1}`;
      if (typeof read === 'string') problems.push({ code: read, place: at });
      else keys.push({ ...read, place: at });
    }
  }
  return { keys, problems };
}

function certificateOf(all: readonly Packet[]): Omit<KeyInText, 'place'> | KeyProblemCode {
  const primary = pgpKey(all[0]?.body ?? Buffer.alloc(0));
  if (primary === undefined) return 'version-unknown';
  const kept = ownPart(primary, all);
  const material = armored(kept);
  const signing = signingKeys(material);
  if (signing.length === 0) return 'no-signing-key';
  if (signing.every(({ revoked }) => revoked)) return 'withdrawn';
  const algorithms = signing.flatMap(({ key }) => (key.key === undefined ? [] : [algorithmName(key.key)]));
  const userId = kept.find(({ tag }) => tag === TAG.userId)?.body.toString('utf8') ?? '';
  return {
    kind: 'openpgp',
    material,
    fingerprint: primary.fingerprint,
    algorithm: [...new Set(algorithms)].join(', '),
    namespaces: null,
    called: userId.slice(0, 200),
    principals: [],
    from: null,
    until: null,
  };
}

/** The keys, the names, and what the primary key itself says of them: no photographs, and nobody else's certifications. */
function ownPart(primary: PgpKey, [first, ...rest]: readonly Packet[]): readonly Packet[] {
  if (first === undefined) return [];
  const groups: { readonly part: Packet | undefined; readonly signatures: Packet[] }[] = [
    { part: undefined, signatures: [] },
  ];
  for (const packet of rest) {
    if (packet.tag === TAG.signature) groups.at(-1)?.signatures.push(packet);
    else groups.push({ part: packet, signatures: [] });
  }
  const kept = groups.flatMap(({ part, signatures }) => {
    if (part !== undefined && part.tag !== TAG.userId && part.tag !== TAG.subkey) return [];
    const own = signatures.filter(({ body }) => isOwn(primary, part, body));
    return part === undefined ? own : own.length === 0 ? [] : [part, ...own];
  });
  return [first, ...kept];
}

function isOwn(primary: PgpKey, part: Packet | undefined, body: Buffer): boolean {
  const signature = pgpSignature(body);
  return signature !== undefined && pgpAlgorithmThatHolds(signature, primary, about(primary, part)) !== undefined;
}

/** New-format packets with four-byte lengths (RFC 4880, section 4.2.2), in armor without the optional sum. */
function armored(kept: readonly Packet[]): string {
  const bytes = kept.map(({ tag, body }) => {
    const header = Buffer.alloc(6);
    header.writeUInt8(0xc0 | tag, 0);
    header.writeUInt8(0xff, 1);
    header.writeUInt32BE(body.length, 2);
    return Buffer.concat([header, body]);
  });
  const lines =
    Buffer.concat(bytes)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${LABEL}-----`, '', ...lines, `-----END ${LABEL}-----`, ''].join('\n');
}
