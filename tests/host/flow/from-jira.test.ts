/** What hangs on a change in Jira, on a running site: recorded, noticed when it goes, shown, and in a pack that verifies. */
import { createHash, createHmac } from 'node:crypto';
import type { ChangeView } from '../../../src/contract/panel';
import { FILES } from '../../../src/pack/files';
import { unzipPack } from '../../../src/pack/unzip';
import { verifyPack } from '../../../src/pack/verify';
import { startSite, type RunningSite } from '../running-site';
import { Drive } from './drive';

let site: RunningSite;
let drive: Drive;

beforeAll(async () => {
  site = await startSite();
  drive = new Drive(site.base);
}, 180_000);

afterAll(() => site.stop());

const basic = (user: string): string => `Basic ${Buffer.from(`${user}:any`).toString('base64')}`;
const NOW = '2026-03-02T09:00:00.000Z';
const SHA = '5f'.repeat(20);
const hoursOn = (hours: number): string => new Date(Date.parse(NOW) + hours * 3_600_000).toISOString();

async function attach(key: string, fileName: string, text: string): Promise<string> {
  const form = new FormData();
  form.append('file', new Blob([text], { type: 'text/plain' }), fileName);
  const answer = await fetch(`${site.base}/rest/api/3/issue/${key}/attachments`, {
    method: 'POST',
    headers: { authorization: basic('owner'), 'x-atlassian-token': 'no-check' },
    body: form,
  });
  return ((await answer.json()) as { id: string }[])[0]?.id ?? '';
}

const comment = (as: string, key: string, text: string) =>
  drive.as(as).request('POST', `/rest/api/3/issue/${key}/comment`, {
    body: { type: 'doc', version: 1, content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] },
  });

/** Opening the panel asks for what is due; what it asked for is there when it is opened again. */
async function openTwice(key: string): Promise<ChangeView> {
  await drive.read(key);
  await drive.settle();
  return drive.read(key);
}

const codes = ({ verdict }: ChangeView): readonly string[] => verdict.exceptions.map(({ code }) => code);

const push = (key: string) => {
  const body = JSON.stringify({
    ref: 'refs/heads/main',
    commits: [{ id: SHA, message: `${key} open the port`, timestamp: '2026-03-02T08:30:00Z', url: 'https://x.test/c' }],
    repository: { full_name: 'acme/firewall' },
    sender: { login: 'dana' },
    pusher: { name: 'dana' },
  });
  const signature = createHmac('sha256', 'local-github-secret').update(body).digest('hex');
  return fetch(`${site.base}/forge/webtrigger/evidence-intake?source=github`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-github-event': 'push',
      'x-github-delivery': 'd-1',
      'x-hub-signature-256': `sha256=${signature}`,
    },
    body,
  });
};

test('attached, commented, taken off, counted, looked at, delivered, packed and verified', async () => {
  await drive.clock(NOW);
  const key = await drive.propose();
  const id = await attach(key, 'rules before.txt', 'permit any any');
  await comment('owner', key, 'I will limit this to the jump host.');
  await comment('outsider', key, 'x').catch(() => undefined);
  await drive.settle();
  const before = await drive.read(key);
  const sha256 = createHash('sha256').update('permit any any').digest('hex');
  expect(before.fromJira.parts.every(({ complete }) => complete)).toBe(true);
  expect(
    before.fromJira.records.map(({ record, title, text, matters, by }) => [record, text ?? title, matters, by]),
  ).toEqual([
    ['attachment', 'rules before.txt', null, 'Owen Marsh'],
    ['comment', 'I will limit this to the jump host.', 'owner', 'Owen Marsh'],
  ]);
  expect(before.fromJira.records[0]?.attributes).toMatchObject({ sha256, size: '14' });
  expect(codes(before)).toEqual([]);

  await drive.as('owner').request('DELETE', `/rest/api/3/attachment/${id}`);
  const report = { issue: key, kind: 'commit', id: SHA, name: SHA.slice(0, 7), url: 'https://x.test/c', state: null };
  await drive.as('admin').request('POST', '/forge/development', report);
  await drive.settle();
  const after = await drive.read(key);
  expect(codes(after)).toEqual(['attachment-gone', 'jira-knows-more']);
  expect(after.verdict.exceptions[0]?.sentence).toContain(`SHA-256 ${sha256}) was taken off the change by Owen Marsh`);

  const looked = (await drive.as('reviewer').invoke(key, 'development.read')) as ChangeView;
  expect(looked.fromJira.development).toMatchObject({ due: false });
  expect(looked.fromJira.records.at(-1)).toMatchObject({ record: 'development', held: false });

  expect((await push(key)).status).toBe(202);
  await drive.settle();
  const delivered = await drive.read(key);
  expect(codes(delivered)).not.toContain('jira-knows-more');
  expect(delivered.fromJira.records.at(-1)).toMatchObject({ record: 'development', held: true });

  // Nothing touches the change: an hour later whoever opens it has it read again, and nothing new is recorded.
  await drive.clock(hoursOn(2));
  const later = await openTwice(key);
  expect(later.fromJira.readAt).not.toBe(delivered.fromJira.readAt);
  expect(later.fromJira.records).toEqual(delivered.fromJira.records);

  const pack = await fetch(`${site.base}/forge/pack/${key}`, {
    method: 'POST',
    headers: { authorization: basic('auditor') },
  });
  const bytes = new Uint8Array(await pack.arrayBuffer());
  expect(verifyPack(bytes)).toMatchObject({ ok: true, breaks: [] });
  const { files } = unzipPack(bytes);
  const file = files.find(({ name }) => name === FILES.fromJira);
  expect(new TextDecoder().decode(file?.bytes)).toContain('rules before.txt');
  const completeness = new TextDecoder().decode(files.find(({ name }) => name === FILES.completeness)?.bytes);
  expect(completeness).toContain('Comments on the issue in Jira that are shown to the app, every page');
  expect(completeness).toContain('1 recorded before and gone since');
});

test('the panel asks no more of Jira than before when it is opened', async () => {
  const key = await drive.propose();
  await drive.read(key, 'reviewer');
  await drive.settle();
  await drive.read(key, 'reviewer');
  const { handlers } = (await drive.as('admin').request('GET', '/forge/meter')) as {
    handlers: Record<string, { last?: { jiraCalls: number } }>;
  };
  expect(handlers['panel-resolver']?.last?.jiraCalls).toBeLessThanOrEqual(4);
});
