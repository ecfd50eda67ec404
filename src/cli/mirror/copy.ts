import { canonicalJson } from '../../ledger/canonical';
import { sha256Hex } from '../../ledger/hash';
import type { PublishedHead } from '../../ledger/published';

export const MIRROR_FORMAT = 'change-control-mirror/1';

export interface ChangeName {
  readonly issueId: string;
  readonly key: string;
}

/**
 * One thing that is kept outside. Its name and bytes depend on what it is alone, never on when or where it is copied, so
 * that copying it again is the same copy.
 */
export interface Copy {
  readonly kind: 'head' | 'pack' | 'time-stamp' | 'finding';
  /** A path of `[A-Za-z0-9._-]` and `/`. */
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  /** SHA-256 of the bytes, lower-case hexadecimal. */
  readonly sha256: string;
  readonly site: string;
  readonly change: ChangeName;
  /** What it says, for those that keep events instead of bytes. */
  readonly facts: Readonly<Record<string, string | number | null>>;
}

type Made = Pick<Copy, 'site' | 'change'>;

const copyOf = (made: Omit<Copy, 'sha256'>): Copy => ({ ...made, sha256: sha256Hex(made.bytes) });
const jsonBytes = (value: unknown): Uint8Array => new TextEncoder().encode(`${canonicalJson(value)}\n`);
const short = (digest: string): string => digest.slice(0, 16);

/** The record of a head: one line of RFC 8785 JSON that names site, change, length and last hash. */
export function headCopy({ site, change }: Made, published: PublishedHead): Copy {
  const { entries, head, pack } = published;
  return copyOf({
    kind: 'head',
    name: `heads/${change.issueId}/${String(entries).padStart(6, '0')}-${short(head)}${pack === null ? '' : `-${pack.number}`}.json`,
    mediaType: 'application/json',
    bytes: jsonBytes({ format: MIRROR_FORMAT, kind: 'head', site, issueId: change.issueId, entries, head, pack }),
    site,
    change,
    facts: { entries, head, packNumber: pack?.number ?? null, packManifestDigest: pack?.manifestDigest ?? null },
  });
}

export const packName = (issueId: string, sha256: string, fileName: string): string =>
  `packs/${issueId}/${short(sha256)}_${fileName}`;

export function packCopy(
  { site, change }: Made,
  pack: {
    readonly fileName: string;
    readonly bytes: Uint8Array;
    readonly manifestDigest: string | null;
    readonly entries: number;
    readonly head: string | null;
  },
): Copy {
  const { fileName, bytes, manifestDigest, entries, head } = pack;
  return copyOf({
    kind: 'pack',
    name: packName(change.issueId, sha256Hex(bytes), fileName),
    mediaType: 'application/zip',
    bytes,
    site,
    change,
    facts: { fileName, manifestDigest, entries, head },
  });
}

export function stampCopy(head: Copy, response: Uint8Array, facts: Copy['facts']): Copy {
  return copyOf({
    kind: 'time-stamp',
    name: `${head.name.replace(/\.json$/, '')}.${short(sha256Hex(response))}.tsr`,
    mediaType: 'application/timestamp-reply',
    bytes: response,
    site: head.site,
    change: head.change,
    facts,
  });
}

export function findingCopy({ site, change }: Made, code: string, sentence: string): Copy {
  const bytes = jsonBytes({ format: MIRROR_FORMAT, kind: 'finding', site, ...change, code, sentence });
  return copyOf({
    kind: 'finding',
    name: `findings/${change.issueId}/${code}-${short(sha256Hex(bytes))}.json`,
    mediaType: 'application/json',
    bytes,
    site,
    change,
    facts: { code, sentence },
  });
}

/** The copy as an event: everything but the bytes. */
export const eventOf = ({ kind, name, sha256, bytes, site, change, facts }: Copy) => ({
  format: MIRROR_FORMAT,
  kind,
  site,
  change: change.key,
  issueId: change.issueId,
  name,
  sha256,
  size: bytes.length,
  ...facts,
});
