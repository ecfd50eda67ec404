import type { Frame, Page } from 'playwright-core';
import { Bench } from './bench/bench';
import { until } from './bench/until';

/**
 * The boundary between a page and the app's frame, tried from inside the frame: the frame has no cookie, cannot reach into
 * the page, and is whoever the session says, whatever it claims.
 */
jest.setTimeout(120_000);

let bench: Bench;
let key: string;

beforeAll(async () => {
  bench = await Bench.start({ kind: 'empty' });
  const fields = { project: { key: 'CHG' }, issuetype: { name: 'Change request' }, summary: 'Framed' };
  const { body } = await bench.rest('requester', 'POST', '/rest/api/3/issue', { fields });
  key = (body as { key: string }).key;
});
afterEach(() => bench.leave());
afterAll(() => bench.stop());

/** Opens the issue and waits until the app's panel has data. */
async function panelFrame(page: Page): Promise<Frame> {
  await page.goto(`/browse/${key}`);
  const element = await page.waitForSelector('iframe.app-frame');
  const frame = await element.contentFrame();
  if (!frame) throw new Error('the panel has no frame');
  await frame.locator('[data-ready=true]').waitFor();
  return frame;
}

/** Runs a statement in the frame; answers the error's name and message, or what it came to. */
const attempt = (frame: Frame, expression: string): Promise<string> =>
  frame.evaluate(
    `(async () => { try { return 'got ' + JSON.stringify(await (${expression})); } catch (error) { return error.name + ': ' + error.message; } })()`,
  );

test('the frame has no cookie and cannot read the page around it', async () => {
  const { page } = await bench.as('reviewer');
  const frame = await panelFrame(page);
  expect(new URL(frame.url()).hostname).toBe('localhost');
  expect(await frame.evaluate('document.cookie')).toBe('');
  expect(await attempt(frame, 'window.parent.document.title')).toMatch(/^SecurityError/);
  expect(await attempt(frame, 'window.top.location.href')).toMatch(/^SecurityError/);
});

test("the frame's own requests reach neither the site nor the world", async () => {
  const { page, complaints } = await bench.as('reviewer');
  const frame = await panelFrame(page);
  expect(
    await attempt(
      frame,
      `fetch('${bench.site.base}/rest/api/3/myself', { credentials: 'include' }).then((r) => r.status)`,
    ),
  ).toMatch(/^TypeError/);
  expect(await attempt(frame, `fetch('https://example.com/').then((r) => r.status)`)).toMatch(/^TypeError/);
  expect(await attempt(frame, `fetch('/rest/api/3/myself', { credentials: 'include' }).then((r) => r.status)`)).toBe(
    'got 401',
  );
  const heard = complaints.take().join('\n');
  // A control: the policy is what stops the second one, not only that this machine may have no network.
  expect(heard).toMatch(/example\.com.*content security policy/is);
});

test('who acts is the session, whatever the frame claims', async () => {
  const { page } = await bench.as('reviewer');
  const frame = await panelFrame(page);
  const forged =
    "{ functionKey: 'change.read', payload: { accountId: 'forged' }, accountId: 'forged', context: { accountId: 'forged' } }";
  const answer = await attempt(frame, `window.__bridge.callBridge('invoke', ${forged})`);
  expect(answer).toContain('"name":"Victor Reyes"');
  expect(answer).not.toContain('forged');
});

test.each([
  ['selfDestruct', 'Unknown bridge command "selfDestruct".'],
  ['constructor', 'Unknown bridge command "constructor".'],
  ['__proto__', 'Unknown bridge command "__proto__".'],
])('the unknown command %s is refused', async (command, words) => {
  const { page } = await bench.as('reviewer');
  const frame = await panelFrame(page);
  expect(await attempt(frame, `window.__bridge.callBridge('${command}', {})`)).toBe(`Error: ${words}`);
});

test('a frame whose person has switched away is refused', async () => {
  const visit = await bench.as('reviewer', { expected: [/status of 403/] });
  const frame = await panelFrame(visit.page);
  await visit.context.request.post('/session/user', { form: { user: 'requester', back: '/' } });
  expect(await attempt(frame, "window.__bridge.callBridge('invoke', { functionKey: 'change.read' })")).toMatch(
    /signed in since/,
  );
});

