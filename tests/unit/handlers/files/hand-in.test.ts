import { sweepUploads } from '../../../../src/handlers/files/sweep';
import { MAX_A_DAY, PIECE_BYTES, UPLOAD_MS, writeUpload, type Upload } from '../../../../src/handlers/files/upload';
import { isPending } from '../../../../src/handlers/intake/pending';
import { sweepPending } from '../../../../src/handlers/record-delivery';
import { Refused } from '../../../../src/handlers/refusal';
import { disclosed } from '../../../../src/ledger/commitment';
import { sha256Hex } from '../../../../src/ledger/hash';
import type { StoreCall } from '../../../fakes/store';
import { cloudTrail, FilesSite, ISSUE, trail } from './site';

const LOG = cloudTrail(trail('2026-03-02T10:30:00Z', 'dana', 'i-0aa'));
/** Of three pieces, and no text. */
const LARGE = Buffer.alloc(2 * PIECE_BYTES + 5, 0xe9);

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (failure: unknown) => {
      if (failure instanceof Refused) return `${failure.refusal.status} ${failure.refusal.code}`;
      throw failure;
    },
  );

let site: FilesSite;
beforeEach(() => {
  site = new FilesSite();
});

it('ends as a delivery that is recorded and read, with who handed it in, and leaves no piece', async () => {
  expect(await site.handIn(LOG)).toEqual({ digest: sha256Hex(LOG), size: LOG.length, stored: true, marked: 0 });
  const [file] = await site.files();
  expect(file?.entry.body).toMatchObject({
    digest: sha256Hex(LOG),
    format: 'cloudtrail',
    claimedKind: 'execution-log',
    provenance: { source: 'hand-in', event: 'file', authenticatedBy: 'jira-session', secret: '' },
  });
  if (file === undefined) throw new Error('no file');
  const { by, name, about } = file.entry.body;
  expect([by, name, about].map((one) => disclosed<unknown>(file, one))).toEqual([
    { accountId: 'dana', displayName: 'Dana D' },
    'trail.json',
    'What was done in the window',
  ]);
  expect(await site.recorded(ISSUE)).toEqual([`execution-log:sha256:${sha256Hex(LOG)}`]);
  expect(site.keys('upload-piece:')).toEqual([]);
});

it('takes a file in pieces, in any order and twice, and bytes that are no text', async () => {
  const begun = await site.begin(LARGE, { kind: 'document', name: 'scan.bin', mediaType: null });
  expect(begun).toMatchObject({ pieces: 3, pieceBytes: PIECE_BYTES });
  for (const piece of [2, 0, 2, 1]) expect(await site.piece(begun, LARGE, piece)).toMatchObject({ piece });
  expect(await site.finish(begun)).toMatchObject({ digest: sha256Hex(LARGE), stored: true });
  expect(await site.finish(begun)).toMatchObject({ digest: sha256Hex(LARGE), stored: false });
  await site.drain();
  expect((await site.files()).map(({ entry }) => [entry.body.format, entry.body.size])).toEqual([
    ['other-file', LARGE.length],
  ]);
});

it('takes a marking out before it is stored, keeps the original apart and puts the finding on the change', async () => {
  const secret = 'CUI//SP-CTI\nport 22 is open';
  expect(await site.handIn(secret, { kind: 'document', name: 'notes.txt' })).toMatchObject({ stored: true, marked: 2 });
  const [file] = await site.files();
  expect(file?.entry.body.provenance.redactedDigest).toMatch(/^[0-9a-f]{64}$/);
  expect((await site.entries(ISSUE)).filter(({ entry }) => entry.kind === 'marking-found')).toHaveLength(2);
  expect(site.keys('quarantine:')).toHaveLength(1);
  expect((await site.keptBody()).includes('port 22')).toBe(false);
});

