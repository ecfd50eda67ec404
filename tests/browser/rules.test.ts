import type { FrameLocator, Page } from 'playwright-core';
import { accessibilityFindings } from './bench/accessibility';
import { Bench, type Visit, type VisitOptions } from './bench/bench';

/** A workflow's rules as an admin configures them: what is chosen on the screen is what the next transition meets. */
jest.setTimeout(180_000);

let bench: Bench;

beforeAll(async () => {
  bench = await Bench.start({ kind: 'empty' });
});
afterEach(() => bench.leave());
afterAll(() => bench.stop());

const WORKFLOW = '/admin/workflows/Change%20control%20workflow';
const dialog = (page: Page) => page.getByRole('dialog');

async function openRule(transition: string, rule: string, nth: number, options: VisitOptions = {}) {
  const visit = await bench.as('admin', options);
  await visit.goto(WORKFLOW);
  await visit.page
    .getByRole('region', { name: transition, exact: true })
    .getByRole('link', { name: `Edit ${rule} of ${transition}` })
    .nth(nth)
    .click();
  const screen = dialog(visit.page).locator('iframe').contentFrame();
  await screen.locator('[data-ready=true]').waitFor();
  return { visit, screen };
}

async function update({ page }: Visit): Promise<void> {
  await Promise.all([page.waitForEvent('load'), dialog(page).getByRole('button', { name: 'Update' }).click()]);
}

async function change(): Promise<string> {
  const fields = {
    project: { key: 'CHG' },
    issuetype: { name: 'Change request' },
    summary: 'Rotate the VPN certificates',
  };
  const { body } = await bench.rest('requester', 'POST', '/rest/api/3/issue', { fields });
  await bench.rest('admin', 'POST', '/forge/drain');
  return (body as { key: string }).key;
}

const offered = async (who: string, key: string): Promise<readonly { id: string; name: string }[]> => {
  const { body } = await bench.rest(who, 'GET', `/rest/api/3/issue/${key}/transitions`);
  return (body as { transitions: { id: string; name: string }[] }).transitions;
};

/** What Jira says when somebody approves over REST. */
async function refusal(who: string, key: string): Promise<string> {
  const id = (await offered(who, key)).find(({ name }) => name === 'Approve')?.id;
  const { status, body } = await bench.rest(who, 'POST', `/rest/api/3/issue/${key}/transitions`, {
    transition: { id },
  });
  expect(status).toBe(400);
  return JSON.stringify(body);
}

const described = (page: Page, transition: string, words: string) =>
  page.getByRole('region', { name: transition, exact: true }).locator('[data-part=description]', { hasText: words });

