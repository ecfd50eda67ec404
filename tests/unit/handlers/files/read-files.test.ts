import { gzipSync } from 'node:zlib';
import { assemble } from '../../../../src/handlers/packs/assemble';
import { readPack } from '../../../../src/handlers/packs/record';
import { startPack } from '../../../../src/handlers/packs/start';
import { readFiles } from '../../../../src/handlers/files/read-files';
import { readStatements } from '../../../../src/handlers/files/statements';
import { sweepUnread, unreadOf } from '../../../../src/handlers/intake/unread';
import { finishOpening } from '../../../../src/handlers/orphans/finish';
import { sweepPending } from '../../../../src/handlers/record-delivery';
import { sha256Hex } from '../../../../src/ledger/hash';
import { readingKey, TRUST_CURRENT_KEY } from '../../../../src/ledger/keys';
import { inspectLedger } from '../../../../src/ledger/read';
import { readTrust } from '../../../../src/handlers/trust/store';
import { readDocument } from '../../../../src/readers/document';
import { keyCommitments, versionName } from '../../../../src/readers/trust/commitments';
import type { RegisteredKey } from '../../../../src/readers/trust/registered';
import fixture from '../../readers/signed-commits.json';
import type { Fault, StoreCall } from '../../../fakes/store';
import { cloudTrail, FilesSite, ISSUE, trail } from './site';

const LOG = cloudTrail(trail('2026-03-02T10:30:00Z', 'dana', 'i-0aa'), trail('2026-03-02T13:00:00Z', 'olga', 'i-0bb'));
const COMMIT = `tree ${'a'.repeat(40)}\nauthor Dana D <dana@example.test> 1772442000 +0000\ncommitter Dana D <dana@example.test> 1772442300 +0000\n\nCHG-7 x\n`;
const CONTENTS = [
  { name: 'trail.json', mediaType: 'application/json', text: LOG },
  { name: 'commit', base64: Buffer.from(COMMIT).toString('base64') },
  { name: 'empty.json', text: '' },
];

/** What one delivery with these files leaves, however it got there. */
async function expectReadOnce(site: FilesSite): Promise<void> {
  const { entries, breaks } = await inspectLedger(site.store, ISSUE);
  expect(breaks).toEqual([]);
  expect(entries.map(({ entry }) => (entry.kind === 'evidence' ? entry.body.evidence : entry.kind))).toEqual([
    'execution-log',
    'execution-log',
    'execution-log',
    'file-read',
    'commit-signature',
    'file-read',
    'file-read',
  ]);
  const files = await site.files();
  expect(files.map(({ entry: { body } }) => [body.format, body.outcome, body.refusal, body.statements])).toEqual([
    ['cloudtrail', 'read', null, 2],
    ['git-commit', 'read', null, 1],
    ['file', 'refused', 'empty', 0],
  ]);
  const digests = files.map(({ entry }) => entry.body.statementsDigest);
  for (const digest of digests.filter((one) => one !== null)) {
    expect(await readStatements(site.app, ISSUE, digest)).toMatchObject({ state: 'held' });
  }
  // One piece each, and nothing of an attempt that got no further.
  expect(site.keys('file-statements:')).toHaveLength(2);
  expect([...site.keys('file-reading:'), ...site.keys('unread:'), ...site.keys('pending:')]).toEqual([]);
}

type Plan = readonly [name: string, faultAt: (n: number) => (call: StoreCall) => Fault | undefined];
const PLANS: readonly Plan[] = [
  ['nothing is done at the n-th call', (n) => (call) => (call.n === n ? 'before' : undefined)],
  ['the answer of the n-th call is lost', (n) => (call) => (call.n === n ? 'after' : undefined)],
  ['the process dies before the n-th call', (n) => (call) => (call.n >= n ? 'before' : undefined)],
  [
    'the process dies after the n-th call',
    (n) => (call) => (call.n === n ? 'after' : call.n > n ? 'before' : undefined),
  ],
];

/** A site whose only queued job is to read the files. */
async function readyToRead(): Promise<{ site: FilesSite; delivery: string }> {
  const site = new FilesSite();
  expect(await site.send(CONTENTS)).toBe('accepted');
  const [recording] = site.queue.splice(0);
  if (recording !== undefined) await site.work(recording);
  const [job] = site.queue;
  if (job?.job !== 'read-files') throw new Error('no reading was queued');
  return { site, delivery: job.delivery };
}

