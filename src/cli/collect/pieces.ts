import { canonicalJson } from '../../ledger/canonical';
import { sha256Hex } from '../../ledger/hash';
import { MAX_LISTED, type Envelope } from '../../providers/pipeline/envelope';
import { MAX_CONTENTS } from '../../providers/pipeline/parts';

/** Below what every proxy on the way lets through, and below a queue's 200 KB. A single file that is larger goes alone. */
export const MAX_PIECE_BYTES = 190_000;
/** What the intake takes at most, with room for what a JSON text adds. */
export const MAX_BODY_BYTES = 5 * 1024 * 1024;
/** What the members around a list may grow by when an idempotency key is added. */
const KEY_BYTES = 200;

/**
 * Cuts an envelope whose commits or artifacts are too many for one body into several of the same kind, in order, each of
 * at most 190,000 bytes and 1,000 entries, and names each by what it states: sending them again, also from another run of
 * this program with the same facts, adds nothing. A single entry that is larger is sent alone.
 */
export function pieces(envelope: Envelope): readonly Envelope[] {
  const { commits = [], artifacts = [], ...rest } = envelope;
  if (envelope.kind === 'commit')
    return cut(commits, bytesOf(rest), MAX_LISTED).map((some) => keyed({ ...rest, commits: some }));
  if (artifacts.length === 0 || envelope.kind.startsWith('deployment')) return [keyed(envelope)];
  const around = bytesOf({ ...rest, commits });
  return cut(artifacts, around, MAX_LISTED).map((some) =>
    keyed({ ...rest, ...(commits.length === 0 ? {} : { commits }), artifacts: some }),
  );
}

/**
 * Puts statements that differ in what they list alone into one another while they fit into a piece: signatures with their
 * objects, and small files of one kind.
 */
export function joinedUp(envelopes: readonly Envelope[]): readonly Envelope[] {
  const out: Envelope[] = [];
  for (const envelope of envelopes) {
    const last = out.at(-1);
    const both = last === undefined ? undefined : joinedWith(last, envelope);
    if (both === undefined) out.push(envelope);
    else out[out.length - 1] = both;
  }
  return out;
}

function joinedWith(one: Envelope, other: Envelope): Envelope | undefined {
  const [contents, more] = [one.contents ?? [], other.contents ?? []];
  if (contents.length === 0 || more.length === 0 || contents.length + more.length > MAX_CONTENTS) return undefined;
  const isOfSignatures = one.kind === 'commit-signature';
  const around = (of: Envelope) =>
    canonicalJson({ ...of, contents: null, commits: isOfSignatures ? null : (of.commits ?? null) });
  if (around(one) !== around(other)) return undefined;
  const listed = isOfSignatures ? { commits: [...(one.commits ?? []), ...(other.commits ?? [])] } : {};
  const both = { ...one, ...listed, contents: [...contents, ...more] };
  return bytesOf(both) + KEY_BYTES > MAX_PIECE_BYTES ? undefined : both;
}

function cut<T>(entries: readonly T[], around: number, most: number): T[][] {
  const cuts: T[][] = [];
  let bytes = Infinity;
  for (const entry of entries) {
    const size = bytesOf(entry) + 1;
    const last = cuts.at(-1);
    if (last === undefined || bytes + size > MAX_PIECE_BYTES || last.length >= most) {
      cuts.push([entry]);
      bytes = around + KEY_BYTES + size;
    } else {
      last.push(entry);
      bytes += size;
    }
  }
  return cuts;
}

export const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

const keyed = (envelope: Envelope): Envelope => ({
  ...envelope,
  idempotencyKey: sha256Hex(canonicalJson({ ...envelope, claimedAt: null })),
});
