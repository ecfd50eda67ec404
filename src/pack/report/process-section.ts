import { implementationRecords, type ImplementationRecord } from '../../gate/implementation';
import type { EntryKind, StoredEntry } from '../../ledger/entry';
import type { PackFacts } from '../facts';
import { personOf, personText } from '../person';
import { utc } from '../text';
import { delegations, meetings } from './board-section';
import { markup, table } from './html';
import type { Html } from './html';

/** What stands around the decisions: each part only where the ledger holds something of it. */
export function processSection(facts: PackFacts): Html | null {
  const parts = [
    template,
    meetings,
    delegations,
    pass,
    reviews,
    overrides,
    freezeExceptions,
    requiredActions,
    implementation,
  ].flatMap((part) => part(facts) ?? []);
  if (parts.length === 0) return null;
  return markup`<section>
    <h2>Around the decisions</h2>
    <div class="wide">${parts}</div>
  </section>`;
}

type StoredOf<K extends EntryKind> = StoredEntry & { readonly entry: Extract<StoredEntry['entry'], { kind: K }> };

/** The entries of a kind; an entry is what its kind says (the ledger's schema was checked on reading). */
const ofKind = <K extends EntryKind>({ input }: PackFacts, kind: K): StoredOf<K>[] =>
  input.entries.filter((stored): stored is StoredOf<K> => stored.entry.kind === kind);

const who = (stored: StoredEntry, by: Parameters<typeof personOf>[1]): string => personText(personOf(stored, by));

function template(facts: PackFacts): Html | null {
  const rows = ofKind(facts, 'template-applied').map((stored) => {
    const { seq, at, body } = stored.entry;
    const name = facts.input.policy.templates.find(({ id }) => id === body.template)?.name;
    return [
      String(seq),
      name === undefined ? body.template : `${name} (${body.template})`,
      body.templateDigest,
      `${who(stored, body.by)}, ${utc(at)}`,
    ];
  });
  return rows.length === 0
    ? null
    : table(
        `Catalogue template; judged as ${facts.input.verdict.judgedAs}`,
        ['Entry', 'Template', 'Digest of the template (SHA-256)', 'Said by'],
        rows,
        '',
      );
}

function pass({ input: { verdict } }: PackFacts): Html | null {
  if (verdict.judgedAs !== 'Emergency') return null;
  const { pass: given, review } = verdict;
  const rows = [
    ['Pass', given === null ? 'not given' : `${given.over ? 'ended' : 'runs until'} ${utc(given.endsAt)}`],
    [
      'Retroactive review',
      review === null
        ? 'not due: no pass was given'
        : `${review.state}, to be done by ${utc(review.dueAt)}${review.state === 'done' ? '' : `; still needed: ${review.needs.phrase}`}${review.rejected ? '; not accepted by everybody' : ''}`,
    ],
  ];
  return table('Emergency change, as judged at export', ['What', 'State'], rows, '');
}

function reviews(facts: PackFacts): Html | null {
  const rows = ofKind(facts, 'review').map((stored) => {
    const { seq, body } = stored.entry;
    return [
      String(seq),
      body.decision === 'approved' ? 'accepted' : 'not accepted',
      `${who(stored, body.by)}, ${utc(body.decidedAt)}`,
      body.basis,
      body.contentDigest === facts.contentDigest ? 'the content as exported' : 'other content than exported',
    ];
  });
  return rows.length === 0
    ? null
    : table('Retroactive reviews', ['Entry', 'Review', 'By', 'Basis', 'Content reviewed'], rows, '');
}

function overrides(facts: PackFacts): Html | null {
  const rows = ofKind(facts, 'emergency-override').map((stored) => {
    const { seq, body } = stored.entry;
    return [String(seq), `${who(stored, body.by)}, ${utc(body.at)}`, body.overdue.join(', '), body.basis];
  });
  return rows.length === 0
    ? null
    : table('Passes allowed although reviews were overdue', ['Entry', 'By', 'Overdue then', 'Basis'], rows, '');
}

function freezeExceptions(facts: PackFacts): Html | null {
  const rows = ofKind(facts, 'freeze-exception').map((stored) => {
    const { seq, body } = stored.entry;
    const name = facts.input.policy.freezes.find(({ id }) => id === body.freeze)?.name;
    return [
      String(seq),
      name ?? body.freeze,
      `${who(stored, body.by)}, ${utc(body.at)}`,
      body.basis,
      body.contentDigest === facts.contentDigest ? 'the content as exported' : 'other content than exported',
    ];
  });
  return rows.length === 0
    ? null
    : table('Freeze exceptions', ['Entry', 'Freeze period', 'By', 'Basis', 'Content let through'], rows, '');
}

function requiredActions(facts: PackFacts): Html | null {
  const settled = new Map(
    ofKind(facts, 'action-settled').map((stored) => {
      const { decision, action, outcome, by, note, at } = stored.entry.body;
      const text = `${outcome}, said by ${who(stored, by)}, ${utc(at)}${note === '' ? '' : `: ${note}`}`;
      return [`${decision}.${action}`, text] as const;
    }),
  );
  const rows = ofKind(facts, 'decision').flatMap((stored) =>
    stored.entry.body.requiredActions.map(({ what, owner }, action) => [
      String(stored.entry.seq),
      what,
      who(stored, owner),
      settled.get(`${stored.entry.seq}.${action}`) ?? 'not settled',
    ]),
  );
  return rows.length === 0
    ? null
    : table('Required actions of disapprovals', ['Entry', 'Action', 'Owner', 'Outcome'], rows, '');
}

function implementation(facts: PackFacts): Html | null {
  const records = implementationRecords(facts.input.entries);
  if (records.length === 0) return null;
  const last = records.at(-1);
  return table(
    'Implementation records; a later one corrects an earlier one',
    ['Entry', 'Begun and ended', 'Outcome', 'Verification', 'Documents', 'Recorded by'],
    records.map((record) => implementationRow(record, record === last)),
    '',
  );
}

function implementationRow({ seq, body, by, verifiedBy, recordedAt }: ImplementationRecord, newest: boolean): string[] {
  const verifier = body.verifiedBy === undefined ? 'verifier not recorded' : personText(verifiedBy ?? 'erased');
  return [
    `${seq}${newest ? '' : ' (corrected)'}`,
    `${utc(body.startedAt)} to ${utc(body.endedAt)}`,
    `${body.outcome}; backout plan ${body.backoutUsed ? 'used' : 'not used'}${body.notes === '' ? '' : `; ${body.notes}`}`,
    `controls ${body.controlsSatisfied ? 'recorded as satisfied' : 'recorded as not satisfied'}, ${verifier}, ${utc(body.verifiedAt)}: ${body.verification}`,
    `baseline ${body.baselineUpdated}, inventory ${body.inventoryUpdated ?? 'not recorded'}, system security plan ${body.planUpdated}`,
    `${personText(by ?? 'erased')}, ${utc(recordedAt)}`,
  ];
}
