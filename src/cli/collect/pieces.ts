import { canonicalJson } from '../../ledger/canonical';
import { sha256Hex } from '../../ledger/hash';
import { MAX_LISTED, type Envelope } from '../../providers/pipeline/envelope';

/** Below what every proxy on the way lets through, and below a queue's 200 KB. */
export const MAX_PIECE_BYTES = 190_000;

/**
 * Cuts an envelope whose commits or artifacts are too many for one body into several of the same kind, in order, each of
 * at most 190,000 bytes and 1,000 entries, and names each by what it states: sending them again, also from another run of
 * this program with the same facts, adds nothing. A single entry that is larger is sent alone.
 */
export function pieces(envelope: Envelope): readonly Envelope[] {
  const { commits = [], artifacts = [], ...rest } = envelope;
  if (envelope.kind === 'commit')
    return cut(commits, JSON.stringify(rest).length).map((some) => keyed({ ...rest, commits: some }));
  if (artifacts.length === 0) return [keyed(envelope)];
  const around = JSON.stringify({ ...rest, commits }).length;
  return cut(artifacts, around).map((some) =>
    keyed({ ...rest, ...(commits.length === 0 ? {} : { commits }), artifacts: some }),
  );
}

function cut<T>(entries: readonly T[], around: number): T[][] {
  const cuts: T[][] = [];
  let bytes = Infinity;
  for (const entry of entries) {
    const size = Buffer.byteLength(JSON.stringify(entry)) + 1;
    const last = cuts.at(-1);
    if (last === undefined || bytes + size > MAX_PIECE_BYTES || last.length >= MAX_LISTED) {
      cuts.push([entry]);
      bytes = around + 200 + size;
    } else {
      last.push(entry);
      bytes += size;
    }
  }
  return cuts;
}

const keyed = (envelope: Envelope): Envelope => ({
  ...envelope,
  idempotencyKey: sha256Hex(canonicalJson({ ...envelope, claimedAt: null })),
});
