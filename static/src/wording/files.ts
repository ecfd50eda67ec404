import type { FileRow, FileRowsView, FileView, HandedInKind } from '../../../src/contract/files';
import { inWords } from './evidence';
import type { Mark } from './signatures';

/** What a person may say a file is, as a screen offers it. */
export const HANDED_IN_WORDS: Readonly<Record<HandedInKind, string>> = {
  'execution-log': 'Log of what was done',
  'configuration-difference': 'Difference of a configuration, such as a Terraform plan',
  'configuration-state': 'State of a configuration',
  'test-result': 'Test result',
  attestation: 'Attestation',
  'commit-signature': 'Signed commit',
  'external-change-record': 'Change record of another system',
  artifact: 'What was built',
  document: 'Document',
};

const FORMATS: ReadonlyMap<string, string> = new Map([
  ['auditd', 'Linux audit log'],
  ['aws-config', 'AWS Config'],
  ['cloudtrail', 'AWS CloudTrail'],
  ['csaf', 'CSAF advisory'],
  ['cyclonedx', 'CycloneDX bill of materials'],
  ['dsse', 'Signed attestation (DSSE)'],
  ['freshservice', 'Freshservice change'],
  ['git-commit', 'Git commit'],
  ['github-audit', 'GitHub audit log'],
  ['gitlab-audit', 'GitLab audit log'],
  ['in-toto', 'in-toto statement'],
  ['junit', 'JUnit report'],
  ['microsoft-365-audit', 'Microsoft 365 audit log'],
  ['okta-audit', 'Okta system log'],
  ['openvex', 'OpenVEX statement'],
  ['other-file', 'File that is kept and not read'],
  ['sarif', 'SARIF report'],
  ['service-now', 'ServiceNow change'],
  ['sigstore', 'Sigstore bundle'],
  ['spdx', 'SPDX bill of materials'],
  ['terraform-plan', 'Terraform plan'],
  ['terraform-state', 'Terraform state'],
  ['tracking-sheet', 'Tracking sheet'],
  ['windows-events', 'Windows event log'],
]);

const FINDINGS: ReadonlyMap<string, string> = new Map([
  ['not-read-whole', 'Not read whole'],
  ['malformed-records', 'Records that are no records'],
  ['wrapper-noise', 'Text around the content'],
  ['other-encoding', 'Another encoding'],
  ['values-redacted', 'Sensitive values left out'],
  ['log-gap', 'Gap in the log'],
  ['log-lost', 'Records lost'],
  ['log-rolled-over', 'Log rolled over'],
  ['log-out-of-order', 'Records out of order'],
  ['log-cleared', 'Log was cleared'],
  ['duplicate-records', 'Records twice'],
  ['time-missing', 'Records without a time'],
  ['errored', 'Ended with an error'],
  ['drift', 'Changed outside before'],
  ['unknown-values', 'Values not known yet'],
  ['audit-altered', 'Auditing was altered'],
  ['outside-window', 'Outside the window'],
  ['window-unknown', 'No time to hold against the window'],
  ['by-another', 'By another'],
  ['by-unknown', 'By somebody unknown'],
  ['by-nobody', 'By nobody that is named'],
  ['other-system', 'On another system'],
]);

/** What a reader noticed, in a few words; `file.read` has the sentence. */
export const findingWords = (code: string): string => FINDINGS.get(code) ?? inWords(code);

/** What a file turned out to be. */
export const formatWords = (format: string): string => FORMATS.get(format) ?? inWords(format);

/** "Execution log" for what is not among the words of the form. */
export const claimedWords = (kind: string): string =>
  Object.hasOwn(HANDED_IN_WORDS, kind) ? HANDED_IN_WORDS[kind as HandedInKind] : inWords(kind);

const counted = (count: number, one: string, many: string, locale: string): string =>
  `${new Intl.NumberFormat(locale).format(count)} ${count === 1 ? one : many}`;

/** A log tells what was done; a plan or a difference states a change, which may be still to come. */
const DID = 'changed something';
const STATES = 'stating a change';

/**
 * "10,000 rows: 1,204 changed something, 3 may have changed something"; null for a file that states nothing. Only of what
 * a log tells it matters that it does not say; a report or a file that is kept changes nothing by itself.
 */
export function statesWords({ statements, effects, kind }: FileView, locale: string): string | null {
  if (statements === 0) return null;
  const number = new Intl.NumberFormat(locale);
  const told = [
    ...(effects.write > 0 ? [`${number.format(effects.write)} ${kind === 'execution-log' ? DID : STATES}`] : []),
    ...(effects.unknown > 0 && kind === 'execution-log'
      ? [`${number.format(effects.unknown)} may have changed something`]
      : []),
  ];
  return [counted(statements, 'row', 'rows', locale), ...(told.length === 0 ? [] : [told.join(', ')])].join(': ');
}

/** What a row of a file did: only a log's can have changed something without saying so. */
export function effectWords({ effect, match }: Pick<FileRow, 'effect' | 'match'>): string | null {
  if (match === null) return effect === 'write' ? STATES : null;
  if (effect === 'write') return DID;
  return effect === 'read' ? 'read' : 'may have changed something';
}

