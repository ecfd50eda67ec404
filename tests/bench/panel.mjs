// Milliseconds from a frame's navigation until its data is shown, in a fresh browser context on a running site, for the
// panel and for a screen of plain React with one resolver call in its place. Prints JSON.
import { chromium } from 'playwright-core';
import { readFileSync } from 'node:fs';

const [base, change, plainScript, rounds] = process.argv.slice(2);
const plain = readFileSync(plainScript, 'utf8');
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
});
const taken = { panel: [], plain: [] };
// The first round warms the site's processes and is not counted.
for (let round = 0; round <= Number(rounds); round += 1)
  for (const which of Object.keys(taken)) {
    const shown = await once(which === 'plain');
    if (round > 0) taken[which].push(shown);
  }
await browser.close();
console.log(JSON.stringify(taken));

async function once(substituted) {
  const context = await browser.newContext({ baseURL: base, viewport: { width: 1360, height: 900 } });
  await context.request.post('/session/user', { form: { user: 'reviewer', back: '/' } });
  if (substituted)
    await context.route(/\/assets\/index-[^/]*\.js$/, (route) =>
      route.fulfill({ contentType: 'text/javascript', body: plain }),
    );
  const page = await context.newPage();
  await page.goto(`/browse/${change}`);
  const frame = await (await page.waitForSelector('iframe')).contentFrame();
  // The screen is there, so the frame goes nowhere any more. `waitForFunction` would look again from inside, where the
  // page's policy forbids it to evaluate text.
  await frame.locator('#root > *').first().waitFor();
  const shown = await frame.evaluate(
    () =>
      new Promise((resolve) => {
        const seen = (list) => list.getEntriesByName('data-shown').forEach(({ startTime }) => resolve(startTime));
        new PerformanceObserver(seen).observe({ type: 'mark', buffered: true });
      }),
  );
  await context.close();
  return shown;
}
