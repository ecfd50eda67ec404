import { EVIDENCE_KINDS } from '../../evidence/item';
import { skewPhrase } from '../../evidence/skew';
import type { PackFacts } from '../facts';
import type { EvidenceRow } from '../evidence';
import { signerText } from '../signers';
import { utc } from '../text';
import { objectiveHead } from './exceptions-section';
import { code, markup, link, table } from './html';
import type { Html } from './html';

const TITLES: Readonly<Record<string, string>> = {
  commit: 'Commits',
  branch: 'Branches',
  'pull-request': 'Pull requests',
  review: 'Reviews',
  run: 'Pipeline runs',
  check: 'Checks',
  deployment: 'Deployments',
  'deployment-status': 'Deployment states',
  artifact: 'Artifacts',
  'test-result': 'Test results',
  document: 'Documents',
  'not-obtained': 'What could not be obtained',
  'commit-signature': 'Commit signatures',
  'configuration-difference': 'Configuration differences',
  'configuration-state': 'Configuration states',
  'execution-log': 'Execution logs',
  attestation: 'Attestations',
  'external-change-record': 'External change records',
};

/** 3.4.3[b]: what development tools say of the change, each fact with its identifiers in full. */
export function evidenceSection(facts: PackFacts): Html {
  const kinds = [
    ...EVIDENCE_KINDS,
    ...new Set(facts.evidence.map(({ kind }) => kind).filter((kind) => !isKnown(kind))),
  ];
  const besides = new Set(facts.evidence.flatMap(({ statedIn }) => statedIn));
  const shown = facts.evidence.filter(({ seq }) => !besides.has(seq));
  const present = kinds.filter((kind) => shown.some((row) => row.kind === kind));
  return markup`<section>
    ${objectiveHead(facts, 'b')}
    <p>
      Each fact is what the sender states; the app authenticated the delivery and recorded it. What a sender stated and the
      app read out of the file is one row, with both entries.
    </p>
    ${present.length === 0 ? markup`<p class="none">No evidence from development tools is recorded.</p>` : null}
    ${present.map((kind) =>
      kindTable(
        kind,
        shown.filter((row) => row.kind === kind),
        facts.evidence,
      ),
    )}
  </section>`;
}

const isKnown = (kind: string): boolean => Object.hasOwn(TITLES, kind);

function kindTable(kind: string, rows: readonly EvidenceRow[], all: readonly EvidenceRow[]): Html {
  const title = TITLES[kind] ?? kind;
  return markup`<div class="wide">
      ${table(
        `${title} (${rows.length})`,
        ['Entry', 'What', 'Who and when', 'How it came'],
        rows.map((row) => [
          [row.seq, ...row.statedIn].sort((a, b) => a - b).join(', '),
          whatCell(row),
          whoCell(row),
          markup`${cameByCell(row)}${statedText(row, all)}`,
        ]),
        '',
      )}
    </div>`;
}

function whatCell(row: EvidenceRow): Html {
  const commits = row.commits.filter((commit) => commit !== row.id);
  return markup`<strong>${row.title ?? 'title erased from the ledger'}</strong><br />${code(row.id)}${row.state === null ? null : markup` · ${row.state}`}
    ${row.repository === null ? null : markup`<br />${row.repository}`}
    ${attributesText(row.attributes)} ${row.signers.map((one) => markup`<br />signed by ${signerText(one)}`)}
    ${commits.map((commit) => markup`<br />commit ${code(commit)}`)}
    ${row.url === null ? null : markup`<br />${link(row.url)}`}`;
}

/** What the sender itself stated of what was read: nothing of its entry is lost by showing both in one row. */
function statedText({ statedIn }: EvidenceRow, all: readonly EvidenceRow[]): Html | null {
  const said = all.filter(({ seq }) => statedIn.includes(seq));
  if (said.length === 0) return null;
  return markup`<br />stated by the sender and read from the file${said.map(
    ({ seq, title, id, state, attributes }) =>
      markup`<br />entry ${seq}: “${title ?? 'title erased from the ledger'}”, ${code(id)}${state === null ? null : markup` · ${state}`}${attributesText(attributes)}`,
  )}`;
}

const attributesText = (attributes: EvidenceRow['attributes']): Html | null => {
  const facts = Object.entries(attributes).map(([name, value]) => `${name} ${value}`);
  return facts.length === 0 ? null : markup`<br />${facts.join(' · ')}`;
};

const whoCell = (row: EvidenceRow): Html =>
  markup`${row.people.map(({ role, person }) => markup`${role}: ${person}<br />`)}${
    row.claimedAt === null ? null : markup`${utc(row.claimedAt)}, as the sender states<br />`
  }received ${utc(row.receivedAt)}${row.skew === null ? null : markup`<br /><strong>Times differ: ${skewPhrase(row.skew)}</strong>`}`;

const PROOF: Readonly<Record<string, string>> = {
  'hmac-sha256': 'signed (HMAC-SHA-256) with the key',
  'shared-secret': 'sent with the password (the body is not signed)',
  'jira-session': 'handed in through the panel, signed in to Jira',
};

function cameByCell(row: EvidenceRow): Html {
  const { event, deliveryId, bodyDigest, bodySize, secret, authenticatedBy } = row.provenance;
  const size = bodySize === undefined ? '' : `, ${bodySize} bytes`;
  return markup`${row.sender} ${event}${deliveryId === null ? null : markup`<br />delivery ${code(deliveryId)}`}<br />${PROOF[authenticatedBy] ?? authenticatedBy}${secret === '' ? null : markup` “${secret}”`}, change named in ${row.namedBy.join(', ')}<br />body ${code(bodyDigest)}${size}`;
}
