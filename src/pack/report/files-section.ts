import type { PackFacts } from '../facts';
import { FILES } from '../files';
import type { HandedInRow, MatchingRow } from '../handed-in';
import { signerText } from '../signers';
import { count, utc } from '../text';
import { differencesSection } from './differences-section';
import { code, markup, table } from './html';
import type { Html } from './html';

/** Rows that a reader looks through on paper; all of them are in the matching file. */
const SHOWN = 50;

/** Files that a pipeline or a person handed in: what each states, and how logs stand to the change. */
export function filesSection(facts: PackFacts): Html | null {
  const { rows, matching } = facts.handedIn;
  if (rows.length === 0) return null;
  return markup`<section>
    <h2>Files handed in</h2>
    <p>
      The app read each file and states what it says, not whether that is true. Times are the file’s own claims. A signature
      is called verified only where a registered key has made it.
    </p>
    <div class="wide">
      ${table(
        `Files (${rows.length})`,
        ['Entry', 'File', 'What it states', 'How it came'],
        rows.map((row) => [String(row.entry), fileCell(row), statedCell(row), cameCell(row)]),
        '',
      )}
    </div>
    ${differencesSection(facts)} ${notMatching(matching)}
  </section>`;
}

const fileCell = (row: HandedInRow): Html =>
  markup`<strong>${row.name ?? 'name erased'}</strong>${row.about === null ? null : markup`<br />${row.about}`}<br />${row.format}, ${count(row.size, 'byte')}<br />SHA-256 ${code(row.digest)}<br />bytes: ${code(row.bytes.where)}`;

function statedCell(row: HandedInRow): Html {
  if (row.refusal !== null) return markup`Could not be read (${row.refusal.code}): ${row.refusal.sentence}`;
  const { claimed, matching } = row;
  return markup`${row.title ?? 'title erased'}<br />${count(row.statements, 'fact')}${effectsText(row)}${row.complete ? null : markup`; not all of the file`}
    ${claimed === null ? null : markup`<br />from ${utc(claimed.from)} to ${utc(claimed.to)}`}
    ${signatureText(row)}
    ${row.findings.map(({ code: finding, sentence }) => markup`<br />${finding}${sentence === null ? null : markup`: ${sentence}`}`)}
    ${
      matching === null
        ? null
        : markup`<br /><strong>${matching.fits} of ${matching.changes} recorded actions fit</strong>: inside the window, by the implementer, on a named system${matching.findings.map(({ sentence }) => markup`<br />${sentence}`)}`
    }
    ${row.statementsMissing === null ? null : markup`<br />what it states is not here: ${row.statementsMissing}`}`;
}

/** Only of what a log tells it matters that it does not say whether it changed something. */
function effectsText({ effects: { write, read, unknown }, evidence }: HandedInRow): string {
  if (evidence !== 'execution-log') return write === 0 ? '' : `, ${write} of them stating a change`;
  return `: ${write} changed something, ${read} only read, ${unknown} may have changed something`;
}

function signatureText({ signatures, signers, trustVersion }: HandedInRow): Html | null {
  const { verified, signerUnknown, invalid, unsigned } = signatures;
  if (verified + signerUnknown + invalid + unsigned === 0) return null;
  return markup`<br />signatures: ${verified} verified, ${signerUnknown} signed by nobody known, ${invalid} invalid, ${unsigned} unsigned (registered keys: ${trustVersion})${signers.map((one) => markup`<br />signed by ${signerText(one)}`)}`;
}

const cameCell = (row: HandedInRow): Html =>
  markup`${row.by === null ? markup`${row.provenance.source}, key “${row.provenance.secret}”` : markup`handed in by ${row.by}, signed in to Jira`}, as ${row.claimedKind}<br />received ${utc(row.receivedAt)}, read ${utc(row.readAt)} (${row.readerVersion})${
    row.provenance.redactedDigest === undefined ? null : markup`<br />a marking or secret was taken out before`
  }`;

/** What changed something, or may have, and does not fit what was approved. */
function notMatching(matching: readonly MatchingRow[]): Html | null {
  const rows = matching.filter(({ fits, effect }) => !fits && effect !== 'read');
  if (rows.length === 0) return null;
  const more = rows.length - SHOWN;
  return markup`<div class="wide">
      ${table(
        `Recorded actions that do not fit (${rows.length})`,
        ['Entry, row', 'When', 'What', 'Window', 'Who', 'Systems'],
        rows
          .slice(0, SHOWN)
          .map(({ entry, index, at, title, window, who, systems }) => [
            `${entry}, ${index}`,
            utc(at),
            title,
            WINDOW[window] ?? window,
            WHO[who] ?? who,
            systems.length === 0 ? 'none that the change names' : systems.join(', '),
          ]),
        '',
      )}
    </div>
    ${more > 0 ? markup`<p>${count(more, 'more row')}: see <span class="file">${FILES.matching}</span>.</p>` : null}`;
}

const WINDOW: Readonly<Record<string, string>> = {
  inside: 'inside',
  before: 'before it',
  after: 'after it',
  unknown: 'cannot be told',
};
const WHO: Readonly<Record<string, string>> = {
  implementer: 'the implementer',
  another: 'somebody else',
  unknown: 'somebody the people map does not know',
  nobody: 'nobody named',
};
