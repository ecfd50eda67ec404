/** Files on a running site: a log from a pipeline, a note and a marked one from people; panel, pack and verify. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FileRowsView, FilesView } from '../../../src/contract/files';
import { run } from '../../../src/cli/arguments';
import { cloudTrail } from '../seed/aws';
import { handIn } from '../seed/hand-in';
import { startSite, type RunningSite } from '../running-site';
import { attempt, Drive } from './drive';

const NOW = new Date('2026-03-02T09:00:00.000Z');
let site: RunningSite;
let drive: Drive;

beforeAll(async () => {
  site = await startSite();
  drive = new Drive(site.base);
}, 180_000);

afterAll(() => site.stop());

const list = async (key: string, as: string): Promise<FilesView> =>
  (await drive.as(as).invoke(key, 'file.list')) as FilesView;

it('a log from a pipeline and a note from a person are read, held against the change, and verify in its pack', async () => {
  await drive.clock(NOW.toISOString());
  const key = await drive.propose();
  const call = (at: string, by: string) => ({
    at: new Date(at),
    by,
    name: 'AuthorizeSecurityGroupIngress',
    source: 'ec2.amazonaws.com',
    request: { groupId: 'sg-0f1' },
  });
  const text = cloudTrail([call('2026-03-02T10:00:00Z', 'somebody'), call('2026-03-05T10:00:00Z', 'somebody')]);
  await handIn(site.base, NOW, {
    change: key,
    kind: 'execution-log',
    contents: [{ name: 'cloudtrail.json', mediaType: 'application/json', text }],
    idempotencyKey: 'evening',
  });
  await drive.settle();
  const note = { name: 'protocol.txt', mediaType: 'text/plain', text: 'Transfer from the jump host works.' };
  await drive.as('implementer').handInFile(key, 'test-result', 'Protocol of the test', note);
  await drive.settle();

  const { files, waiting, mayHandIn } = await list(key, 'implementer');
  expect({ waiting, mayHandIn }).toEqual({ waiting: 0, mayHandIn: true });
  expect(files.map(({ name, format, from, about }) => [name, format, from.how, about])).toEqual([
    ['cloudtrail.json', 'cloudtrail', 'pipeline', null],
    ['protocol.txt', 'other-file', 'person', 'Protocol of the test'],
  ]);
  const rows = (await drive.as('auditor').invoke(key, 'file.read', { file: files[0]?.seq, limit: 1 })) as FileRowsView;
  expect(rows).toMatchObject({ state: 'held', of: 2, next: 1, totals: { window: { inside: 1, after: 1 }, fits: 0 } });
  expect(rows.matching.map(({ code }) => code)).toContain('outside-window');

  const authorization = `Basic ${Buffer.from('auditor:local').toString('base64')}`;
  const pack = await fetch(`${site.base}/forge/pack/${key}`, { method: 'POST', headers: { authorization } });
  const file = join(mkdtempSync(join(tmpdir(), 'files-')), 'pack.zip');
  writeFileSync(file, Buffer.from(await pack.arrayBuffer()));
  const { exitCode, output } = await run(['verify', file]);
  expect(output).toMatch(/ok +files +2 files handed in, the statements of 2 of 2 here/);
  expect(exitCode).toBe(0);
});

it('somebody who may only look hands nothing in, and a marked note stops the pack until a person clears it', async () => {
  const key = await drive.propose();
  const marked = { name: 'notes.txt', mediaType: 'text/plain', text: 'CUI//SP-CTI\nPort 22 is open.' };
  const { mayHandIn, whyNot } = await list(key, 'auditor');
  expect({ mayHandIn, code: whyNot?.code }).toEqual({ mayHandIn: false, code: 'may-not-edit' });
  const looked = await attempt(() => drive.as('auditor').handInFile(key, 'document', 'Notes', marked));
  expect(looked).toMatchObject({ status: 403, body: { code: 'may-not-edit' } });
  await drive.as('owner').handInFile(key, 'document', 'Notes', marked);
  await drive.settle();
  expect((await list(key, 'owner')).files).toMatchObject([{ redacted: true }]);
  const authorization = `Basic ${Buffer.from('auditor:local').toString('base64')}`;
  const pack = await fetch(`${site.base}/forge/pack/${key}`, { method: 'POST', headers: { authorization } });
  expect(pack.status).toBe(409);
});
