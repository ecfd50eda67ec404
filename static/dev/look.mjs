// Opens every state of every screen in light and dark, checks each with axe and for complaints of the browser, and
// puts pictures into a folder:  node static/dev/look.mjs FOLDER [state …]
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { serve } from './serve.mjs';

const require = createRequire(import.meta.url);
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const PANEL = [
  'decide',
  'requester',
  'last',
  'signed',
  'open',
  'voided',
  'disapproved',
  'exceptions',
  'markings',
  'assembling',
  'delegated',
  'closed',
  'broken',
  'empty',
  'uncontrolled',
  'long',
  'emergency',
  'emergency-new',
  'actions',
  'resubmitted',
  'asks',
  'standard',
  'executed',
  'recorded',
];
const OTHERS = [
  'register',
  'register-cut',
  'register-empty',
  ...['admin', 'admin-long', 'admin-empty'].flatMap((state) =>
    ['policy', 'people', 'signing-keys', 'secrets', 'deliveries', 'health', 'set-up'].map(
      (section) => `${state}#/${section}`,
    ),
  ),
  'setup-first#/set-up',
  'setup-broken#/set-up',
  'setup-done#/set-up',
  'rule-validator',
  'rule-validator-new',
  'rule-fields',
  'rule-fields-view',
  'rule-fields-long',
  'rule-fields-foreign',
  'rule-condition',
  'rule-condition-view',
  'rule-condition-earlier',
  'rule-post',
  'rule-unknown',
];
const FAULTS = [
  'decide&lose=change.read',
  'decide&hang=change.read',
  'decide&refuse=change.read',
  'register&lose=register.read',
  'admin&lose=policy.read',
  'admin&refuse=secrets.read#/secrets',
  'admin&lose=health.read#/health',
  'admin&lose=trust.read#/signing-keys',
  'rule-fields&lose=rule.read',
  'rule-condition-view&lose=rule.read',
];

const [folder = 'pictures', ...only] = process.argv.slice(2);
await mkdir(folder, { recursive: true });
const server = await serve();
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--headless', '--disable-gpu'],
});
let faults = 0;
for (const state of only.length > 0 ? only : [...PANEL, ...OTHERS, ...FAULTS]) {
  for (const mode of ['light', 'dark']) {
    const wide = !PANEL.includes(state.split(/[&#]/)[0]);
    const page = await browser.newPage({ viewport: { width: wide ? 1200 : 820, height: 700 } });
    page.on('console', (message) => {
      if (message.type() === 'error') complain(state, mode, message.text());
    });
    page.on('pageerror', (error) => complain(state, mode, error.message));
    await page.goto(`http://127.0.0.1:${server.address().port}/?${addressed(state, mode)}`);
    await page.locator('[data-ready], [role=alert], .skeleton, .message').first().waitFor();
    if (!state.includes('hang')) await page.locator('.skeleton').first().waitFor({ state: 'detached' });
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => globalThis.axe.run({ rules: { region: { enabled: false } } }));
    for (const { id, help, nodes } of violations)
      complain(state, mode, `${id}: ${help}\n    ${nodes.map((node) => node.html.slice(0, 160)).join('\n    ')}`);
    await page.screenshot({ path: join(folder, `${state.replaceAll(/[^\w-]/g, '_')}.${mode}.png`), fullPage: true });
    await page.close();
  }
}
await browser.close();
server.close();
process.stdout.write(faults === 0 ? 'no fault\n' : `${faults} faults\n`);
process.exitCode = faults === 0 ? 0 : 1;

/** The fragment is the page's own address and comes last. */
function addressed(state, mode) {
  const [query, fragment] = state.split('#');
  return `state=${query}&mode=${mode}${fragment === undefined ? '' : `#${fragment}`}`;
}

function complain(state, mode, text) {
  faults += 1;
  process.stdout.write(`${state} ${mode}: ${text}\n`);
}