describe.each(PLANS)('%s', (_, faultAt) => {
  it('is read exactly once when the job is delivered again', async () => {
    let reached = true;
    for (let n = 1; reached; n += 1) {
      const { site, delivery } = await readyToRead();
      const before = site.store.calls.length;
      site.store.faultAt = (call) => faultAt(before + n)(call);
      const failed = await readFiles(site.app, delivery, ISSUE).then(
        () => false,
        () => true,
      );
      reached = site.store.calls.length >= before + n;
      site.store.faultAt = () => undefined;
      // Until it succeeds it is not forgotten: its marker stands, and the sweep finds it.
      if (failed) await sweepUnread(site.app);
      await site.drain();
      await expectReadOnce(site);
      expect(n).toBeLessThan(100);
    }
  });

  it('is never lost between recording and reading', async () => {
    let reached = true;
    for (let n = 1; reached; n += 1) {
      const site = new FilesSite();
      await site.send(CONTENTS);
      const [job] = site.queue.splice(0);
      const before = site.store.calls.length;
      site.store.faultAt = (call) => faultAt(before + n)(call);
      if (job !== undefined) await site.work(job).catch(() => undefined);
      reached = site.store.calls.length >= before + n;
      site.store.faultAt = () => undefined;
      // Every job is lost: the sweeps find what is pending and what is unread.
      site.queue.splice(0);
      await sweepPending(site.app);
      await sweepUnread(site.app);
      await site.drain();
      await expectReadOnce(site);
    }
  });
});

it('is read once by three jobs at the same time, whatever the interleaving', async () => {
  for (let seed = 1; seed <= 15; seed += 1) {
    const { site, delivery } = await readyToRead();
    let state = seed;
    site.store.pause = async () => {
      state = (state * 48271) % 2147483647;
      for (let i = state % 4; i > 0; i -= 1) await Promise.resolve();
    };
    await Promise.all([1, 2, 3].map(() => readFiles(site.app, delivery, ISSUE)));
    site.queue.splice(0);
    // One that comes late may open a reading that another has just closed; the next sweep or job closes it.
    await readFiles(site.app, delivery, ISSUE);
    await expectReadOnce(site);
  }
});

it('holds what a file states beside the ledger, bound by a digest, and repeats nothing personal in the entry', async () => {
  const { site } = await readyToRead();
  await site.drain();
  const [log] = await site.files();
  expect(log?.entry.body).toMatchObject({
    index: 0,
    digest: sha256Hex(LOG),
    size: LOG.length,
    mediaType: 'application/json',
    claimedKind: 'execution-log',
    evidence: 'execution-log',
    complete: true,
    claimed: { from: '2026-03-02T10:30:00.000Z', to: '2026-03-02T13:00:00.000Z' },
    effects: { read: 0, write: 2, unknown: 0 },
    trustVersion: 'none',
    by: null,
    provenance: { source: 'pipeline', secret: 'only', authenticatedBy: 'hmac-sha256' },
  });
  const digest = log?.entry.body.statementsDigest ?? '';
  const held = await readStatements(site.app, ISSUE, digest);
  const text = held.state === 'held' ? held.text : '';
  expect(sha256Hex(text)).toBe(digest);
  expect(readDocument(text)?.statements.map(({ people }) => people[0]?.person.login)).toEqual(['dana', 'olga']);
  for (const { entry } of await site.entries(ISSUE)) {
    expect(JSON.stringify(entry)).not.toMatch(/olga|i-0bb|Dana D|dana@example/);
  }
});

it('gives up a file that killed its process three times, and says so', async () => {
  const { site, delivery } = await readyToRead();
  await site.store.set(readingKey(ISSUE, delivery, 0), { salt: 'ab'.repeat(32), begun: 3 });
  await site.drain();
  expect((await site.files()).map(({ entry }) => entry.body.refusal)).toEqual(['reading-broke-off', null, 'empty']);
  expect(site.keys('file-reading:')).toEqual([]);
});

it('leaves nothing of statements that an attempt under another version stored', async () => {
  const { site, delivery } = await readyToRead();
  const digest = 'cd'.repeat(32);
  await site.store.set(`file-statements:${ISSUE}:${digest}:00000`, 'H4s');
  await site.store.set(readingKey(ISSUE, delivery, 0), { salt: 'ab'.repeat(32), begun: 0, digest });
  await site.drain();
  await expectReadOnce(site);
});

it('waits at the deploy gate until the files are read', async () => {
  const { site, delivery } = await readyToRead();
  expect(await unreadOf(site.app, ISSUE)).toEqual([delivery]);
  await site.drain();
  expect(await unreadOf(site.app, ISSUE)).toEqual([]);
});

