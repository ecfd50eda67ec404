import { heldCounts, type Counted } from '../../evidence/jira/held';
import { partRead, recordKey, type ShownPart, type ShownRecord } from '../../evidence/jira/shown';
import type { StandingRecord } from '../../evidence/jira/standing';
import type { JiraPartRead, JiraRecordKind } from '../../ledger/jira-entries';
import { MOST_HASHED_BYTES, type JiraRecords } from '../../ports/jira-records';
import type { Facts } from '../facts';

/** Everything that one reading brought. */
export interface ReadParts {
  readonly parts: ReadonlyMap<JiraRecordKind, ShownPart>;
  readonly outcomes: readonly JiraPartRead[];
  /** Kinds of which Jira counts more than is held, and those that it could not be asked about. */
  readonly more: readonly Counted[];
  readonly unchecked: readonly Counted[];
  readonly outstanding: number;
}

/** Reads every part, each by itself: one that cannot be read keeps none of the others away. */
export async function readParts(
  records: JiraRecords,
  facts: Facts,
  standing: ReadonlyMap<string, StandingRecord>,
): Promise<ReadParts> {
  const { issueId } = facts.snapshot;
  const { attachments, links, serviceDesk } = await records.onIssue(issueId);
  const hashed = await withHashes(records, attachments, standing);
  const parts = new Map<JiraRecordKind, ShownPart>([
    ['attachment', hashed.part],
    ['comment', await records.comments(issueId)],
    ['link', links],
    ['web-link', await records.webLinks(issueId)],
  ]);
  if (serviceDesk) parts.set('approval', await records.approvals(issueId));
  else if (attachments.because !== null)
    parts.set('approval', { items: [], because: 'Jira did not say whether there are any.' });
  const { more, unchecked } = await records.countsMoreThan(issueId, heldCounts(facts.entries));
  const outcomes = [
    ...[...parts].map(([kind, part]) => partRead(kind, part)),
    {
      part: 'development-counts' as const,
      complete: unchecked.length === 0,
      found: more.length,
      because: unchecked.length === 0 ? null : unchecked.map(({ kind, because }) => `${kind}: ${because}`).join(' '),
    },
  ];
  return {
    parts,
    outcomes,
    more,
    unchecked: unchecked.map(({ kind }) => kind),
    outstanding: outcomes.filter(({ complete }) => !complete).length + hashed.outstanding,
  };
}

/** What one reading hashes at most; the rest has its turn in the next. */
const MOST_FILES = 40;
const MOST_BYTES = 4 * MOST_HASHED_BYTES;

/** A file never changes under its id, so each is hashed once. Why one is not is part of what is recorded of it. */
async function withHashes(
  records: JiraRecords,
  { items, because }: ShownPart,
  standing: ReadonlyMap<string, StandingRecord>,
): Promise<{ readonly part: ShownPart; readonly outstanding: number }> {
  const done: ShownRecord[] = [];
  let [files, bytes, outstanding] = [0, 0, 0];
  for (const file of items) {
    const known = standing.get(recordKey(file))?.attributes['sha256'];
    const size = Number(file.attributes['size']);
    if (known !== undefined) {
      done.push(withAttribute(file, 'sha256', known));
      continue;
    }
    const later = size <= MOST_HASHED_BYTES && (files >= MOST_FILES || bytes + size > MOST_BYTES);
    const hash = later
      ? { because: 'There were many files at once: it has its turn in the next reading.' }
      : await records.hash(file.id, size);
    files += 1;
    bytes += size <= MOST_HASHED_BYTES ? size : 0;
    if ('sha256' in hash) done.push(withAttribute(file, 'sha256', hash.sha256));
    else {
      done.push(withAttribute(file, 'notHashed', hash.because));
      if (size <= MOST_HASHED_BYTES) outstanding += 1;
    }
  }
  return { part: { items: done, because }, outstanding };
}

const withAttribute = (record: ShownRecord, name: string, value: string): ShownRecord => ({
  ...record,
  attributes: { ...record.attributes, [name]: value },
});