test('the theme reaches the frame, and follows a change of the machine', async () => {
  const { page } = await bench.as('reviewer', { colors: 'dark' });
  const frame = await panelFrame(page);
  const mode =
    "document.documentElement.dataset.colorMode + ' ' + getComputedStyle(document.documentElement).getPropertyValue('--ds-surface').trim().toLowerCase()";
  // The tokens of a theme come after the attribute that names it: screens do not wait for them.
  const withTokens = (theme: string) => until(frame, `(${mode}).startsWith('${theme} #')`);
  await withTokens('dark');
  const dark = await frame.evaluate(mode);
  expect(dark).toMatch(/^dark #/);
  await page.emulateMedia({ colorScheme: 'light' });
  await withTokens('light');
  expect(await frame.evaluate(mode)).toBe('light #ffffff');
});

test('a flag of the app is shown by the page, read out, and dismissed', async () => {
  const { page } = await bench.as('reviewer');
  const frame = await panelFrame(page);
  await attempt(
    frame,
    "window.__bridge.callBridge('showFlag', { id: 'f', title: 'Recorded', description: 'Entry 4', type: 'success' })",
  );
  const region = page.getByRole('region', { name: 'Notifications' });
  await region.getByRole('heading', { name: 'Recorded' }).waitFor();
  expect(await region.getAttribute('aria-live')).toBe('polite');
  await region.getByRole('button', { name: 'Dismiss: Recorded' }).click();
  expect(await region.getByRole('heading').count()).toBe(0);
});

test('a modal of the app opens over the page and hands its answer back', async () => {
  const { page } = await bench.as('reviewer');
  const frame = await panelFrame(page);
  const opened = attempt(
    frame,
    "new Promise((resolve) => window.__bridge.callBridge('openModal', { resource: null, size: 'medium', title: 'More', context: { step: 2 }, onClose: resolve }))",
  );
  const modal = await page.waitForSelector('dialog iframe');
  const inner = await modal.contentFrame();
  if (!inner) throw new Error('the modal has no frame');
  await until(inner, 'window.__bridge !== undefined');
  const context = await attempt(inner, "window.__bridge.callBridge('getContext')");
  expect(context).toContain('"modal":{"step":2}');
  // The frame goes with the modal, often before its own call is answered.
  await attempt(inner, "window.__bridge.callBridge('close', { chosen: 'yes' })").catch(() => undefined);
  expect(await opened).toBe('got {"chosen":"yes"}');
  expect(await page.getByRole('dialog').count()).toBe(0);
});

test('leaving the site is asked about first', async () => {
  const { page } = await bench.as('reviewer');
  const frame = await panelFrame(page);
  void attempt(
    frame,
    "window.__bridge.callBridge('navigate', { url: 'https://github.com/octo/repo', type: 'new-tab' })",
  );
  await page.getByRole('dialog').getByText('https://github.com/octo/repo').waitFor();
  await page.getByRole('button', { name: 'Cancel' }).click();
  expect(page.context().pages()).toHaveLength(1);
  expect(
    await attempt(frame, "window.__bridge.callBridge('navigate', { url: 'javascript:alert(1)', type: 'same-tab' })"),
  ).toMatch(/^Error: Links to javascript:/);
});

test('the panel cannot be closed and has no history, as on Jira', async () => {
  const { page } = await bench.as('reviewer');
  const frame = await panelFrame(page);
  expect(await attempt(frame, "window.__bridge.callBridge('close')")).toBe('got false');
  expect(await attempt(frame, "window.__bridge.callBridge('createHistory')")).toMatch(/^Error: createHistory/);
});

test('the frame is as high as what it shows', async () => {
  const { page } = await bench.as('reviewer');
  const frame = await panelFrame(page);
  await until(page, "document.querySelector('iframe.app-frame').clientHeight > 300");
  const inside = await frame.evaluate('document.documentElement.offsetHeight');
  const outside = await page.evaluate("document.querySelector('iframe.app-frame').clientHeight");
  expect(Math.abs(Number(inside) - Number(outside))).toBeLessThan(4);
});

test("a rule's screen gives its configuration to the workflow editor, which saves it in a new version", async () => {
  const read = async () => {
    const names = { workflowNames: ['Change control workflow'] };
    const { body } = await bench.rest('admin', 'POST', '/rest/api/3/workflows', names);
    const { workflows } = body as { workflows: { version: { versionNumber: number }; transitions: unknown }[] };
    return workflows[0];
  };
  const configs = (transitions: unknown): readonly string[] =>
    [...JSON.stringify(transitions).matchAll(/"config":"((?:[^"\\]|\\.)*)"/g)].map(([, config]) => config ?? '');
  const before = await read();
  const { page, goto } = await bench.as('admin');
  await goto('/admin/workflows/Change%20control%20workflow');
  await page.getByRole('link', { name: 'Edit Independent decider of Approve', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Edit Independent decider of Approve' });
  await dialog.locator('iframe').contentFrame().locator('[data-ready=true]').waitFor();
  await Promise.all([page.waitForEvent('load'), dialog.getByRole('button', { name: 'Update' }).click()]);
  const after = await read();
  expect(after?.version.versionNumber).toBeGreaterThan(before?.version.versionNumber ?? Infinity);
  expect(configs(after?.transitions)).toEqual(configs(before?.transitions));
  expect(configs(after?.transitions).some((config) => config.includes('roles'))).toBe(true);
});
