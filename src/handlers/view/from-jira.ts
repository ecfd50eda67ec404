import type { FromJiraView, JiraRecordView } from '../../contract/from-jira';
import { whoMatters, whyItMatters } from '../../evidence/jira/matters';
import { readingsIn, standingRecords, type StandingRecord } from '../../evidence/jira/standing';
import { newestFacts } from '../../evidence/newest';
import { disclosed } from '../../ledger/commitment';
import type { Person, StoredEntry } from '../../ledger/entry';
import { JIRA_RECORDS } from '../../ledger/jira-entries';
import { jiraChain, jiraReadingKey } from '../../ledger/keys';
import { inspectLedgerAnd } from '../../ledger/read';
import type { Ports } from '../../ports/ports';
import type { Facts } from '../facts';
import { asReadingNote, type ReadingNote } from '../from-jira/note';

/** What is kept of the readings of a change: one storage read while they are few. */
export interface KeptReadings {
  readonly chain: readonly StoredEntry[];
  readonly note: ReadingNote | undefined;
}

export async function keptReadings({ store }: Pick<Ports, 'store'>, issueId: string): Promise<KeptReadings> {
  const { entries, values } = await inspectLedgerAnd(store, jiraChain(issueId), [jiraReadingKey(issueId)]);
  return { chain: entries, note: asReadingNote(values[0]) };
}

/** More of a kind than these are counted and not listed on the screen; the pack has them all. */
const MOST_SHOWN = 200;
/** Of a text on the screen: two hundred of the longest would be more than one answer may hold. */
const MOST_SHOWN_TEXT = 2_000;
const DAY_MS = 24 * 60 * 60 * 1000;

export function fromJiraView({ chain, note }: KeptReadings, facts: Facts, now: Date): FromJiraView {
  const standing = [...standingRecords(chain).values()];
  const people = whoMatters(facts.snapshot, facts.entries);
  const held = heldIds(facts.entries);
  const of = (kind: (typeof JIRA_RECORDS)[number]) => standing.filter(({ record }) => record === kind);
  return {
    readAt: note?.readAt ?? null,
    parts: note?.parts ?? [],
    records: JIRA_RECORDS.flatMap((kind) =>
      of(kind)
        .slice(-MOST_SHOWN)
        .map((one) => recordView(one, one.record === 'comment' ? whyItMatters(one, people) : null, held)),
    ),
    totals: {
      attachment: of('attachment').length,
      comment: of('comment').length,
      link: of('link').length,
      'web-link': of('web-link').length,
      approval: of('approval').length,
      development: of('development').length,
    },
    development: developmentView(chain, now),
  };
}

function recordView(one: StandingRecord, matters: string | null, held: ReadonlySet<string>): JiraRecordView {
  const { record, id, state, what, by, at, changedAt, gone, attributes } = one;
  return {
    record,
    id,
    state,
    title: what?.title ?? null,
    text: what?.text === undefined || isForSome(attributes) ? null : begun(what.text),
    url: what?.url ?? null,
    by: nameOf(by),
    at,
    changedAt,
    gone: gone === null ? null : { by: nameOf(gone.by), at: gone.at },
    attributes,
    people: (what?.people ?? []).map(({ displayName, did }) => ({ name: displayName, did })),
    matters,
    held: record === 'development' ? isHeld(one, held) : null,
  };
}

/** Jira shows it to some alone, and what is kept is shown to everybody on the change. */
const isForSome = ({ restricted, internal }: StandingRecord['attributes']): boolean =>
  restricted !== undefined || internal !== undefined;

/** Cut between characters: half of one is none. */
const begun = (text: string): string =>
  text.length <= MOST_SHOWN_TEXT ? text : `${text.slice(0, MOST_SHOWN_TEXT).replace(/[\ud800-\udbff]$/, '')}…`;

const nameOf = (person: Person | null): string | null => person?.displayName ?? person?.accountId ?? null;

/** What evidence can be recognised by in somebody's words of it: a commit's hash, an address. */
function heldIds(entries: readonly StoredEntry[]): ReadonlySet<string> {
  return new Set(
    newestFacts(entries).flatMap(({ entry: { body } }) => [
      ...body.commits.map((commit) => commit.toLowerCase()),
      ...(body.url === null ? [] : [body.url]),
      ...(body.evidence === 'commit' ? [body.id.toLowerCase()] : []),
    ]),
  );
}

/** A commit by the hash in its name or address, anything else by its address. */
function isHeld({ what }: StandingRecord, held: ReadonlySet<string>): boolean {
  const hashes = `${what?.title ?? ''} ${what?.url ?? ''}`.toLowerCase().match(/\b[0-9a-f]{7,64}\b/g) ?? [];
  return (
    (what?.url !== undefined && held.has(what.url)) ||
    hashes.some((hash) => [...held].some((id) => id.startsWith(hash)))
  );
}

export function developmentView(chain: readonly StoredEntry[], now: Date): FromJiraView['development'] {
  const last = readingsIn(chain).findLast(({ entry }) => entry.body.parts.some(({ part }) => part === 'development'));
  if (last === undefined) return { readAt: null, viewer: null, due: true };
  const { readAt, viewer } = last.entry.body;
  const person = disclosed<Person>(last, viewer);
  const due = Math.abs(now.getTime() - Date.parse(readAt)) >= DAY_MS;
  return { readAt, viewer: nameOf(person ?? null), due };
}
