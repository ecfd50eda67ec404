import { createHash } from 'node:crypto';
import type { PackFacts } from '../facts';
import type { PackFile } from '../input';
import { utf8 } from '../text';
import { changeSection } from './change-section';
import { checkingSection } from './checking-section';
import { completenessSection } from './completeness-section';
import { decisionsSection } from './decisions-section';
import { evidenceSection } from './evidence-section';
import { exceptionsSection } from './exceptions-section';
import { fromJiraSection } from './from-jira-section';
import { gateSection } from './gate-section';
import { filesSection } from './files-section';
import { Html, markup } from './html';
import { ledgerSection } from './ledger-section';
import { openingSection } from './opening-section';
import { processSection } from './process-section';
import { STYLE } from './style';

/**
 * The report that a person reads and prints: one file that needs nothing else and can run and load nothing. Its policy
 * allows exactly one style sheet, by digest (CSP Level 3, hash sources).
 */
export function reportFile(facts: PackFacts, primary: readonly PackFile[]): Uint8Array {
  const styleDigest = createHash('sha256').update(STYLE, 'utf8').digest('base64');
  const { snapshot } = facts.input;
  const page = markup`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'sha256-${styleDigest}'; base-uri 'none'; form-action 'none'"
        />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>${snapshot.key}: change control evidence (CM.L2-3.4.3)</title>
        <style>${new Html(STYLE)}</style>
      </head>
      <body>
        <header>${openingSection(facts)}</header>
        <main>
          ${exceptionsSection(facts)} ${changeSection(facts)} ${evidenceSection(facts)} ${filesSection(facts)}
          ${decisionsSection(facts)} ${gateSection(facts)} ${processSection(facts)} ${fromJiraSection(facts)}
          ${ledgerSection(facts)} ${completenessSection(facts)} ${checkingSection(facts, primary)}
        </main>
      </body>
    </html>
`;
  return utf8(page.markup);
}
