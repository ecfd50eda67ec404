import { EVIDENCE_KINDS } from '../../evidence/item';
import type { PackFacts } from '../facts';
import type { EvidenceRow } from '../evidence';
import { utc } from '../text';
import { objectiveHead } from './exceptions-section';
import { code, html, link, table } from './html';
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
};

/** 3.4.3[b]: what development tools say of the change, each fact with its identifiers in full. */
export function evidenceSection(facts: PackFacts): Html {
  const kinds = [
    ...EVIDENCE_KINDS,
    ...new Set(facts.evidence.map(({ kind }) => kind).filter((kind) => !isKnown(kind))),
  ];
  const present = kinds.filter((kind) => facts.evidence.some((row) => row.kind === kind));
  return html`<section class="part">
    ${objectiveHead(facts, 'b')}
    ${present.length === 0 ? html`<p class="none">No evidence from development tools is recorded.</p>` : null}
    ${present.map((kind) =>
      kindTable(
        kind,
        facts.evidence.filter((row) => row.kind === kind),
      ),
    )}
  </section>`;
}

const isKnown = (kind: string): boolean => Object.hasOwn(TITLES, kind);

function kindTable(kind: string, rows: readonly EvidenceRow[]): Html {
  const title = TITLES[kind] ?? kind;
  return html`<h3>${title}</h3>
    <div class="wide">
      ${table(
        `${title} (${rows.length}): stated by the sender, received and authenticated by the app`,
        ['Entry', 'What', 'People', 'When', 'Came by'],
        rows.map((row) => [String(row.seq), whatCell(row), peopleCell(row), whenCell(row), cameByCell(row)]),
        '',
      )}
    </div>`;
}

function whatCell(row: EvidenceRow): Html {
  const attributes = Object.entries(row.attributes).map(([name, value]) => `${name} ${value}`);
  const commits = row.commits.filter((commit) => commit !== row.id);
  return html`<strong>${row.title ?? 'title erased from the ledger'}</strong
    ><br />${code(row.id)}${row.state === null ? null : html` · ${row.state}`}
    ${row.repository === null ? null : html`<br />${row.repository}`}
    ${attributes.length === 0 ? null : html`<br />${attributes.join(' · ')}`}
    ${commits.map((commit) => html`<br />commit ${code(commit)}`)}
    ${row.url === null ? null : html`<br />${link(row.url)}`}`;
}

const peopleCell = (row: EvidenceRow): Html =>
  html`${row.people.map(({ role, person }) => html`${role}: ${person}<br />`)}`;

const whenCell = (row: EvidenceRow): Html =>
  html`${row.claimedAt === null ? null : html`${utc(row.claimedAt)} as stated<br />`}${utc(row.receivedAt)} received`;

function cameByCell(row: EvidenceRow): Html {
  const { source, event, deliveryId, bodyDigest, secret } = row.provenance;
  return html`${source} ${event}${deliveryId === null ? null : html`<br />delivery ${code(deliveryId)}`}<br />secret
    “${secret}”, named by ${row.namedBy.join(', ')}<br />body ${code(bodyDigest)}`;
}
