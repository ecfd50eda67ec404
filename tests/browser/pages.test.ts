import type { Page } from 'playwright-core';
import { accessibilityFindings } from './bench/accessibility';
import { Bench, REFUSED } from './bench/bench';
import { until } from './bench/until';

/** The pages as a person meets them, without the app's own screens: switch, create, edit, move, by mouse and keyboard. */
jest.setTimeout(120_000);

let bench: Bench;

beforeAll(async () => {
  bench = await Bench.start({ kind: 'empty' });
});
afterEach(() => bench.leave());
afterAll(() => bench.stop());

async function createIn(project: string, summary: string): Promise<string> {
  const type = project === 'CHG' ? 'Change request' : 'Task';
  const fields = { project: { key: project }, issuetype: { name: type }, summary };
  const { body } = await bench.rest('requester', 'POST', '/rest/api/3/issue', { fields });
  return (body as { key: string }).key;
}

const dialog = (page: Page) => page.getByRole('dialog');
const focusedIn = (page: Page, selector: string): Promise<boolean> =>
  page.evaluate(`document.activeElement?.closest(${JSON.stringify(selector)}) != null`);

test('somebody who has not said who they are is asked, and comes back to where they were', async () => {
  const visit = await bench.as(undefined, { expected: [/status of 401/] });
  await visit.goto('/projects/CHG/issues');
  await visit.page.getByRole('button', { name: 'Continue as Rachel Quinn' }).click();
  expect(await visit.page.getByRole('heading', { level: 1 }).textContent()).toBe('Changes to CUI systems');
  expect(visit.page.url()).toBe(`${bench.site.base}/projects/CHG/issues`);
});

test('the switcher changes who one is on the same page', async () => {
  // A call of the panel that is under way while the person changes is refused: its frame was opened by somebody else.
  const expected = [/status of 404/, /status of 403 .*\/bridge\//];
  const visit = await bench.as('requester', { expected });
  const key = await createIn('CHG', 'Rotate the VPN certificates');
  await visit.goto(`/browse/${key}`);
  const switcher = visit.page.getByLabel('Signed in as');
  await switcher.selectOption('auditor');
  await visit.page.getByText('No transition is open to you here.').waitFor();
  await visit.page.getByLabel('Signed in as').selectOption('outsider');
  await visit.page.getByRole('heading', { name: 'This work item does not exist' }).waitFor();
  expect(await visit.page.getByText('Rotate the VPN certificates').count()).toBe(0);
});

test('a change request is made by keyboard alone, in the viewer’s words', async () => {
  const { page, goto } = await bench.as('requester');
  await goto('/projects/CHG/issues');
  await page.getByRole('link', { name: 'Create' }).first().focus();
  await page.keyboard.press('Enter');
  await dialog(page).waitFor();
  await page.getByLabel('Summary').focus();
  await page.keyboard.type('Patch the identity provider');
  await page.getByLabel('Scope').focus();
  await page.keyboard.type('IdP nodes 1 and 2.\n\nNothing else.');
  await page.getByLabel('Change type').selectOption({ label: 'Normal' });
  await page.getByLabel('Change owner').selectOption({ label: 'Owen Marsh' });
  await page.getByLabel('Identity provider').focus();
  await page.keyboard.press('Space');
  await page.getByLabel('Change window start').fill('2026-03-04T20:00');
  await page.getByRole('button', { name: 'Create' }).press('Enter');
  await page.waitForURL(/browse\/CHG-\d+$/);
  await page.getByRole('heading', { level: 1, name: 'Patch the identity provider' }).waitFor();
  const details = page.locator('[data-part=details]');
  const shown = (await details.textContent()) ?? '';
  for (const words of ['Normal', 'Owen Marsh', 'Identity provider', '4 Mar 2026, 20:00 UTC', 'Rachel Quinn'])
    expect(shown).toContain(words);
  expect(await page.locator('.prose-field', { hasText: 'Scope' }).locator('p').allTextContents()).toEqual([
    'IdP nodes 1 and 2.',
    'Nothing else.',
  ]);
});

test('a dialog keeps the keyboard inside, closes with Escape and gives the focus back', async () => {
  const { page, goto } = await bench.as('requester');
  await goto(`/browse/${await createIn('OPS', 'Rotate logs')}`);
  const opener = page.getByRole('link', { name: 'Edit', exact: true }).first();
  await opener.focus();
  await page.keyboard.press('Enter');
  await dialog(page).waitFor();
  expect(await dialog(page).getAttribute('aria-labelledby')).toBe('dialog-title');
  for (let step = 0; step < 30; step += 1) {
    await page.keyboard.press(step < 15 ? 'Tab' : 'Shift+Tab');
    expect(await focusedIn(page, 'dialog')).toBe(true);
  }
  await page.keyboard.press('Escape');
  await dialog(page).waitFor({ state: 'detached' });
  expect(await page.evaluate('document.activeElement.textContent')).toBe('Edit');
});

test('one field is edited in place, and the history says who changed what', async () => {
  const key = await createIn('CHG', 'Replace the badge readers');
  const { page, goto } = await bench.as('owner');
  await goto(`/browse/${key}`);
  await page.getByRole('link', { name: 'Edit Backout plan' }).click();
  await dialog(page).getByLabel('Backout plan').fill('Put the old readers back.');
  await dialog(page).getByRole('button', { name: 'Save' }).click();
  await dialog(page).waitFor({ state: 'detached' });
  await page.getByText('Put the old readers back.').first().waitFor();
  await page.getByRole('tab', { name: /History/ }).click();
  const history = page.getByRole('tabpanel', { name: /History/ });
  expect(await history.getByText('changed Backout plan').count()).toBe(1);
  expect(await history.getByText('Owen Marsh').count()).toBeGreaterThan(0);
});

test('a workflow without rules moves at one click', async () => {
  const { page, goto } = await bench.as('requester');
  await goto(`/browse/${await createIn('OPS', 'Order laptops')}`);
  const transition = page.getByRole('list', { name: 'Transitions' }).getByRole('button').first();
  const name = (await transition.textContent()) ?? '';
  const before = await page.locator('.now .lozenge').textContent();
  await transition.click();
  await dialog(page).getByRole('button', { name, exact: true }).click();
  await dialog(page).waitFor({ state: 'detached' });
  await until(page, `document.querySelector('.now .lozenge')?.textContent !== ${JSON.stringify(before)}`);
});

test('a refused transition says everything at once and keeps what was typed', async () => {
  const key = await createIn('CHG', 'Half a change');
  const visit = await bench.as('authority', { expected: [REFUSED] });
  const { page } = visit;
  await visit.goto(`/browse/${key}`);
  await page.getByRole('button', { name: 'Approve', exact: true }).click();
  const analysis = dialog(page).getByLabel('Security impact analysis');
  await analysis.fill('Looks harmless to me.');
  await dialog(page).getByRole('button', { name: 'Approve', exact: true }).click();
  const alert = dialog(page).getByRole('alert');
  await alert.waitFor();
  const words = (await dialog(page).textContent()) ?? '';
  for (const field of ['Scope', 'Justification', 'Test plan', 'Backout plan', 'Impacted CUI systems'])
    expect(words).toContain(field);
  expect(await analysis.inputValue()).toBe('Looks harmless to me.');
  expect(await focusedIn(page, '[data-errors]')).toBe(true);
  expect(await page.locator('.now .lozenge').textContent()).toBe('Proposed');
});

test('comments and files are added to the issue, and handed out again', async () => {
  const key = await createIn('CHG', 'Install the EDR agent');
  const { page, goto } = await bench.as('implementer');
  await goto(`/browse/${key}`);
  await page.getByLabel('Add a comment').fill('Agent 7.2 is on the pilot hosts.\nNo alarms.');
  await page.getByRole('button', { name: 'Save comment' }).click();
  await page.locator('.event .prose', { hasText: 'Agent 7.2 is on the pilot hosts.' }).waitFor();
  await page
    .getByLabel('Attach a file')
    .setInputFiles({ name: 'pilot.txt', mimeType: 'text/plain', buffer: Buffer.from('all good') });
  await page.getByRole('button', { name: 'Attach', exact: true }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'pilot.txt' }).click(),
  ]);
  const stream = await download.createReadStream();
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  expect(text).toBe('all good');
});

