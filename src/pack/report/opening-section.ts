import { RENDERER } from '../files';
import type { PackFacts } from '../facts';
import { fileExceptions } from '../file-exceptions';
import { utc } from '../text';
import { HEADER, REQUIREMENT } from '../words';
import { code, factList, markup } from './html';
import type { Html } from './html';
import { stateBox } from './state-box';

/** What this is, whose it is, and where the change stands. */
export function openingSection(facts: PackFacts): Html {
  const { input, head } = facts;
  const { snapshot, verdict } = input;
  return markup`<p class="kicker">Change control evidence · CM.L2-3.4.3 · NIST SP 800-171 Revision 2, 3.4.3</p>
    <h1>${snapshot.key}: ${snapshot.content.summary}</h1>
    <p class="header">${HEADER}</p>
    ${stateBox(facts)}
    <ul class="counts">
      <li><b>${verdict.exceptions.length + fileExceptions(facts).length}</b> exceptions</li>
      <li><b>${verdict.decisions.length}</b> decisions</li>
      <li><b>${facts.evidence.length}</b> evidence facts</li>
      <li><b>${facts.completeness.sought.flatMap(({ missing }) => missing).length}</b> gaps, each with its reason</li>
      <li><b>${input.entries.length}</b> ledger entries</li>
    </ul>
    ${factList([
      ['Requirement', REQUIREMENT],
      ['Jira site', input.site],
      ['Status in Jira at export', snapshot.status],
      ['Exported', utc(input.generatedAt)],
      ['Exported by', `${input.exportedBy.displayName} (account ${input.exportedBy.accountId})`],
      ['App version', `${input.appVersion}, ${RENDERER}`],
      ['Policy', `${verdict.policyVersion}, judged ${utc(verdict.judgedAt)}`],
      ['Last hash of the ledger', code(head)],
    ])}`;
}
