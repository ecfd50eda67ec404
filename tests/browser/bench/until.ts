import { setTimeout as wait } from 'node:timers/promises';
import type { Frame, Page } from 'playwright-core';

const PATIENCE_MS = 15_000;
const BETWEEN_MS = 50;

/**
 * Waits until an expression holds in a page or a frame; throws after 15 seconds with the expression's text.
 *
 * Each look is a call of its own from outside. `waitForFunction` looks again from inside the page, where the site's
 * content security policy forbids it to evaluate text, so it works only where the first look already succeeds.
 */
export async function until(place: Page | Frame, expression: string): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  while (!(await place.evaluate(`Boolean(${expression})`))) {
    if (performance.now() > end) throw new Error(`did not come to hold: ${expression}`);
    await wait(BETWEEN_MS);
  }
}