/** "2 of 4 actions do not match this change": of what changed something in a log, or may have. */
export function standingWords(
  { notFitting, effects }: { readonly notFitting: number } & Pick<FileView, 'effects'>,
  locale: string,
): string {
  const acted = effects.write + effects.unknown;
  const number = new Intl.NumberFormat(locale);
  if (notFitting === 0)
    return acted === 1
      ? 'The one action matches this change.'
      : `All ${number.format(acted)} actions match this change.`;
  return `${number.format(notFitting)} of ${counted(acted, 'action does', 'actions do', locale)} not match this change.`;
}

/** The signatures of a file in words, the worst first; none for what carries no signature at all. */
export function signatureMarks({ signatures }: FileView): readonly Mark[] {
  const { invalid, signerUnknown, verified, unsigned } = signatures;
  const signed = invalid + signerUnknown + verified;
  const many = (count: number, text: string): string => (signed + unsigned > 1 ? `${count} × ${text}` : text);
  return [
    ...(invalid > 0 ? [{ text: many(invalid, 'Signature invalid'), tone: 'bad' as const }] : []),
    ...(signerUnknown > 0 ? [{ text: many(signerUnknown, 'Signed, signer unknown'), tone: 'warning' as const }] : []),
    ...(verified > 0 ? [{ text: many(verified, 'Signature verified'), tone: 'good' as const }] : []),
    ...(unsigned > 0 ? [{ text: many(unsigned, 'Not signed'), tone: 'neutral' as const }] : []),
  ];
}

/** Which keys signatures were checked against; null where there was nothing to check. */
export function trustWords({ trust, signatures }: FileView): string | null {
  if (signatures.invalid + signatures.signerUnknown + signatures.verified === 0) return null;
  return trust === 'none'
    ? 'no signing key was registered'
    : `checked against the registered signing keys, version ${trust.replace(/^trust-(\d+)\..*$/s, '$1')}`;
}

/** Who handed it in and how. */
export function fromWords({ from }: FileView): string {
  return from.how === 'person'
    ? `handed in by ${from.by.name ?? 'somebody whose name was erased'}`
    : `from ${from.source === 'pipeline' ? 'a pipeline' : from.source}, signed with the key “${from.secret}”`;
}

const WINDOW = {
  inside: 'inside the window',
  before: 'before the window',
  after: 'after the window',
  unknown: 'at no time that can be held against the window',
} as const;

const WHO = {
  implementer: 'by the implementer',
  another: 'by another',
  unknown: 'by somebody the people map does not know',
  nobody: 'by nobody that is named',
} as const;

type Match = NonNullable<FileRow['match']>;

export const windowWords = (window: Match['window']): string => WINDOW[window];
export const whoWords = (who: Match['who']): string => WHO[who];
export const systemWords = (systems: readonly string[]): string =>
  systems.length === 0 ? 'on no system of the change' : `on ${systems.join(', ')}`;

/** How a row stands to the change, in one mark. What only read something has to match nothing. */
export function matchMark({ effect, match }: Pick<FileRow, 'effect' | 'match'>): Mark | null {
  if (match === null) return null;
  if (match.fits) return { text: 'Matches', tone: 'good' };
  return effect === 'read' ? { text: 'Only read', tone: 'neutral' } : { text: 'Does not match', tone: 'warning' };
}

/** "Rows 51–100 of 10,000". */
export function pageWords({ from, rows, of }: Pick<FileRowsView, 'from' | 'rows' | 'of'>, locale: string): string {
  const number = new Intl.NumberFormat(locale);
  if (of === 0) return 'No row';
  return `Rows ${number.format(from + 1)}–${number.format(from + rows.length)} of ${number.format(of)}`;
}

export const ROW_FILTERS = [
  ['all', 'Everything'],
  ['changes', 'What changed something or may have'],
  ['not-fitting', 'What does not match the change'],
] as const;
export type RowFilter = (typeof ROW_FILTERS)[number][0];

/** A file's name as the app takes it: one line, at most 255 characters, without what cannot be shown. */
export function fileName(name: string): string {
  const text = name.replaceAll(/[\p{Control}\p{Surrogate}]/gu, ' ').trim();
  if (text.length <= 255) return text === '' ? 'file' : text;
  // The ending says what it is, so it stays.
  const ending = /\.[^.]{1,20}$/.exec(text)?.[0] ?? '';
  return `${text.slice(0, 254 - ending.length).replace(/[\ud800-\udbff]$/, '')}…${ending}`;
}

/** What the browser says a file is, in the form that the app takes; null for anything else. */
export const mediaTypeOf = (type: string): string | null => {
  const [plain = ''] = type.toLowerCase().split(';');
  return /^[a-z0-9][a-z0-9.+-]{0,60}\/[a-z0-9][a-z0-9.+-]{0,100}$/.test(plain.trim()) ? plain.trim() : null;
};