it.each([
  ['UTF-16 as Windows writes it', Buffer.from('\ufeffCUI//SP-CTI\r\nport 22 is open', 'utf16le')],
  ['Latin-1', Buffer.from('CUI//SP-CTI\nGer\u00e4t: port 22 is open', 'latin1')],
])('takes a marking out of text in another encoding too: %s', async (_, bytes) => {
  expect(await site.handIn(bytes, { kind: 'document', name: 'notes.txt' })).toMatchObject({ marked: 2 });
  expect((await site.entries(ISSUE)).filter(({ entry }) => entry.kind === 'marking-found')).toHaveLength(2);
  const kept = JSON.parse(await site.keptBody()) as { text?: string; base64?: string };
  expect(kept.base64).toBeUndefined();
  expect(kept.text).not.toContain('port 22');
  expect((await site.files())[0]?.entry.body.provenance.redactedDigest).toMatch(/^[0-9a-f]{64}$/);
});

it('keeps text in another encoding without one byte for byte', async () => {
  const bytes = Buffer.from('\ufeffport 22 is open', 'utf16le');
  expect(await site.handIn(bytes, { kind: 'document', name: 'notes.txt' })).toMatchObject({
    digest: sha256Hex(bytes),
    marked: 0,
  });
});

it('finds no secret in the base64 of bytes, where any word may stand by chance', async () => {
  const chance = Buffer.from(`${'+'.repeat(1020)}/AIza${'a'.repeat(35)}${'+'.repeat(1024)}`, 'base64');
  expect(await site.handIn(chance, { kind: 'document', name: 'photo.jpg' })).toMatchObject({
    digest: sha256Hex(chance),
    marked: 0,
  });
});

describe('is refused by name and stores nothing:', () => {
  const bytes = Buffer.from(LOG);
  const begin = (said: object) => codeOf(site.begin(bytes, said));

  it.each<[string, object, string]>([
    ['too large', { size: 4 * 1024 * 1024 + 1 }, '413 too-large'],
    ['empty', { size: 0 }, '400 empty'],
    ['no digest', { digest: 'x' }, '400 invalid'],
    ['a kind that nobody hands in', { kind: 'deployment' }, '400 invalid'],
    ['no name', { name: ' ' }, '400 invalid'],
    ['a name of two lines', { name: 'a\nb' }, '400 invalid'],
    ['nothing said of it', { about: '' }, '400 invalid'],
  ])('%s', async (_, said, code) => {
    expect(await begin(said)).toBe(code);
    expect(site.keys('upload:')).toEqual([]);
  });

  it('somebody who may not edit the change, at the start and at the end', async () => {
    const begun = await site.begin(bytes);
    await site.piece(begun, bytes, 0);
    site.mayEdit = false;
    expect(await begin({})).toBe('403 may-not-edit');
    expect(await codeOf(site.finish(begun))).toBe('403 may-not-edit');
    expect(site.keys('delivery:')).toEqual([]);
  });

  it('an app', async () => {
    site.accountType = 'app';
    expect(await begin({})).toBe('403 not-a-person');
  });

  it('another issue type', async () => {
    site.change = { ...site.change, issueType: 'Task' };
    expect(await begin({})).toBe('409 not-controlled');
  });

  it('somebody else’s upload, one that does not exist, one that expired', async () => {
    const begun = await site.begin(bytes);
    expect(await codeOf(site.piece(begun, bytes, 0, 'olga'))).toBe('404 unknown-upload');
    expect(await codeOf(site.finish(begun, 'olga'))).toBe('404 unknown-upload');
    expect(await codeOf(site.finish({ ...begun, upload: `${ISSUE}.${'0'.repeat(32)}` }))).toBe('404 unknown-upload');
    site.clock.at = new Date(site.clock.at.getTime() + UPLOAD_MS);
    expect(await codeOf(site.finish(begun))).toBe('404 unknown-upload');
  });

  it('a piece that is not there, has another size, or is missing at the end', async () => {
    const begun = await site.begin(LARGE);
    expect(await codeOf(site.piece(begun, LARGE, 3))).toBe('404 no-such-piece');
    expect(await codeOf(site.piece(begun, LARGE.subarray(0, PIECE_BYTES - 1), 0))).toBe('400 piece-size');
    await site.piece(begun, LARGE, 0);
    expect(await codeOf(site.finish(begun))).toBe('409 piece-missing');
    expect(site.keys('delivery:')).toEqual([]);
  });

  it('other bytes than were begun, and the right ones may follow', async () => {
    const begun = await site.begin(bytes);
    await site.piece(begun, Buffer.alloc(bytes.length, 'x'), 0);
    expect(await codeOf(site.finish(begun))).toBe('400 digest-changed');
    expect(site.keys('delivery:')).toEqual([]);
    await site.piece(begun, bytes, 0);
    expect(await site.finish(begun)).toMatchObject({ stored: true });
  });

  it('more files within a day than a change takes, finished or not, and not the next day', async () => {
    const handed = { digest: sha256Hex(LOG), size: LOG.length, marked: 0 };
    const begun = await site.begin(bytes);
    const [key = ''] = site.keys('upload:');
    const record = (await site.store.get(key)) as Upload;
    for (let i = 1; i < MAX_A_DAY; i += 1) await writeUpload(site.app, { ...record, upload: `${i}`, finished: handed });
    expect(begun.pieces).toBe(1);
    expect(await begin({})).toBe('409 too-many-uploads');
    site.clock.at = new Date(site.clock.at.getTime() + UPLOAD_MS);
    expect(await begin({})).toBe('done');
  });

  it('more files at the same time than anybody hands in', async () => {
    for (let i = 0; i < 20; i += 1) await site.begin(bytes);
    expect(await begin({})).toBe('409 too-many-uploads');
  });
});

