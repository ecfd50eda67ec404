import type { ChangeView, EvidenceView } from '../../../src/contract/panel';
import { sizeWords } from './bytes';
import { listed } from './verdict';

export interface EvidenceGroup {
  readonly kind: string;
  readonly title: string;
  readonly items: readonly EvidenceView[];
}

/** Order in which a change happens, and how each kind is called in the plural. */
const KINDS: readonly (readonly [kind: string, title: string])[] = [
  ['commit', 'Commits'],
  ['commit-signature', 'Commit signatures'],
  ['branch', 'Branches'],
  ['pull-request', 'Pull requests'],
  ['review', 'Reviews'],
  ['run', 'Runs'],
  ['check', 'Checks'],
  ['deployment', 'Deployments'],
  ['deployment-status', 'Deployment statuses'],
  ['artifact', 'Artifacts'],
  ['test-result', 'Test results'],
  ['configuration-difference', 'Configuration differences'],
  ['configuration-state', 'Configuration states'],
  ['execution-log', 'Execution logs'],
  ['attestation', 'Attestations'],
  ['external-change-record', 'External change records'],
  ['document', 'Documents'],
  ['not-obtained', 'Not obtained kinds'],
];

/** Groups by kind in the order above; a kind not known here comes last under its own name. Nothing is left out. */
export function groupEvidence(items: readonly EvidenceView[]): readonly EvidenceGroup[] {
  const byKind = new Map<string, EvidenceView[]>();
  for (const item of items) {
    const found = byKind.get(item.kind);
    if (found === undefined) byKind.set(item.kind, [item]);
    else found.push(item);
  }
  const known = KINDS.map(([kind, title]) => ({ kind, title, items: byKind.get(kind) ?? [] }));
  const names = new Set(KINDS.map(([kind]) => kind));
  const others = [...byKind]
    .filter(([kind]) => !names.has(kind))
    .map(([kind, found]) => ({ kind, title: inWords(kind), items: found }));
  return [...known, ...others].filter((group) => group.items.length > 0);
}

