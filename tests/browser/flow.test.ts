import { createHmac } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FrameLocator, Page } from 'playwright-core';
import { commitIds, push, type Work } from '../host/seed/github';
import { accessibilityFindings } from './bench/accessibility';
import { Bench, REFUSED } from './bench/bench';

/** The product's main job, by hand in a browser: one change from its request to a pack that an outsider verifies. */
jest.setTimeout(300_000);

let bench: Bench;
let downloads: string;

beforeAll(async () => {
  bench = await Bench.start({ kind: 'empty', now: '2026-03-02T09:00:00Z' });
  downloads = mkdtempSync(join(tmpdir(), 'change-control-pack-'));
});
afterEach(() => bench.leave());
afterAll(async () => {
  await bench.stop();
  rmSync(downloads, { recursive: true, force: true });
});

const panel = (page: Page): FrameLocator => page.frameLocator('iframe.app-frame');
const dialog = (page: Page) => page.getByRole('dialog');
const status = (page: Page) => page.locator('.now .lozenge');

async function openPanel(page: Page, key: string): Promise<FrameLocator> {
  await page.goto(`/browse/${key}`);
  await panel(page).locator('[data-ready=true]').waitFor();
  return panel(page);
}

/** Waits until nothing is under way behind the scenes: events, jobs, retries. */
const settle = () => bench.rest('admin', 'POST', '/forge/drain');

async function deliverPush(work: Work): Promise<number> {
  const body = JSON.stringify(push(work, new Date('2026-03-02T09:30:00Z')));
  const signature = createHmac('sha256', 'local-github-secret').update(body).digest('hex');
  const answer = await fetch(`${bench.site.base}/forge/webtrigger/evidence-intake?source=github`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-github-event': 'push',
      'x-github-delivery': '7d7f2c1e-9d0a-4e62-b5d5-6d9f0f6b9a01',
      'x-hub-signature-256': `sha256=${signature}`,
    },
    body,
  });
  return answer.status;
}

const PLANS: Readonly<Record<string, string>> = {
  Scope: 'One rule on FW-01: build agents to the artifact mirror, TCP 8443.',
  Justification: 'Nightly builds have been red for three days and patches cannot be delivered.',
  'Security impact analysis': 'One new logged flow from hosts that hold no CUI.',
  'Test plan': 'Run the nightly job by hand and check that 8444 stays closed.',
  'Backout plan': 'Disable rule 118 on FW-01 and confirm with a port scan.',
};

test('a change goes from request to verified pack', async () => {
  // The requester asks for a change and sees at once what is missing.
  const requester = await bench.as('requester');
  await requester.goto('/projects/CHG/issues');
  await requester.page.getByRole('link', { name: 'Create' }).first().click();
  await dialog(requester.page).getByLabel('Summary').fill('Open TCP 8443 from the build agents to the mirror');
  await dialog(requester.page).getByRole('button', { name: 'Create' }).click();
  await requester.page.waitForURL(/browse\/CHG-\d+$/);
  const key = requester.page.url().split('/').at(-1) ?? '';
  await settle();
  const asked = await openPanel(requester.page, key);
  const missing = asked.getByRole('region', { name: /What is missing/ });
  for (const field of Object.keys(PLANS)) expect(await missing.textContent()).toContain(field);

  // Filled in through the edit dialog.
  await requester.page.getByRole('link', { name: 'Edit', exact: true }).first().click();
  const form = dialog(requester.page);
  for (const [field, words] of Object.entries(PLANS)) await form.getByLabel(field, { exact: true }).fill(words);
  await form.getByLabel('Change type').selectOption({ label: 'Normal' });
  await form.getByLabel('Change owner').selectOption({ label: 'Owen Marsh' });
  await form.getByLabel('Implementer').selectOption({ label: 'Imani Clarke' });
  await form.getByLabel('CUI enclave firewall').check();
  await form.getByLabel('Change window start').fill('2026-03-02T08:00');
  await form.getByLabel('Change window end').fill('2026-03-03T20:00');
  await form.getByRole('button', { name: 'Save' }).click();
  await form.waitFor({ state: 'detached' });
  await settle();

  // The reviewer signs off in the panel.
  const reviewer = await bench.as('reviewer');
  const reviewed = await openPanel(reviewer.page, key);
  await reviewed.getByLabel('Basis').fill('Rule is narrow and logged; read the diff of the policy.');
  await reviewed.getByRole('button', { name: 'Sign off', exact: true }).click();
  await reviewed
    .getByRole('group', { name: 'Your decision' })
    .getByText(/You signed off/)
    .first()
    .waitFor();
  await settle();

  // The owner is told why they may not decide, and is offered no Approve.
  const owner = await bench.as('owner');
  const seenByOwner = await openPanel(owner.page, key);
  await seenByOwner.getByText('You cannot decide on this change:').waitFor();
  expect(await owner.page.getByRole('button', { name: 'Approve', exact: true }).count()).toBe(0);

  // The change authority approves through the transition's dialog.
  const authority = await bench.as('authority');
  await openPanel(authority.page, key);
  await authority.page.getByRole('button', { name: 'Approve', exact: true }).click();
  await dialog(authority.page).getByRole('button', { name: 'Approve', exact: true }).click();
  await dialog(authority.page).waitFor({ state: 'detached' });
  await status(authority.page).getByText('Approved').waitFor();
  await settle();

  // A pipeline's push names the change.
  const work: Work = {
    key,
    repository: 'meridian/enclave-network',
    branch: `feature/${key}-mirror`,
    number: 12,
    title: `${key} Open 8443 to the mirror`,
    author: { login: 'imani', name: 'Imani Clarke', email: 'implementer@example.test' },
    reviewer: { login: 'victor', name: 'Victor Reyes', email: 'reviewer@example.test' },
    messages: [`${key} Allow build agents to reach the mirror`],
    environment: 'production',
  };
  expect(await deliverPush(work)).toBe(202);
  expect(await deliverPush(work)).toBe(200);
  await settle();

  const open = await openPanel(authority.page, key);
  await open
    .getByText(/Open to go ahead|Open/)
    .first()
    .waitFor();
  const commit = commitIds(work)[0] ?? '';
  await open.getByText(commit.slice(0, 7)).first().waitFor();
  await bench.shoot(authority, 'flow-approved-light');
  expect(await accessibilityFindings(authority.page)).toEqual([]);

  // The auditor assembles the pack, downloads it, and checks it without Jira.
  const auditor = await bench.as('auditor');
  const audited = await openPanel(auditor.page, key);
  await audited.getByRole('button', { name: 'Assemble evidence pack' }).click();
  const download = audited.getByRole('button', { name: /^Download / });
  await download.waitFor({ timeout: 60_000 });
  const [file] = await Promise.all([auditor.page.waitForEvent('download'), download.click()]);
  const path = join(downloads, file.suggestedFilename());
  await file.saveAs(path);
  const verified = spawnSync('npm', ['run', '-s', 'cli', '--', 'verify', path], { encoding: 'utf8' });
  expect(verified.stdout + verified.stderr).not.toBe('');
  expect(verified.status).toBe(0);
});

