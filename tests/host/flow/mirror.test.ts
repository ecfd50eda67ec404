/** The command line copies from a running site with a person's own token, and notices what was done behind the app's back. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../../src/cli/arguments';
import { rimOf } from '../../../src/cli/rim';
import { verifyPack } from '../../../src/pack/verify';
import { Authority } from '../../unit/cli/mirror/servers/authority';
import { startSite, type RunningSite } from '../running-site';
import { Drive } from './drive';

const folder = mkdtempSync(join(tmpdir(), 'mirror-'));
const authority = new Authority();
let site: RunningSite;
let drive: Drive;
let key: string;

beforeAll(async () => {
  await authority.listener.start();
  // Receipts are signed with this machine's clock.
  site = await startSite({ now: new Date().toISOString() });
  drive = new Drive(site.base);
  key = await drive.propose();
}, 180_000);
afterAll(async () => {
  await site.stop();
  await authority.listener.stop();
  authority.remove();
  rmSync(folder, { recursive: true });
});

interface Copied {
  readonly copies: readonly { readonly kind: string; readonly receipt: { readonly where: string } }[];
  readonly receipts: readonly { readonly result: string }[];
  readonly findings: readonly { readonly change: string; readonly code: string }[];
  readonly failures: readonly string[];
}

async function mirror(as = 'auditor'): Promise<{ exitCode: number; report: Copied }> {
  const words = ['--jira', site.base, '--user', as, '--project', 'CHG', '--state', join(folder, 'state.json')];
  const to = ['--folder', join(folder, 'worm'), '--ocsf', join(folder, 'events.jsonl'), '--json', '--wait', '20'];
  const stamps = ['--tsa', authority.listener.url, '--tsa-root', authority.rootFile];
  const back = ['--evidence-url', `${site.base}/forge/webtrigger/evidence-intake?source=pipeline`];
  const environment = { JIRA_TOKEN: 'any-password', CHANGE_PIPELINE_SECRET: 'local-pipeline-secret' };
  const { exitCode, output, complaint } = await run(['mirror', ...words, ...to, ...stamps, ...back], environment, {
    ...rimOf(environment),
    sleep: () => new Promise((resolve) => setImmediate(resolve)),
  });
  if (output === '') throw new Error(complaint);
  return { exitCode, report: JSON.parse(output) as Copied };
}

it('copies the pack and the head, has the head stamped, and its receipt is evidence of the change', async () => {
  await fetch(`${site.base}/forge/pack/${key}`, {
    method: 'POST',
    headers: { Authorization: `Basic ${btoa('auditor:x')}` },
  });
  await drive.settle();
  expect((await drive.read(key)).packs).toMatchObject([{ state: 'ready', attachment: { attached: true } }]);
  const { exitCode, report } = await mirror();
  expect([exitCode, report.findings, report.failures]).toEqual([0, [], []]);
  expect(report.receipts).toMatchObject([{ result: 'accepted' }]);
  const pack = report.copies.find(({ kind }) => kind === 'pack')?.receipt.where ?? '';
  expect(verifyPack(readFileSync(pack))).toMatchObject({ ok: true, summary: { change: key } });
  const heads = join(folder, 'worm', 'heads');
  const [issue = ''] = readdirSync(heads);
  const [head = '', stamp = ''] = ['.json', '.tsr'].map((end) =>
    join(heads, issue, readdirSync(join(heads, issue)).find((name) => name.endsWith(end)) ?? ''),
  );
  expect(authority.verifies(readFileSync(stamp), readFileSync(head))).toBe(true);
  await drive.settle();
  const { evidence } = await drive.read(key);
  expect(evidence.map(({ kind, source }) => [kind, source])).toEqual([1, 2, 3].map(() => ['document', 'pipeline']));
  expect(JSON.stringify(evidence)).toContain('mirror-receipt.json');
});

it('again follows the head that the receipt made, and gives no receipt for it', async () => {
  await drive.as('admin').request('POST', '/forge/scheduled/reconcile');
  await drive.settle();
  const { exitCode, report } = await mirror();
  expect([exitCode, report.findings, report.receipts]).toEqual([0, [], []]);
  expect(report.copies.map(({ kind }) => kind)).toEqual(['head', 'head']);
  expect((await mirror()).report.copies).toEqual([]);
});

it('names a ledger that was cut behind the app’s back', async () => {
  const admin = drive.as('admin');
  const { items } = (await admin.request('GET', '/forge/kvs?prefix=ledger')) as { items: { key: string }[] };
  const { id } = (await admin.request('GET', `/rest/api/3/issue/${key}?fields=status`)) as { id: string };
  const entries = items.map((one) => one.key).filter((one) => one.startsWith(`ledger:${id}:`));
  for (const one of [...entries.sort().slice(-2), `ledger-head:${id}`])
    await admin.request('DELETE', `/forge/kvs?key=${encodeURIComponent(one)}`);
  await admin.request('POST', '/forge/scheduled/reconcile');
  await drive.settle();
  const { exitCode, report } = await mirror();
  expect([exitCode, report.findings.map(({ change, code }) => [change, code])]).toEqual([
    1,
    [[key, expect.stringMatching(/^head-(backwards|rewritten)$/)]],
  ]);
});

it('reads only what its token sees', async () => {
  const words = ['mirror', '--jira', site.base, '--user', 'outsider', '--project', 'CHG', '--ocsf', join(folder, 'x')];
  const outcome = await run([...words, '--state', join(folder, 'other.json'), '--wait', '0'], {
    JIRA_TOKEN: 'any-password',
  });
  expect(outcome.exitCode).toBe(2);
  expect(outcome.complaint).toMatch(/search failed on page 1 \(HTTP 400\)/);
});
