import { dearmored } from '../base64';
import { packets, type Packet } from './packets';
import { framed, pgpKey, type PgpKey } from './public-key';
import { pgpAlgorithmThatHolds, pgpSignature, SUBPACKET, type PgpSignature } from './signature';

/** A key that may sign data, with the time in which it may: epoch seconds, both included. */
export interface SigningKey {
  readonly key: PgpKey;
  readonly from: number;
  readonly until: number | null;
  /** Its owner withdrew it: it verifies nothing any more, whenever it was used. */
  readonly revoked: boolean;
}

export const TAG = { signature: 2, key: 6, userId: 13, subkey: 14, attribute: 17 } as const;
const TYPE = { binding: 0x18, embedded: 0x19, onKey: 0x1f, revokesKey: 0x20, revokesSubkey: 0x28 } as const;
const MAY_SIGN = 0x02;

/**
 * The keys of an armored block that may sign data: a primary key by its own word on a user id or itself, a subkey only
 * if the primary key binds it for signing and it signs back (RFC 4880 section 5.2.1, type 0x19), so that a subkey which
 * somebody else has attached counts for nothing.
 */
export function signingKeys(armored: string): readonly SigningKey[] {
  const all = packets(dearmored(armored, 'PGP PUBLIC KEY BLOCK') ?? Buffer.alloc(0)) ?? [];
  const starts = all.flatMap(({ tag }, i) => (tag === TAG.key ? [i] : []));
  return starts.flatMap((start, i) => ofOne(all.slice(start, starts[i + 1])));
}

function ofOne([first, ...rest]: readonly Packet[]): readonly SigningKey[] {
  const primary = first === undefined ? undefined : pgpKey(first.body);
  if (primary === undefined) return [];
  const found: SigningKey[] = [];
  const own: PgpSignature[] = [];
  let revoked = false;
  let part: Packet | undefined;
  const ofSubkey = new Map<Packet, PgpSignature[]>();
  for (const packet of rest) {
    if (packet.tag !== TAG.signature) {
      part = packet;
      continue;
    }
    const signature = pgpSignature(packet.body);
    if (signature === undefined || pgpAlgorithmThatHolds(signature, primary, about(primary, part)) === undefined)
      continue;
    if (signature.type === TYPE.revokesKey && part === undefined) revoked = true;
    else if (part?.tag === TAG.subkey) ofSubkey.set(part, [...(ofSubkey.get(part) ?? []), signature]);
    else if ((signature.type >= 0x10 && signature.type <= 0x13) || signature.type === TYPE.onKey) own.push(signature);
  }
  const word = latest(own);
  if (word !== undefined && maySign(word)) found.push({ ...spanOf(primary, word), revoked });
  for (const [packet, signatures] of ofSubkey) {
    const key = pgpKey(packet.body);
    const binding = latest(signatures.filter(({ type }) => type === TYPE.binding));
    if (key === undefined || binding === undefined || !maySign(binding) || !signsBack(primary, key, binding)) continue;
    const withdrawn = revoked || signatures.some(({ type }) => type === TYPE.revokesSubkey);
    found.push({ ...spanOf(key, binding), revoked: withdrawn });
  }
  return found;
}

/** What a signature inside a key block is about: the primary key and what stands before it. */
export function about(primary: PgpKey, part: Packet | undefined): Buffer {
  if (part === undefined) return framed(primary.body);
  if (part.tag === TAG.subkey) return Buffer.concat([framed(primary.body), framed(part.body)]);
  const prefix = Buffer.alloc(5);
  prefix[0] = part.tag === TAG.userId ? 0xb4 : 0xd1;
  prefix.writeUInt32BE(part.body.length, 1);
  return Buffer.concat([framed(primary.body), prefix, part.body]);
}

const latest = (signatures: readonly PgpSignature[]): PgpSignature | undefined =>
  signatures.reduce<PgpSignature | undefined>(
    (best, one) => (best === undefined || (one.created ?? 0) >= (best.created ?? 0) ? one : best),
    undefined,
  );

/** Old keys say nothing of their use; a key of a signing algorithm may then sign. */
function maySign({ subpackets }: PgpSignature): boolean {
  const flags = subpackets.get(SUBPACKET.keyFlags);
  return flags === undefined || ((flags[0] ?? 0) & MAY_SIGN) !== 0;
}

function signsBack(primary: PgpKey, key: PgpKey, binding: PgpSignature): boolean {
  const body = binding.subpackets.get(SUBPACKET.embedded) ?? binding.unhashed.get(SUBPACKET.embedded);
  const back = body === undefined ? undefined : pgpSignature(body);
  const data = Buffer.concat([framed(primary.body), framed(key.body)]);
  return back?.type === TYPE.embedded && pgpAlgorithmThatHolds(back, key, data) !== undefined;
}

function spanOf(key: PgpKey, { subpackets }: PgpSignature): Omit<SigningKey, 'revoked'> {
  const expires = subpackets.get(SUBPACKET.keyExpires);
  const seconds = expires?.length === 4 ? expires.readUInt32BE() : 0;
  return { key, from: key.created, until: seconds === 0 ? null : key.created + seconds };
}
