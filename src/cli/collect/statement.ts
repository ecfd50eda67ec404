import type { EvidenceKind } from '../../evidence/item';
import type { Envelope } from '../../providers/pipeline/envelope';
import type { Gathered } from './envelopes';
import { bytesOf } from './pieces';
import type { Report } from './report';

/** The form of the document below, so that a later one can be told apart. */
const VERSION = 1;
/** What fits into one piece beside the rest. */
const MAX_LISTED_PIECES = 1_000;

/**
 * The document that goes first: from where to where was gathered and how that is known, how much there is of what, what was
 * sought and not got, and which pieces follow under which keys, so that one that never came is noticed. The same facts make
 * the same document: no time is in it.
 */
export function statementOf(
  gathered: Gathered,
  { report, following }: { readonly report: Report; readonly following: readonly Envelope[] },
): Envelope {
  const { change, claimedAt, repository, runner } = gathered;
  const of = following.length + 1;
  const document = {
    collection: VERSION,
    change,
    repository: repository ?? null,
    environment: gathered.environment ?? null,
    run: runner === undefined ? null : { system: runner.system, ...runner.run },
    branch: runner?.branch ?? null,
    base: gathered.base ?? null,
    head: gathered.head ?? null,
    commits: gathered.commits.length,
    signatures: countsOf(gathered.commits.map(({ envelope: { signature } }) => signature)),
    pullRequests: gathered.pullRequests.map(({ facts: { id }, reviews }) => ({ id, reviews: reviews.length })),
    missing: report.missing.map(({ what, why }) => ({ what, why })),
    notes: report.notes,
    pieces: following.slice(0, MAX_LISTED_PIECES).map((piece, i) => ({
      number: i + 2,
      of,
      kind: piece.kind,
      entries: entriesOf(piece),
      key: piece.idempotencyKey,
    })),
  };
  return {
    change,
    kind: 'document',
    title: titleOf(gathered, report),
    ...(repository === undefined ? {} : { repository }),
    ...(runner === undefined ? {} : { run: runner.run }),
    contents: [{ name: 'collection.json', mediaType: 'application/json', text: JSON.stringify(document, null, 2) }],
    claimedAt,
  };
}

function titleOf({ commits, pullRequests }: Gathered, { missing }: Report): string {
  const counted = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`;
  const lacking = missing.length === 0 ? '' : `, ${missing.length} missing`;
  return `Collected: ${counted(commits.length, 'commit')}, ${counted(pullRequests.length, 'pull request')}${lacking}`;
}

/** The same for the app: each kind of evidence that is left out, with why. Nothing when nothing is. */
export function notObtainedOf({ change, claimedAt, runner }: Gathered, { missing }: Report): readonly Envelope[] {
  const reasons = new Map<EvidenceKind, string>();
  for (const { what, why, kinds } of missing)
    for (const kind of kinds) if (!reasons.has(kind)) reasons.set(kind, `${what}: ${why}`.slice(0, 500));
  if (reasons.size === 0) return [];
  const notObtained = Array.from(reasons, ([kind, because]) => ({ kind, because }));
  return [
    { change, kind: 'not-obtained', notObtained, claimedAt, ...(runner === undefined ? {} : { run: runner.run }) },
  ];
}

export function countsOf(words: readonly string[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** How many facts a piece is about. */
export function entriesOf({ kind, commits = [], artifacts = [], contents = [], notObtained }: Envelope): number {
  if (notObtained !== undefined) return notObtained.length;
  if (kind === 'commit' || kind === 'commit-signature') return commits.length;
  const isOfFiles = artifacts.length + contents.length > 0 && !kind.startsWith('deployment');
  return isOfFiles ? artifacts.length + contents.length : 1;
}

export const sizeOf = (envelope: Envelope): number => bytesOf(envelope);
