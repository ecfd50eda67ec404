import { judge } from '../../gate/judge';
import { appendEntry } from '../../ledger/append';
import { packChunkKey } from '../../ledger/keys';
import { sha256Hex } from '../../ledger/hash';
import { inspectLedger } from '../../ledger/read';
import { assemblePack } from '../../pack/assemble';
import { FILES } from '../../pack/files';
import type { PackFile } from '../../pack/input';
import { zipPack } from '../../pack/zip';
import type { Ports } from '../../ports/ports';
import { Disclosing } from '../disclosing';
import { policyInForce } from '../facts';
import { APP_VERSION } from '../version';
import { readRawDeliveries } from './raw-deliveries';
import { CHUNK_BYTES, readPack, writePack, type PackRecord } from './record';

/** Steps before the first chunk: reading, judging, rendering. */
const STEPS_BEFORE_CHUNKS = 3;

/**
 * The job that assembles a pack. Idempotent: chunks are written first, then the record is sealed with their digest (from
 * then on they never change), then the ledger says so, then the pack is ready. Killed anywhere, the next delivery of the
 * job goes on from the seal or starts over. A permanent failure is said in the record; a transient one is thrown.
 */
export async function assemble(ports: Ports, issueId: string, id: string): Promise<void> {
  const record = await readPack(ports, issueId, id);
  if (record === undefined || record.state === 'ready' || record.state === 'failed') return;
  const sealed = record.state === 'sealed' ? record : await seal(ports, record);
  if (sealed === undefined) return;
  await announce(ports, sealed);
  await writePack(ports, { ...sealed, state: 'ready', progress: finished(sealed) });
}

async function seal(ports: Ports, record: PackRecord): Promise<PackRecord | undefined> {
  const report = (done: number, total: number, step: string) =>
    writePack(ports, { ...record, state: 'assembling', progress: { done, total, step } });
  await report(0, STEPS_BEFORE_CHUNKS + 1, 'Reading the change and its ledger');
  const snapshot = await ports.jira.readChange(record.issueId);
  if (snapshot === undefined) {
    await fail(ports, record, 'hidden', 'Jira does not show this change to the app any more, so no pack was made.');
    return undefined;
  }
  const { entries, breaks } = await inspectLedger(ports.store, record.issueId);
  const policy = policyInForce();
  await report(1, STEPS_BEFORE_CHUNKS + 1, 'Reading the deliveries');
  const deliveries = await readRawDeliveries(ports, entries);
  await report(2, STEPS_BEFORE_CHUNKS + 1, 'Writing the files');
  const files = assemblePack({
    appVersion: APP_VERSION,
    site: record.site,
    generatedAt: record.createdAt,
    exportedBy: record.by,
    snapshot,
    entries,
    policy,
    verdict: judge(policy, { snapshot, entries }, new Date(record.createdAt)),
    deliveries,
    ledgerBreaks: breaks,
  });
  return store(ports, record, files, entries.length);
}

async function store(
  ports: Ports,
  record: PackRecord,
  files: readonly PackFile[],
  covers: number,
): Promise<PackRecord> {
  const zip = zipPack(files);
  const chunks = Math.ceil(zip.length / CHUNK_BYTES);
  const total = STEPS_BEFORE_CHUNKS + chunks;
  for (let i = 0; i < chunks; i += 1) {
    const bytes = zip.subarray(i * CHUNK_BYTES, (i + 1) * CHUNK_BYTES);
    await ports.store.set(packChunkKey(record.id, i), Buffer.from(bytes).toString('base64'));
    await writePack(ports, {
      ...record,
      state: 'assembling',
      progress: { done: STEPS_BEFORE_CHUNKS + i, total, step: 'Storing the pack' },
    });
  }
  const sealed: PackRecord = {
    ...record,
    state: 'sealed',
    progress: { done: total - 1, total, step: 'Recording the pack in the ledger' },
    sealed: { files: files.length, bytes: zip.length, chunks, manifestDigest: manifestDigest(files), covers },
  };
  await writePack(ports, sealed);
  return sealed;
}

function manifestDigest(files: readonly PackFile[]): string {
  const manifest = files.find(({ name }) => name === FILES.checksums);
  if (manifest === undefined) throw new Error(`a pack without ${FILES.checksums}`);
  return sha256Hex(manifest.bytes);
}

async function announce(ports: Ports, { id, issueId, by, sealed }: PackRecord): Promise<void> {
  if (sealed === undefined) throw new Error(`pack ${id} is sealed without a seal`);
  const disclosing = new Disclosing(ports.random);
  await appendEntry(
    { store: ports.store, now: ports.clock.now() },
    {
      chain: issueId,
      kind: 'pack-assembled',
      fact: `pack:${id}`,
      body: {
        pack: id,
        manifestDigest: sealed.manifestDigest,
        files: sealed.files,
        bytes: sealed.bytes,
        covers: sealed.covers,
        by: disclosing.person(by.accountId, by.displayName),
      },
      disclosures: disclosing.disclosures,
    },
  );
}

const finished = ({ progress: { total } }: PackRecord) => ({ done: total, total, step: 'Ready' });

const fail = (ports: Ports, record: PackRecord, code: string, sentence: string): Promise<void> =>
  writePack(ports, { ...record, state: 'failed', failure: { code, sentence } });