it('reads the files of a delivery that no change explained, once a change is opened for it', async () => {
  const site = new FilesSite();
  await site.send([{ name: 'trail.json', text: LOG }], 'execution-log', 'CHG-999');
  await site.drain();
  const [delivery = ''] = site.keys('orphan:').map((key) => key.slice('orphan:'.length));
  expect(await site.files()).toEqual([]);
  const opening = {
    act: 'open' as const,
    by: { accountId: 'rita', displayName: 'Rita' },
    at: site.clock.at.toISOString(),
    project: 'CHG',
  };
  await finishOpening(site.app, delivery, opening, { issueId: ISSUE, key: 'CHG-7' });
  // The job is lost: the sweep finds what is unread.
  site.queue.splice(0);
  await sweepUnread(site.app);
  await site.drain();
  expect((await site.files()).map(({ entry }) => entry.body.format)).toEqual(['cloudtrail']);
});

it.each([
  ['no delivery', 'pipeline.123', ISSUE],
  ['no issue', `pipeline.${'0'.repeat(64)}`, '../1'],
  ['a delivery that is not there', `pipeline.${'0'.repeat(64)}`, ISSUE],
])('answers a job that names %s', async (_, delivery, issueId) => {
  const site = new FilesSite();
  await readFiles(site.app, delivery, issueId);
  expect(site.logged).toHaveLength(1);
  expect(site.keys('ledger:')).toEqual([]);
});

it('a key that was put into storage behind the app’s back verifies nothing', async () => {
  const { object } = fixture.commits['ssh-ecdsa256'];
  const [type = '', blob = ''] = fixture.keys['ssh-ecdsa256'].split(' ');
  const key: RegisteredKey = {
    ...{ id: 'key-1', kind: 'ssh', material: `${type} ${blob.trim()}`, fingerprint: 'f', algorithm: 'ecdsa-p256' },
    ...{ namespaces: null, label: 'planted', whose: { kind: 'account', accountId: 'dana', name: 'Dana D' } },
    ...{ principals: [], from: null, until: null, registeredAt: '2026-01-01T00:00:00.000Z', revoked: null },
  };
  const keys = [{ salt: '0'.repeat(64), key }];
  const planted = { version: versionName(1, keyCommitments(keys)), keys, salt: '' };
  const site = new FilesSite();
  await site.store.set(TRUST_CURRENT_KEY, planted);
  expect((await readTrust(site.app)).version).toBe(planted.version);
  await site.send([{ name: 'commit', text: object }], 'document');
  await site.drain();
  expect((await site.files()).map(({ entry }) => [entry.body.signatures, entry.body.trustVersion])).toEqual([
    [{ verified: 0, signerUnknown: 1, invalid: 0, unsigned: 0 }, 'none'],
  ]);
});

describe('a marking that comes to light when a file is opened', () => {
  const marked = 'CUI//SP-CTI drawings';
  const statement = {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: marked, digest: { sha256: 'a'.repeat(64) } }],
    predicateType: 'https://slsa.dev/provenance/v1',
  };
  const envelope = {
    payloadType: 'application/vnd.in-toto+json',
    payload: Buffer.from(JSON.stringify(statement)).toString('base64'),
    signatures: [{ sig: 'AAAA' }],
  };
  const junit = `<testsuite name="${marked}"><testcase name="${marked}"/></testsuite>`;

  it.each<[string, object]>([
    ['in the payload of an envelope', { name: 'a.dsse', text: JSON.stringify(envelope) }],
    ['in a compressed report', { name: 'a.xml.gz', base64: gzipSync(junit).toString('base64') }],
    ['in a compressed text that nobody reads', { name: 'a.gz', base64: gzipSync(marked).toString('base64') }],
    [
      'in a compressed report that is refused',
      { name: 'b.xml.gz', base64: gzipSync(`<testsuite>${marked}`).toString('base64') },
    ],
  ])('%s is in no entry and no row, and stops the export', async (_, content) => {
    const site = new FilesSite();
    expect(await site.send([content], 'attestation')).toBe('accepted');
    await site.drain();
    const found = (await site.entries(ISSUE)).filter(({ entry }) => entry.kind === 'marking-found');
    expect(found.map(({ entry }) => (entry.body as { place: string }).place)).toContain('/inside the file 0');
    expect(JSON.stringify(await site.entries(ISSUE))).not.toContain('drawings');
    if ((await site.files())[0]?.entry.body.outcome === 'read')
      expect(JSON.stringify(await site.rows())).not.toContain('drawings');
    await expect(startPack(site.app, site.call({}))).rejects.toMatchObject({ refusal: { code: 'marking-uncleared' } });
  });

  it('between the wish for a pack and its making stops it there', async () => {
    const site = new FilesSite();
    const { id } = await startPack(site.app, site.call({}));
    await site.send([{ name: 'a.gz', base64: gzipSync(marked).toString('base64') }]);
    await site.drain();
    await assemble(site.app, ISSUE, id);
    expect(await readPack(site.app, ISSUE, id)).toMatchObject({
      state: 'failed',
      failure: { code: 'marking-uncleared' },
    });
  });
});