/** "deployment-status" → "Deployment status". */
export function inWords(key: string): string {
  const words = key.replaceAll(/[-_]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export type Tone = 'good' | 'bad' | 'waiting' | 'neutral';

const TONES: ReadonlyMap<string, Tone> = new Map<string, Tone>([
  ['merged', 'good'],
  ['approved', 'good'],
  ['success', 'good'],
  ['active', 'good'],
  ['failure', 'bad'],
  ['failed', 'bad'],
  ['error', 'bad'],
  ['timed_out', 'bad'],
  ['action_required', 'bad'],
  ['startup_failure', 'bad'],
  ['changes_requested', 'bad'],
  ['open', 'waiting'],
  ['opened', 'waiting'],
  ['pending', 'waiting'],
  ['queued', 'waiting'],
  ['requested', 'waiting'],
  ['in_progress', 'waiting'],
  ['waiting', 'waiting'],
  ['created', 'waiting'],
]);

/** How a sender's word for a state is coloured; an unknown word is shown neutral, never as good. */
export function toneOf(state: string): Tone {
  return TONES.get(state.toLowerCase().replaceAll(/[\s-]+/g, '_')) ?? 'neutral';
}

const HASH = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i;
const DIGESTS = /\b(sha256:[0-9a-f]{12})[0-9a-f]{52}\b/gi;

/** A commit's hash as people read it: the first seven digits. Anything that is not a hash stays whole. */
export function shortHash(id: string): string {
  return HASH.test(id) ? id.slice(0, 7) : id;
}

export function isHash(id: string): boolean {
  return HASH.test(id);
}

/** SHA-256 digests within a text by their first twelve digits. */
export const shortDigests = (text: string): string => text.replaceAll(DIGESTS, '$1…');

/** `#12` for a pull request, the short hash for a commit or digest, else what the sender calls it. */
export function identifier(item: { readonly kind: string; readonly id: string }): string {
  if (item.kind === 'pull-request' && /^\d+$/.test(item.id)) return `#${item.id}`;
  return shortDigests(shortHash(item.id));
}

/** "author and committer Dana Whitfield, sender dana": everybody once, with all that they did. */
export function peopleInRoles({ people }: Pick<EvidenceView, 'people'>): readonly string[] {
  const roles = new Map<string, string[]>();
  for (const { role, name } of people)
    if (name !== null) roles.set(name, [...(roles.get(name) ?? []), role.replaceAll('-', ' ')]);
  return [...roles].map(([name, did]) => `${listed([...new Set(did)])} ${name}`);
}

/**
 * How far the sender's time is from the time of receipt, and whose clock is ahead; `flag` where the sender's must be, as it
 * names a time that had not come. Null while the two agree.
 */
export function skewWords(skew: EvidenceView['skew']): { readonly text: string; readonly flag: boolean } | null {
  if (skew === null) return null;
  return skew.ahead === 'sender'
    ? { text: `Sender’s clock ${span(skew.seconds)} ahead`, flag: true }
    : { text: `received ${span(skew.seconds)} later`, flag: false };
}

const UNITS = [
  [86_400, 'day'],
  [3_600, 'hour'],
  [60, 'minute'],
] as const;

/** "3 hours": in the greatest unit of which there are two, rounded down. */
function span(seconds: number): string {
  const [size, unit] = UNITS.find(([one]) => seconds >= 2 * one) ?? UNITS[2];
  const count = Math.floor(seconds / size);
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** "30 MB, by its digest": an artifact of which the digest was handed in, and not the bytes. */
export function bytesElsewhere({ kind, attributes }: EvidenceView, locale: string): string | null {
  if (kind !== 'artifact' || attributes['kept'] !== undefined) return null;
  const size = Number(attributes['size'] ?? Number.NaN);
  return Number.isNaN(size) ? 'by its digest' : `${sizeWords(size, locale)}, by its digest`;
}

const PLACES: ReadonlyMap<string, string> = new Map([['payload', 'the delivery']]);

/** "named in commit message and branch": where the change's key stood; null where nothing says so. */
export const namedWords = ({ namedBy }: Pick<EvidenceView, 'namedBy'>): string | null =>
  namedBy.length === 0
    ? null
    : `named in ${listed(namedBy.map((place) => PLACES.get(place) ?? place.replaceAll('-', ' ')))}`;

/** How a sender is called within a sentence: "GitHub", but "a pipeline", "a person in Jira". */
const withinSentence = (sender: string): string => sender.replace(/^(?:Any|A) (?=[a-z])/, 'a ');

/** "from GitHub, signed with the key “2026-01”": who handed it in, and how they proved it. */
export function cameFrom({ sourceName, authenticatedBy, secret }: EvidenceView): string {
  const proof = authenticatedBy === 'hmac-sha256' ? 'signed with the key' : 'sent with the password';
  return authenticatedBy === 'hmac-sha256' || authenticatedBy === 'shared-secret'
    ? `from ${withinSentence(sourceName)}, ${proof} “${secret}”`
    : `from ${withinSentence(sourceName)}`;
}

type Expected = ChangeView['expected'][number];

/**
 * "2 found", "1 found, handed in by Dana" where there is no more than her word, "missing", "could not be fetched: the token
 * may not read it": what became of a kind that is expected.
 */
export function outcomeWords({ state, found, because }: Pick<Expected, 'state' | 'found' | 'because'>): string {
  if (state === 'found') return `${found} found${because === null ? '' : `, ${because}`}`;
  return state === 'missing' ? 'missing' : `could not be fetched${because === null ? '' : `: ${because}`}`;
}

/** The address when it may become a link. A sender chooses it, so anything but http and https is refused. */
export function linkOf(url: string | null): string | null {
  if (url === null || !URL.canParse(url)) return null;
  const { protocol, href } = new URL(url);
  return protocol === 'https:' || protocol === 'http:' ? href : null;
}

const ACRONYMS = /\b(?:cui|itar|ear|fouo|aws|jwt|ssn|pem|ssh|api|gcp|npm)\b/gi;

/** "aws-access-key" → "AWS access key": what was found, never the found text. */
export function ruleName(rule: string): string {
  return inWords(rule).replaceAll(ACRONYMS, (acronym) => acronym.toUpperCase());
}

/** How the row of a fact that was read out of a file came about, and what its sender calls it; null for any other. */
export function statedToo({ stated, title }: Pick<EvidenceView, 'stated' | 'title'>): string | null {
  if (stated === undefined) return null;
  const called = stated.title === null || stated.title === title ? '' : `, which calls it “${stated.title}”`;
  const state = stated.state === null ? '' : `, in its words ${inWords(stated.state).toLowerCase()}`;
  return `stated by the sender${called}${state}, and read from the file`;
}
