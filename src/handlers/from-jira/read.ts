import { newsOf, partsNews } from '../../evidence/jira/news';
import { lastParts, standingRecords } from '../../evidence/jira/standing';
import type { StoredEntry } from '../../ledger/entry';
import { appendInTurn } from '../../ledger/append';
import { jiraChain, jiraReadingKey } from '../../ledger/keys';
import { inspectLedger, LedgerError } from '../../ledger/read';
import type { JiraRecords } from '../../ports/jira-records';
import type { Ports } from '../../ports/ports';
import { withLedger, type Facts } from '../facts';
import { namingSalt } from '../naming-salt';
import { settleDiscrepancies } from './discrepancies';
import { readingDrafts } from './drafts';
import { evidenceCount, readingDue, type Occasion } from './due';
import { readNote, type ReadingNote } from './note';
import { readParts, type ReadParts } from './parts';

/**
 * As `readFromJira`, where it is due; nothing where the app was not given the port, as nobody who waits is. Answers the
 * facts as they are afterwards.
 */
export async function readFromJiraIfDue(ports: Ports, facts: Facts, occasion: Occasion): Promise<Facts> {
  if (ports.records === undefined) return facts;
  const note = await readNote(ports, facts.snapshot.issueId);
  if (!readingDue(note, facts, ports.clock.now(), occasion)) return facts;
  const added = await readFromJira(ports, ports.records, facts);
  return added ? withLedger(ports, facts.snapshot) : facts;
}

/**
 * Reads what Jira holds of a change beside its fields and brings two ledgers up to it: that named `jira-<issue id>` with
 * what is new, changed or gone, and the change's own with what should not be so. Idempotent. Fails closed: what could
 * not be read is recorded as such and is nowhere taken for gone. The note of the reading comes last. Answers whether the
 * change's own ledger has more entries now.
 *
 * @throws LedgerError or what the storage threw: the job is delivered again.
 */
export async function readFromJira(ports: Ports, records: JiraRecords, facts: Facts): Promise<boolean> {
  const { read, chain } = await readAndRecord(ports, records, facts);
  const added = await settleDiscrepancies(ports, facts, standingRecords(chain), read);
  const note: ReadingNote = {
    readAt: ports.clock.now().toISOString(),
    updatedAt: facts.snapshot.updatedAt ?? null,
    parts: [...read.outcomes],
    outstanding: read.outstanding,
    more: [...read.more],
    evidence: evidenceCount(facts),
  };
  await ports.store.set(jiraReadingKey(facts.snapshot.issueId), note);
  return added;
}

const ATTEMPTS = 3;

/** Jira is read again whenever another reading was recorded meanwhile: an older look must not overrule a newer one. */
async function readAndRecord(
  ports: Ports,
  records: JiraRecords,
  facts: Facts,
): Promise<{ readonly read: ReadParts; readonly chain: readonly StoredEntry[] }> {
  const { issueId } = facts.snapshot;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const { entries } = await inspectLedger(ports.store, jiraChain(issueId));
    const standing = standingRecords(entries);
    const read = await readParts(records, facts, standing);
    const news = newsOf(standing, read.parts, namingSalt(facts));
    const changed = partsNews(lastParts(entries), read.outcomes);
    if (news.found.length + news.gone.length + changed.length === 0) return { read, chain: entries };
    const readAt = ports.clock.now().toISOString();
    const reading = { readAt, parts: read.outcomes, news, viewer: null };
    const drafts = readingDrafts(ports.random, facts, reading, nextSeq(entries));
    const added = await appendInTurn({ store: ports.store, now: ports.clock.now() }, jiraChain(issueId), drafts);
    if (added !== undefined) return { read, chain: [...entries, ...added] };
  }
  throw new LedgerError('LEDGER_BUSY', `other readings of ${issueId} got in first; try again`);
}

export const nextSeq = (entries: readonly StoredEntry[]): number => (entries.at(-1)?.entry.seq ?? -1) + 1;
