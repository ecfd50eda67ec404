import { appendEntries, readLedger, type Draft } from '../../ledger/append';
import { CanonicalError } from '../../ledger/canonical';
import { LedgerError } from '../../ledger/read';
import type { Ports } from '../../ports/ports';
import { filesIn } from '../../providers/files';
import { writeDocument, type WrittenDocument } from '../../readers/document';
import type { Read, Reader } from '../../readers/reader';
import { readersTrusting, readFile } from '../../readers/readers';
import { foundInside, searched } from '../../readers/searched';
import { isDeliveryName } from '../intake/delivery';
import { readDelivery } from '../intake/read-delivery';
import { clearUnread } from '../intake/unread';
import { readTrust, settleTrust } from '../trust/store';
import { fileFact, foundDrafts, readDrafts, refusedDraft, type FileOf } from './drafts';
import { closeReading, MAX_BEGUN, noteBegun, noteEnded, openReading, type Reading } from './reading';
import { deleteStatements, storeStatements } from './statements';

/**
 * Reads the files that came whole with a delivery, for one change: what each states is stored, and the entry of the file
 * says so. Idempotent; may be broken off anywhere and called again. The entry is the commit point: the statements are
 * there before it, its signed facts stand in the ledger before it, and a file that has one is not read again.
 *
 * Rejects when the site could not answer now. A file that can never be read ends in an entry that says why.
 *
 * @param follow what has to follow for the change before its files count as read, such as barring authors.
 */
export async function readFiles(
  ports: Ports,
  delivery: string,
  issueId: string,
  follow: (issueId: string) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  if (!isDeliveryName(delivery) || !/^\d{1,30}$/.test(issueId)) {
    ports.log.error('files were not read', new Error(`${delivery} of ${issueId} names none`));
    return;
  }
  const stored = await readDelivery(ports, delivery);
  if (stored?.content === undefined) {
    // Its facts could not be recorded either, which the list of unexplained deliveries says.
    ports.log.error('files were not read', new Error(`${delivery} is not there or was altered`));
    return clearUnread(ports, delivery, issueId);
  }
  const { record, content } = stored;
  const known = new Set((await readLedger(ports.store, issueId)).map(({ entry }) => entry.fact));
  // A signature is judged once for good: never by keys that stand in storage and that nobody registered.
  await settleTrust(ports);
  const registered = await readTrust(ports, new Date(record.receivedAt));
  const readers = readersTrusting(registered.trust);
  for (const [index, file] of filesIn(record.source, content.body).entries()) {
    const of: FileOf = { issueId, delivery, index, file, record, registered };
    if (!known.has(fileFact(of))) await readOne(ports, of, readers);
    else await closeReading(ports, of);
  }
  await follow(issueId);
  await clearUnread(ports, delivery, issueId);
}

async function readOne(ports: Ports, of: FileOf, readers: readonly Reader[]): Promise<void> {
  const reading = await openReading(ports, of);
  if (reading.begun >= MAX_BEGUN) {
    await record(ports, of, [refusedDraft(ports, of, 'file', 'reading-broke-off')]);
    return closeReading(ports, of);
  }
  await noteBegun(ports, of, reading);
  const read = written(of, reading, readers);
  const digest = read.outcome === 'read' ? read.document.digest : undefined;
  // An earlier attempt, by another version or with other keys, may have stored what nobody will ever ask for.
  if (reading.digest !== undefined && reading.digest !== digest)
    await deleteStatements(ports, of.issueId, reading.digest);
  await noteEnded(ports, of, { salt: reading.salt, begun: 0, ...(digest === undefined ? {} : { digest }) });
  if (read.outcome === 'refused') {
    const found = foundDrafts(of, reading, foundInside(of.file.bytes));
    await record(ports, of, [...found, refusedDraft(ports, of, read.format, read.reason)]);
  } else await recordRead(ports, of, read, foundDrafts(of, reading, read.found));
  await closeReading(ports, of);
}

type Written =
  | { readonly outcome: 'refused'; readonly format: string; readonly reason: string }
  | {
      readonly outcome: 'read';
      readonly read: Extract<Read, { outcome: 'read' }>;
      readonly document: WrittenDocument;
      /** Rules by which a marking or a secret came to light in it. */
      readonly found: ReturnType<typeof searched>['found'];
    };

/** Everything that takes memory and time of its own. */
function written({ file }: FileOf, { salt }: Reading, readers: readonly Reader[]): Written {
  const read = readFile(
    { name: file.name, mediaType: file.mediaType, bytes: file.bytes, digest: file.digest },
    readers,
  );
  if (read.outcome === 'refused') return read;
  const safe = searched(read, file.bytes);
  try {
    return { outcome: 'read', ...safe, document: writeDocument(safe.read, salt) };
  } catch (failure) {
    if (failure instanceof CanonicalError) return { outcome: 'refused', format: read.format, reason: 'not-recordable' };
    throw failure;
  }
}

async function recordRead(
  ports: Ports,
  of: FileOf,
  { read, document }: Extract<Written, { outcome: 'read' }>,
  found: readonly Draft[],
): Promise<void> {
  const { issueId } = of;
  await storeStatements(ports, issueId, document.digest, document.text);
  const held = await record(ports, of, [...found, ...readDrafts(ports, of, read, document)]);
  // Somebody else read it first, with other keys or another version: nobody will ever ask for these.
  if (held !== document.digest) await deleteStatements(ports, issueId, document.digest);
}

/** Appends the entries of a file, its own last; answers the digest of the statements that the ledger now holds for it. */
async function record(ports: Ports, of: FileOf, drafts: readonly Draft[]): Promise<string | null> {
  const ledger = { store: ports.store, now: ports.clock.now() };
  try {
    const own = (await appendEntries(ledger, of.issueId, drafts)).at(-1)?.stored.entry;
    return own?.kind === 'file-read' ? own.body.statementsDigest : null;
  } catch (failure) {
    if (!isPermanent(failure)) throw failure;
    ports.log.error('a file was read and cannot be recorded', failure);
    await appendEntries(ledger, of.issueId, [refusedDraft(ports, of, 'file', 'not-recordable')]);
    return null;
  }
}

const isPermanent = (failure: unknown): boolean =>
  failure instanceof LedgerError && (failure.code === 'ENTRY_INVALID' || failure.code === 'ENTRY_TOO_LARGE');