test('an edit after the approval voids it, and both panel and page say so', async () => {
  const { issues } = (await bench.rest('requester', 'GET', '/rest/api/3/search/jql?jql=project%3DCHG&fields=status'))
    .body as { issues: { key: string }[] };
  const key = issues[0]?.key ?? '';
  const authority = await bench.as('authority');
  const before = await openPanel(authority.page, key);
  expect(await before.locator('main').textContent()).not.toContain('edited since');
  const requester = await bench.as('requester');
  await requester.goto(`/browse/${key}`);
  await requester.page.getByRole('link', { name: 'Edit Backout plan' }).click();
  await dialog(requester.page).getByLabel('Backout plan').fill('Call the vendor and ask.');
  await dialog(requester.page).getByRole('button', { name: 'Save' }).click();
  await dialog(requester.page).waitFor({ state: 'detached' });
  await settle();
  // Without a reload: the page notices the edit and tells the frame.
  await before.getByText('Call the vendor and ask.').first().waitFor({ timeout: 30_000 });
  await bench.shoot(authority, 'flow-voided-light');
});

test('a first sign-off through Approve is refused with the missing role and the way to give it', async () => {
  const fields = { project: { key: 'CHG' }, issuetype: { name: 'Change request' }, summary: 'Too early' };
  const { body } = await bench.rest('requester', 'POST', '/rest/api/3/issue', { fields });
  const key = (body as { key: string }).key;
  await settle();
  const visit = await bench.as('authority', { expected: [REFUSED] });
  await openPanel(visit.page, key);
  await visit.page.getByRole('button', { name: 'Approve', exact: true }).click();
  await dialog(visit.page).getByRole('button', { name: 'Approve', exact: true }).click();
  await dialog(visit.page).getByRole('alert').waitFor();
  await bench.shoot(visit, 'flow-refused-light');
  expect(await status(visit.page).textContent()).toBe('Proposed');
});

test.each([
  ['light', 'auditor', '/projects/CHG/register', 'register'],
  ['dark', 'auditor', '/projects/CHG/register', 'register'],
  ['light', 'admin', '/admin/change-control', 'admin'],
  ['dark', 'admin', '/admin/change-control', 'admin'],
  ['dark', 'reviewer', '/browse/CHG-1', 'issue'],
] as const)('in %s, what %s sees at %s has no accessibility findings', async (colors, who, path, name) => {
  const visit = await bench.as(who, { colors });
  await visit.goto(path);
  await panel(visit.page).locator('[data-ready=true]').waitFor();
  await bench.shoot(visit, `app-${name}-${colors}`);
  expect(await accessibilityFindings(visit.page)).toEqual([]);
});
