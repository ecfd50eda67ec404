import { COUNTED_WORDS, isCounted } from '../evidence/jira/held';
import type { Committed, EntryKind, LedgerEntry } from '../ledger/entry';
import { listed, when } from './words';

/** An entry as a timeline tells it. */
export interface Told {
  readonly at: string;
  readonly what: string;
  readonly by: Committed | null;
  readonly about: 'decision' | 'evidence' | 'policy';
}

type ToldKind =
  | 'review'
  | 'action-settled'
  | 'template-applied'
  | 'freeze-exception'
  | 'emergency-override'
  | 'decision-barred'
  | 'author-matched'
  | 'author-resolved'
  | 'adopted'
  | 'break-glass'
  | 'orphan-opened'
  | 'orphan-dismissed'
  | 'implementation'
  | 'gate-answered'
  | 'policy-saved'
  | 'people-saved'
  | 'trust-saved'
  | 'health-found'
  | 'health-resolved'
  | 'health-checked'
  | 'condition-settled'
  | 'delegated'
  | 'delegation-revoked'
  | 'overlap-accepted'
  | 'meeting-saved'
  | 'file-read'
  | 'discrepancy-found'
  | 'discrepancy-resolved';

type Tellers = { readonly [K in ToldKind]: (entry: LedgerEntry<K>) => Told };

const told = (at: string, what: string, by: Committed | null, about: Told['about'] = 'decision'): Told => ({
  at,
  what,
  by,
  about,
});

const OUTCOME: Readonly<Record<LedgerEntry<'implementation'>['body']['outcome'], string>> = {
  'as-planned': 'as planned',
  'with-deviations': 'with deviations',
  'backed-out': 'backed out',
  failed: 'failed',
};

