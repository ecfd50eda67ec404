import type { FileRow } from '../../contract/files';
import type { Sentence } from '../../contract/panel';
import type { Person } from '../../ledger/entry';
import type { Match } from '../../readers/matching';
import type { Statement } from '../../readers/reader';

/** Of the 5 MB that a resolver may answer with (Forge platform limits); a row and what stands around the rows come on top. */
export const MAX_PAGE_BYTES = 3_000_000;

const MAX_TEXT = 300;
const MAX_SENTENCE = 2_000;
const MAX_LISTED = 30;
const MAX_ATTRIBUTES = 60;

/** The first rows that fit, at least one; a file may be made to state nothing but long texts. */
export function pageOf(
  asked: readonly { readonly statement: Statement; readonly index: number; readonly match: Match | null }[],
): readonly FileRow[] {
  const rows: FileRow[] = [];
  let bytes = 0;
  for (const { statement, index, match } of asked) {
    const row = rowOf(statement, index, match);
    bytes += Buffer.byteLength(JSON.stringify(row));
    if (bytes > MAX_PAGE_BYTES && rows.length > 0) break;
    rows.push(row);
  }
  return rows;
}

function rowOf(statement: Statement, index: number, match: Match | null): FileRow {
  const { kind, id, title, state, url, claimedAt, effect, people, touches, commits, attributes } = statement;
  return {
    index,
    kind,
    id: cut(id),
    title: cut(title),
    state: state === null ? null : cut(state),
    url,
    at: claimedAt,
    effect,
    people: peopleOf(people),
    touches: listed(touches),
    commits: listed(commits),
    attributes: cutAll(attributes),
    match: match === null ? null : { window: match.window, who: match.who, systems: match.systems, fits: match.fits },
  };
}

function peopleOf(people: Statement['people']): FileRow['people'] {
  const shown = people.slice(0, MAX_LISTED).map(({ role, person }) => ({ role, name: cut(nameOf(person)) }));
  const more = people.length - shown.length;
  return more === 0 ? shown : [...shown, { role: '…', name: `${more} more` }];
}

/** The first of many, each cut, and how many more there are. */
const listed = (names: readonly string[]): readonly string[] => {
  const shown = names.slice(0, MAX_LISTED).map((name) => cut(name));
  return names.length <= MAX_LISTED ? shown : [...shown, `… ${names.length - MAX_LISTED} more`];
};

const nameOf = ({ displayName, login, email, accountId }: Person): string =>
  displayName ?? login ?? email ?? accountId ?? 'nobody named';

/** Cut between characters: half of one is none. */
const cut = (text: string, max = MAX_TEXT): string =>
  text.length <= max ? text : `${text.slice(0, max).replace(/[\ud800-\udbff]$/, '')}…`;

/** Values and names cut, and how many more there are than are shown. */
export function cutAll(attributes: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const all = Object.entries(attributes);
  const shown = all.slice(0, MAX_ATTRIBUTES).map(([name, value]) => [cut(name), cut(value)] as const);
  const more = all.length - shown.length;
  return Object.fromEntries(more === 0 ? shown : [...shown, ['…', `${more} more`] as const]);
}

export function sentencesOf(findings: readonly Sentence[]): readonly Sentence[] {
  const shown = findings
    .slice(0, MAX_LISTED)
    .map(({ code, sentence }) => ({ code, sentence: cut(sentence, MAX_SENTENCE) }));
  const more = findings.length - shown.length;
  return more === 0
    ? shown
    : [...shown, { code: 'more-findings', sentence: `… and ${more} more, which the pack lists.` }];
}
