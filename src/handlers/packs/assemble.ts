import { judge } from '../../gate/judge';
import { appendEntry } from '../../ledger/append';
import type { StoredEntry } from '../../ledger/entry';
import { sha256Hex } from '../../ledger/hash';
import { HEALTH_CHAIN } from '../../ledger/keys';
import { inspectLedger } from '../../ledger/read';
import { assemblePack } from '../../pack/assemble';
import { FILES } from '../../pack/files';
import { keysNamed, keyVersionsNamed } from '../../pack/keys';
import { healthSegment } from '../../pack/health';
import type { PackFile } from '../../pack/input';
import { zipPack } from '../../pack/zip';
import type { Ports } from '../../ports/ports';
import { Disclosing } from '../disclosing';
import { withLedger } from '../facts';
import { recordMarkings } from '../markings';
import { peopleConcerned } from '../../pack/people';
import { rulesInForce } from '../people/store';
import { earlierPolicies } from '../policy/store';
import { readKeysParts } from '../trust/store';
import { APP_VERSION } from '../version';
import { readBeforeExport, readFromJiraPart } from './from-jira';
import { readMeetingParts } from './meeting-parts';
import { readRawDeliveries } from './raw-deliveries';
import { readStatementParts } from './statement-parts';
import { CHUNK_BYTES, chunkKeys, readPack, writePack, type PackRecord, type Sealed } from './record';
import { publishPack } from './publish';
import { whyNotExported } from './uncleared';
import { failPack, isTooOld } from './unfinished';

/** Steps before the first chunk: reading, judging, rendering. */
const STEPS_BEFORE_CHUNKS = 3;

/**
 * The job that assembles a pack. Idempotent: chunks are written first, then the ledger says which they are, then the
 * pack is ready. The ledger's entry is the commit point, and a pack has one: a job that comes late, twice or after a
 * kill ends with the same digest. A permanent failure is said in the record; a transient one is thrown.
 */
export async function assemble(ports: Ports, issueId: string, id: string): Promise<void> {
  const record = await readPack(ports, issueId, id);
  if (record === undefined || record.state === 'failed') return;
  if (record.state === 'ready') return publishPack(ports, record);
  const sealed = (await sealedInLedger(ports, record)) ?? (await make(ports, record));
  if (sealed === undefined) return;
  const total = STEPS_BEFORE_CHUNKS + sealed.chunks;
  const ready: PackRecord = { ...moved(ports, record, total, total, 'Ready'), state: 'ready', sealed };
  await writePack(ports, ready);
  await publishPack(ports, ready);
}

async function sealedInLedger(ports: Ports, { issueId, id }: PackRecord): Promise<Sealed | undefined> {
  const { entries } = await inspectLedger(ports.store, issueId);
  const stored = entries.find(({ entry }) => entry.fact === factOf(id));
  return stored === undefined ? undefined : sealedBy(stored);
}