const TELL: Tellers = {
  review: ({ body }) =>
    told(
      body.decidedAt,
      `Retroactive review: ${body.decision === 'approved' ? 'accepted' : 'not accepted'}: ${body.basis}`,
      body.by,
    ),
  'action-settled': ({ body }) =>
    told(
      body.at,
      `Required action ${body.action + 1} of entry ${body.decision} is ${body.outcome}${body.note === '' ? '' : `: ${body.note}`}`,
      body.by,
    ),
  'template-applied': ({ at, body }) => told(at, `Made from the catalogue template ${body.template}`, body.by),
  'freeze-exception': ({ body }) => told(body.at, `Freeze exception for "${body.freeze}": ${body.basis}`, body.by),
  'emergency-override': ({ body }) =>
    told(
      body.at,
      `Emergency pass allowed although reviews are overdue (${listed(body.overdue)}): ${body.basis}`,
      body.by,
    ),
  'decision-barred': ({ at, body }) =>
    told(
      at,
      `The decision of entry ${body.decision} counts no more: entry ${body.evidence} shows who decided it, or whose say it was, as ${body.role}`,
      body.person,
    ),
  'author-matched': ({ at, body }) =>
    told(
      at,
      `The person ${body.index + 1} of entry ${body.evidence} has the e-mail address of an account of this site`,
      body.account,
      'evidence',
    ),
  'author-resolved': ({ at, body }) =>
    told(
      at,
      `Said whose identity the person ${body.index + 1} of entry ${body.evidence} is: ${body.account === null ? 'nobody who decides here' : 'an account of this site'}: ${body.basis}`,
      body.by,
    ),
  adopted: ({ at, body }) =>
    told(
      at,
      `Adopted in status ${body.status}: it was there before change control began on ${when(body.controlBeganAt)}`,
      body.by,
    ),
  'break-glass': ({ body }) => told(body.at, `Break-glass declared: ${body.what} Reason: ${body.why}`, body.by),
  'orphan-opened': ({ body }) =>
    told(body.at, `${body.key} was opened for an unexplained delivery of ${body.source}`, body.by, 'evidence'),
  'orphan-dismissed': ({ body }) =>
    told(body.at, `An unexplained delivery of ${body.source} was dismissed: ${body.reason}`, body.by, 'evidence'),
  implementation: ({ body }) =>
    told(body.endedAt, `Implementation recorded: ${OUTCOME[body.outcome]}. ${body.verification}`, body.by),
  'condition-settled': ({ body }) =>
    told(
      body.at,
      `The condition of entry ${body.decision} is ${body.outcome}${body.note === '' ? '' : `: ${body.note}`}`,
      body.by,
    ),
  delegated: ({ body }) =>
    told(
      body.at,
      `Handed the say as ${body.role} on this change to somebody else${body.until === null ? '' : ` until ${when(body.until)}`}: ${body.basis}`,
      body.from,
    ),
  'delegation-revoked': ({ body }) =>
    told(body.at, `The delegation of entry ${body.delegation} ended: ${body.reason}`, body.by),
  'overlap-accepted': ({ body }) =>
    told(body.at, `Goes together with ${body.other} although their windows overlap: ${body.basis}`, body.by),
  'meeting-saved': ({ body }) =>
    told(body.at, `Meeting "${body.title}" recorded: ${listed(body.agenda) || 'no agenda'}`, body.by),
  'discrepancy-found': ({ at, body }) => told(body.at ?? at, discrepancyWords(body), body.by, 'evidence'),
  'discrepancy-resolved': ({ at, body }) =>
    told(at, `What entry ${body.found} says is settled: ${body.because}`, null, 'evidence'),
  'gate-answered': ({ body }) =>
    told(body.askedAt, `The deploy gate for ${body.environment} answered ${body.verdict}`, body.actor, 'evidence'),
  'file-read': ({ at, body }) =>
    told(
      at,
      body.outcome === 'read'
        ? `A file was read (${body.format}): ${body.statements} ${body.statements === 1 ? 'fact' : 'facts'}${body.complete ? '' : ', not all of it'}`
        : `A file could not be read (${body.format}): ${body.refusal ?? 'refused'}`,
      body.by,
      'evidence',
    ),
  'policy-saved': ({ at, body }) =>
    told(at, `Policy ${body.version} saved: ${listed(body.changes)}`, body.by, 'policy'),
  'people-saved': ({ at, body }) =>
    told(at, `People map ${body.version} saved: ${listed(body.changes)}`, body.by, 'policy'),
  'trust-saved': ({ at, body }) =>
    told(
      at,
      `Signing keys saved, version ${body.version.split('.')[0] ?? ''}: ${listed(body.changes)}`,
      body.by,
      'policy',
    ),
  'health-found': ({ at, body }) => told(body.changedAt ?? at, `Controls: ${body.sentence}`, body.by, 'policy'),
  'health-resolved': ({ at, body }) => told(at, `Controls: no longer found: ${body.subject}`, null, 'policy'),
  'health-checked': ({ at, body }) =>
    told(at, `Controls checked: ${body.passed} of ${body.checks} checks found nothing`, null, 'policy'),
};

/** The entry in words and by whom, for the kinds that both timelines tell alike; undefined for the others. */
export function tell(entry: LedgerEntry): Told | undefined {
  const teller = (TELL as Partial<Record<EntryKind, (entry: never) => Told>>)[entry.kind];
  return teller?.(entry as never);
}

/** Without names of files and people, which stand beside the entry. */
function discrepancyWords({ discrepancy, subject, attributes }: LedgerEntry<'discrepancy-found'>['body']): string {
  switch (discrepancy) {
    case 'attachment-gone':
      return `Attachment ${subject} was taken off the change`;
    case 'attachment-replaced':
      return `Attachment ${subject} was replaced by attachment ${attributes['replacedBy'] ?? 'unknown'}`;
    case 'comment-gone':
      return `Comment ${subject} is not shown any more`;
    case 'jira-knows-more':
      return `Jira knows of more ${isCounted(subject) ? COUNTED_WORDS[subject][1] : subject} than the ${attributes['held'] ?? '0'} recorded`;
  }
}