it('what was begun and left is swept after a day, pieces and all', async () => {
  const begun = await site.begin(LARGE);
  await site.piece(begun, LARGE, 0);
  await site.piece(begun, LARGE, 2);
  await sweepUploads(site.app);
  expect(site.keys('upload-piece:')).toHaveLength(2);
  site.clock.at = new Date(site.clock.at.getTime() + UPLOAD_MS);
  await sweepUploads(site.app);
  expect(site.store.dump().filter(([key]) => key.startsWith('upload'))).toEqual([]);
});

describe.each<[string, (n: number) => (call: StoreCall) => 'before' | 'after' | undefined]>([
  ['nothing is done at the n-th call', (n) => (call) => (call.n === n ? 'before' : undefined)],
  ['the answer of the n-th call is lost', (n) => (call) => (call.n === n ? 'after' : undefined)],
  ['the process dies before the n-th call', (n) => (call) => (call.n >= n ? 'before' : undefined)],
])('%s of finishing', (_, faultAt) => {
  it('the file is one delivery once it is finished again', async () => {
    let reached = true;
    for (let n = 1; reached; n += 1) {
      site = new FilesSite();
      const bytes = Buffer.from(LOG);
      const begun = await site.begin(bytes);
      await site.piece(begun, bytes, 0);
      const before = site.store.calls.length;
      site.store.faultAt = faultAt(before + n);
      const first = await site.finish(begun).catch(() => undefined);
      reached = site.store.calls.length >= before + n;
      site.store.faultAt = () => undefined;
      const again = await site.finish(begun);
      if (first !== undefined) expect(again.stored).toBe(false);
      expect(again.digest).toBe(sha256Hex(LOG));
      await sweepPending(site.app);
      await site.drain();
      expect(site.keys('delivery:')).toHaveLength(1);
      expect(await site.files()).toHaveLength(1);
      expect(await isPending(site.app, site.keys('delivery:')[0]?.slice('delivery:'.length) ?? '')).toBe(false);
      expect(n).toBeLessThan(80);
    }
  });
});