async function make(ports: Ports, record: PackRecord): Promise<Sealed | undefined> {
  if (isTooOld(ports, record)) {
    const sentence =
      'This pack could not be made within a day. Assemble it again; if that fails too, tell your Jira admin.';
    await failPack(ports, record, 'gave-up', sentence);
    return undefined;
  }
  const report = (done: number, step: string) =>
    writePack(ports, moved(ports, record, done, STEPS_BEFORE_CHUNKS + 1, step));
  await report(0, 'Reading the change and its ledger');
  const snapshot = await ports.jira.readChange(record.issueId, 'whole');
  if (snapshot === undefined) {
    const sentence =
      'Jira does not show this change to the app any more, so no pack was made. A Jira admin can allow it under app access rules.';
    await failPack(ports, record, 'hidden', sentence);
    return undefined;
  }
  await readBeforeExport(ports, snapshot);
  // What stood there when it was asked for may have been edited, and files may have been read, since then.
  const uncleared = whyNotExported(await recordMarkings(ports, await withLedger(ports, snapshot)));
  if (uncleared !== undefined) {
    // Another job of this pack may have been there before.
    const sealed = await sealedInLedger(ports, record);
    if (sealed === undefined) await failPack(ports, record, 'marking-uncleared', uncleared.sentence);
    return sealed;
  }
  const { entries, breaks } = await inspectLedger(ports.store, record.issueId);
  const { policy, people: everybody } = await rulesInForce(ports);
  const policies = await earlierPolicies(ports, entries, policy);
  const { entries: checks } = await inspectLedger(ports.store, HEALTH_CHAIN);
  const meetings = await readMeetingParts(ports, entries);
  const keys = await readKeysParts(ports, keyVersionsNamed(entries), keysNamed(entries));
  const { parts: statements, logged } = await readStatementParts(ports, entries);
  const people = peopleConcerned(everybody, snapshot, entries, logged);
  await report(1, 'Reading the deliveries');
  const deliveries = await readRawDeliveries(ports, entries);
  await report(2, 'Writing the files');
  const files = assemblePack({
    appVersion: APP_VERSION,
    site: record.site,
    generatedAt: record.createdAt,
    exportedBy: record.by,
    snapshot,
    entries,
    policy,
    policies,
    people,
    verdict: judge(policy, { snapshot, entries, policies, people }, new Date(record.createdAt)),
    deliveries,
    health: healthSegment(checks, snapshot.createdAt),
    meetings,
    keys,
    fromJira: await readFromJiraPart(ports, record.issueId),
    statements,
    ledgerBreaks: breaks,
  });
  return seal(ports, record, files, entries.length);
}

/** Stores the pack and says in the ledger which it is; answers the one that the ledger holds. */
async function seal(ports: Ports, record: PackRecord, files: readonly PackFile[], covers: number): Promise<Sealed> {
  const zip = zipPack(files);
  const made: Sealed = {
    files: files.length,
    bytes: zip.length,
    chunks: chunksOf(zip.length),
    manifestDigest: manifestDigest(files),
  };
  const keys = chunkKeys(record.id, made);
  const total = STEPS_BEFORE_CHUNKS + keys.length;
  for (const [i, key] of keys.entries()) {
    const bytes = zip.subarray(i * CHUNK_BYTES, (i + 1) * CHUNK_BYTES);
    await ports.store.set(key, Buffer.from(bytes).toString('base64'));
    await writePack(ports, moved(ports, record, STEPS_BEFORE_CHUNKS + i, total, 'Storing the pack'));
  }
  const sealed = await announce(ports, record, made, covers);
  // Another job of this pack was first: nobody will ever ask for these bytes.
  if (sealed.manifestDigest !== made.manifestDigest) for (const key of keys) await ports.store.delete(key);
  return sealed;
}

async function announce(
  ports: Ports,
  { id, issueId, by }: PackRecord,
  { files, bytes, manifestDigest }: Sealed,
  covers: number,
): Promise<Sealed> {
  const disclosing = new Disclosing(ports.random);
  const { stored } = await appendEntry(
    { store: ports.store, now: ports.clock.now() },
    {
      chain: issueId,
      kind: 'pack-assembled',
      fact: factOf(id),
      body: {
        pack: id,
        manifestDigest,
        files,
        bytes,
        covers,
        by: disclosing.person(by.accountId, by.displayName),
      },
      disclosures: disclosing.disclosures,
    },
  );
  return sealedBy(stored);
}

const factOf = (id: string): string => `pack:${id}`;

const chunksOf = (bytes: number): number => Math.ceil(bytes / CHUNK_BYTES);

function sealedBy({ entry }: StoredEntry): Sealed {
  if (entry.kind !== 'pack-assembled') throw new Error(`entry ${entry.seq} of ${entry.chain} has the name of a pack`);
  const { files, bytes, manifestDigest } = entry.body;
  return { files, bytes, chunks: chunksOf(bytes), manifestDigest };
}

function manifestDigest(files: readonly PackFile[]): string {
  const manifest = files.find(({ name }) => name === FILES.checksums);
  if (manifest === undefined) throw new Error(`a pack without ${FILES.checksums}`);
  return sha256Hex(manifest.bytes);
}

const moved = (ports: Ports, record: PackRecord, done: number, total: number, step: string): PackRecord => ({
  ...record,
  state: 'assembling',
  progress: { done, total, step },
  movedAt: ports.clock.now().toISOString(),
});