test('a field made required is asked for by the next transition, and the workflow says so', async () => {
  const key = await change();
  expect(await refusal('authority', key)).not.toContain('Description');
  const { visit, screen } = await openRule('Approve', 'Required change fields', 1);
  expect(await screen.getByRole('checkbox', { name: 'Test plan' }).isChecked()).toBe(true);
  await screen.getByRole('checkbox', { name: 'Description' }).check();
  await screen.getByLabel('Message when it refuses').fill('Still to be written:');
  await screen.getByText('Security impact analysis, Test plan, Backout plan and Description').waitFor();
  await update(visit);
  await described(visit.page, 'Approve', 'Backout plan and Description.').waitFor();
  const words = await refusal('authority', key);
  expect(words).toMatch(/Still to be written: [^"]*Description/);
});

test('a role that is taken out is not offered the transition any more, and the others are', async () => {
  const key = await change();
  expect((await offered('authority', key)).map(({ name }) => name)).toContain('Approve');
  const { visit, screen } = await openRule('Approve', 'Independent decider', 0);
  const box = screen.getByRole('checkbox', { name: /^change authority/ });
  await box.focus();
  await box.press('Space');
  await update(visit);
  await described(visit.page, 'Approve', 'only members of security-reviewers').waitFor();
  expect((await offered('authority', key)).map(({ name }) => name)).not.toContain('Approve');
  expect((await offered('reviewer', key)).map(({ name }) => name)).toContain('Approve');
});

async function saved(): Promise<string> {
  const { body } = await bench.rest('admin', 'GET', '/rest/api/3/workflows/search?expand=values.transitions');
  return JSON.stringify(body);
}

async function refuses(screen: FrameLocator, visit: Visit, sentence: RegExp): Promise<void> {
  const before = await saved();
  await dialog(visit.page).getByRole('button', { name: 'Update' }).click();
  await dialog(visit.page).locator('[data-errors]').getByText('Nothing was saved.').waitFor();
  const alert = screen.getByRole('alert');
  await alert.getByText('Nothing was saved').waitFor();
  expect(await alert.textContent()).toMatch(sentence);
  expect(await saved()).toBe(before);
}

test('a rule that says nothing, or that Jira would not run, is not saved', async () => {
  const { visit, screen } = await openRule('Disapprove', 'Required change fields', 0);
  await screen.getByRole('checkbox', { name: 'Decision basis' }).uncheck();
  await screen.getByRole('checkbox', { name: 'Required actions' }).uncheck();
  await screen.getByText('This cannot be saved yet').waitFor();
  await refuses(screen, visit, /Choose at least one field/);
  for (const box of await screen.getByRole('checkbox').all()) await box.check();
  await screen.getByText('Expression that Jira will run').click();
  await screen.getByText(/of 1,000 characters/).waitFor();
  await screen.getByText(/Jira has checked it and would run it/).waitFor();
  await screen.getByLabel('Message when it refuses').fill('x'.repeat(201));
  await refuses(screen, visit, /The message has 201 characters/);
});

test('when the app does not answer, nothing is saved and that is said', async () => {
  const { visit, screen } = await openRule('Close', 'Change control', 0, { expected: [/status of 5\d\d/] });
  await screen.getByRole('radio', { name: /^Withdraw/ }).check();
  await bench.rest('admin', 'POST', '/forge/faults', { jira: { failEvery: 1, status: 503 } });
  try {
    await refuses(screen, visit, /did not answer|failed/);
  } finally {
    await bench.rest('admin', 'POST', '/forge/faults', {});
  }
});

test('an update without a choice leaves what was saved to the letter', async () => {
  const before = await saved();
  const { visit } = await openRule('Withdraw', 'Independent decider', 0);
  await update(visit);
  const config = (text: string) => [...text.matchAll(/"config":"((?:[^"\\]|\\.)*)"/g)].map(([, one]) => one);
  expect(config(await saved())).toEqual(config(before));
  expect(config(before).length).toBeGreaterThan(15);
});

test.each([
  ['light', 'Approve', 'Independent decider', 'condition'],
  ['dark', 'Approve', 'Independent decider', 'condition'],
  ['light', 'Approve', 'Required change fields', 'fields'],
  ['dark', 'Approve', 'Required change fields', 'fields'],
  ['light', 'Execute', 'Change control', 'step'],
  ['dark', 'Execute', 'Change control', 'step'],
] as const)('in %s, the screen of %s %s has no accessibility findings', async (colors, transition, rule, name) => {
  const visit = await bench.as('admin', { colors });
  // As a page of its own: the frames of all the other rules are not what is looked at here.
  const html = await (await visit.context.request.get(WORKFLOW)).text();
  const address = new RegExp(
    `href="([^"]+)"\\s+data-dialog="[^"]+"\\s+aria-label="Edit ${rule} of ${transition}"`,
  ).exec(html);
  await visit.goto(address?.[1] ?? '');
  const screen = visit.page.locator('iframe').contentFrame();
  await screen.locator('[data-ready=true]').waitFor();
  if (rule !== 'Change control') await screen.getByText('Expression that Jira will run').click();
  await bench.shoot(visit, `rule-${name}-${colors}`);
  expect(await accessibilityFindings(visit.page)).toEqual([]);
});
