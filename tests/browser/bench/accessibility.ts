import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import * as z from 'zod/mini';

const source = readFileSync(createRequire(__filename).resolve('axe-core/axe.min.js'), 'utf8');

const results = z.object({
  violations: z.array(
    z.object({
      id: z.string(),
      impact: z.optional(z.nullable(z.string())),
      help: z.string(),
      nodes: z.array(z.object({ html: z.string(), failureSummary: z.optional(z.string()) })),
    }),
  ),
  passes: z.array(z.unknown()),
});

const RUN =
  "axe.run(document, { iframes: false, runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })";

/**
 * What axe-core finds against WCAG 2.2 AA on the page and in each of its frames, one line a finding. Evaluated over the
 * debugging protocol, so that no policy of the page has to be loosened. Throws when axe checked nothing.
 */
export async function accessibilityFindings(page: Page): Promise<readonly string[]> {
  const findings: string[] = [];
  for (const frame of page.frames()) {
    // A frame that waits to be scrolled to has nothing in it yet.
    if (frame.isDetached() || !frame.url().startsWith('http')) continue;
    await frame.evaluate(source);
    const { violations, passes } = results.parse(await frame.evaluate(RUN));
    if (passes.length === 0) throw new Error(`axe checked nothing in ${frame.url()}`);
    for (const { id, impact, help, nodes } of violations)
      for (const node of nodes)
        findings.push(
          `${id} (${impact ?? 'unknown'}): ${help}: ${node.html.slice(0, 200)} ${node.failureSummary ?? ''}`,
        );
  }
  return findings;
}
