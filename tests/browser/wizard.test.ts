import type { FrameLocator, Page } from 'playwright-core';
import { accessibilityFindings } from './bench/accessibility';
import { Bench, REFUSED } from './bench/bench';

/** A Jira admin who has read nothing sets up a bare site, and a reviewer meets the first enforced refusal. */
jest.setTimeout(300_000);

let bench: Bench;
beforeAll(async () => {
  bench = await Bench.start({ kind: 'bare', now: '2026-03-02T09:00:00Z' });
});
afterEach(() => bench.leave());
afterAll(() => bench.stop());

const frame = (page: Page): FrameLocator => page.frameLocator('iframe.app-frame');
const dialog = (page: Page) => page.getByRole('dialog');

test('from nothing to the first enforced refusal, by clicks alone', async () => {
  const began = Date.now();
  const admin = await bench.as('admin');
  await admin.goto('/admin/change-control');
  const wizard = frame(admin.page);
  const press = (name: string) => wizard.getByRole('button', { name, exact: true }).click();
  await wizard.getByRole('heading', { name: 'Set up change control' }).waitFor();
  expect(await wizard.getByRole('checkbox', { name: /New project/ }).isChecked()).toBe(true);
  await press('Next');
  await wizard.getByLabel('Systems that process, store or transmit CUI').fill('CUI enclave firewall');
  await press('Next');
  await press('Next');
  await wizard.getByRole('heading', { name: 'People and roles' }).waitFor();

  // What was chosen survives a reload, and Back leads back.
  await admin.page.reload();
  await wizard.getByRole('heading', { name: 'People and roles' }).waitFor();
  await press('Back');
  await press('Next');
  await press('Next');
  await wizard.getByText(/are made, 3 are changed/).waitFor();
  await bench.shoot(admin, 'wizard-review');
  expect(await accessibilityFindings(admin.page)).toEqual([]);
  await press('Apply');

  // The page is closed while Jira is being set up, opened again, and set-up goes on.
  await wizard.getByText(/of \d+ parts are there|See it refuse/).waitFor();
  await admin.page.reload();
  await wizard.getByRole('navigation').getByRole('button', { name: 'Set-up' }).click();
  const goOn = wizard.getByRole('button', { name: 'Go on' });
  const settled = wizard.getByText(/Set-up was broken off|Run set-up again/).first();
  await settled.waitFor();
  if (await goOn.isVisible()) {
    await goOn.click();
    await wizard.getByText('See it refuse, in one minute').waitFor({ timeout: 60_000 });
  }
  await bench.shoot(admin, 'wizard-finished');

  // The first change request, made as the finished screen says.
  await bench.rest('admin', 'POST', '/forge/drain');
  const requester = await bench.as('requester');
  await requester.goto('/projects/NEW/issues');
  await requester.page.getByRole('link', { name: 'Create' }).first().click();
  await dialog(requester.page).getByLabel('Work type').selectOption({ label: 'Change request' });
  await dialog(requester.page).getByLabel('Summary').fill('Open TCP 8443 from the build agents to the mirror');
  await dialog(requester.page).getByRole('button', { name: 'Create' }).click();
  await requester.page.waitForURL(/browse\/NEW-\d+$/);
  const key = requester.page.url().split('/').at(-1) ?? '';
  await bench.rest('admin', 'POST', '/forge/drain');
  await requester.goto(`/browse/${key}`);
  await frame(requester.page).locator('[data-ready=true]').waitFor();
  expect(await requester.page.getByRole('button', { name: 'Approve', exact: true }).count()).toBe(0);

  // A change authority, who took no part, is refused with what is missing.
  const authority = await bench.as('authority', { expected: [REFUSED] });
  await authority.goto(`/browse/${key}`);
  await authority.page.getByRole('button', { name: 'Approve', exact: true }).click();
  await dialog(authority.page).getByRole('button', { name: 'Approve', exact: true }).click();
  const refusal = dialog(authority.page).getByRole('alert');
  await refusal.waitFor();
  expect(await refusal.textContent()).toContain('Security impact analysis');
  expect(await authority.page.locator('.now .lozenge').textContent()).toBe('Proposed');
  await bench.shoot(authority, 'wizard-first-refusal');
  process.stdout.write(`from nothing to the first enforced refusal: ${((Date.now() - began) / 1000).toFixed(1)} s\n`);
});