test('an edit of somebody else appears without a reload, and what is being typed stays', async () => {
  const key = await createIn('CHG', 'Before');
  const { page, goto } = await bench.as('owner');
  await goto(`/browse/${key}`);
  await page.getByLabel('Add a comment').fill('not sent yet');
  await bench.rest('requester', 'PUT', `/rest/api/3/issue/${key}`, { fields: { summary: 'After' } });
  await page.getByRole('heading', { level: 1, name: 'After' }).waitFor();
  expect(await page.getByLabel('Add a comment').inputValue()).toBe('not sent yet');
});

test.each([
  ['light', '/', 'home'],
  ['light', '/projects/CHG/issues', 'issues'],
  ['dark', '/projects/CHG/issues', 'issues'],
  ['light', '/create?project=CHG', 'create'],
  ['dark', '/create?project=CHG', 'create'],
] as const)('in %s, %s has no accessibility findings', async (colors, path, name) => {
  const visit = await bench.as('requester', { colors });
  await visit.goto(path);
  await bench.shoot(visit, `page-${name}-${colors}`);
  expect(await accessibilityFindings(visit.page)).toEqual([]);
});

test('the workflow shows every rule with its configuration, without accessibility findings in light and dark', async () => {
  const visit = await bench.as('admin');
  await visit.goto('/admin/workflows');
  await visit.page
    .getByRole('main')
    .getByRole('link', { name: /change/i })
    .first()
    .click();
  await visit.page.getByRole('heading', { name: 'Transitions' }).waitFor();
  const approve = visit.page.getByRole('region', { name: 'Approve', exact: true });
  for (const rule of ['Change control', 'Required change fields', 'Independent decider', 'Record who moved the change'])
    expect(await approve.getByRole('heading', { name: rule }).count()).toBeGreaterThan(0);
  await approve.locator('iframe').first().contentFrame().locator('[data-ready=true]').waitFor();
  expect(await accessibilityFindings(visit.page)).toEqual([]);
  await visit.page.emulateMedia({ colorScheme: 'dark' });
  expect(await accessibilityFindings(visit.page)).toEqual([]);
  // Nearly thirty frames: a picture of the whole page would open all of them.
  await visit.page.screenshot({ path: '.build/screenshots/page-workflow-dark.png' });
});
