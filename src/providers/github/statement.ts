import type { EvidenceItem } from '../../evidence/item';
import type { Person } from '../../ledger/entry';

export type Role = EvidenceItem['people'][number]['role'];

interface User {
  readonly login?: string | null | undefined;
  readonly name?: string | null | undefined;
  readonly email?: string | null | undefined;
  readonly username?: string | null | undefined;
  /** Of an Atlassian product: the account is the same in Jira. */
  readonly accountId?: string | null | undefined;
}

/** What all events share: where it happened and who GitHub says caused the delivery. */
export interface Context {
  readonly repository: string | null;
  readonly action: string | null;
  readonly sender: User | null | undefined;
}

/** In unicode mode only lone surrogates are of this category; no canonical JSON could hold them. */
const LONE_SURROGATES = /\p{Surrogate}/gu;

/** Text of a sender, fit for an entry: valid Unicode, and visibly shortened when longer than anything of its kind. */
export function clean(text: string, max: number): string {
  const valid = text.replace(LONE_SURROGATES, '\u{FFFD}');
  return valid.length <= max ? valid : `${valid.slice(0, max).replace(LONE_SURROGATES, '')}…`;
}

const MAX = { title: 1000, url: 2000, word: 255, name: 320, id: 1000 } as const;

/** Builds an item out of what a schema let through; everything absent is left out. */
export function statement(
  context: Context,
  said: Pick<EvidenceItem, 'kind' | 'id' | 'commits' | 'title'> & {
    readonly url?: string | null | undefined;
    readonly state?: string | null | undefined;
    readonly at?: string | null | undefined;
    readonly attributes?: Readonly<Record<string, string | number | null | undefined>>;
    readonly people: readonly (readonly [Role, User | null | undefined])[];
  },
): EvidenceItem {
  const url = said.url ?? null;
  return {
    kind: said.kind,
    id: clean(said.id, MAX.id),
    repository: context.repository,
    title: clean(said.title, MAX.title),
    url: url === null || !/^https?:\/\//.test(url) ? null : clean(url, MAX.url),
    state: said.state === null || said.state === undefined ? null : clean(said.state.toLowerCase(), MAX.word),
    commits: [...new Set(said.commits)],
    attributes: attributesOf({ action: context.action, ...said.attributes }),
    people: peopleOf([...said.people, ['sender', context.sender]]),
    claimedAt: instant(said.at),
  };
}

function attributesOf(given: Readonly<Record<string, string | number | null | undefined>>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) {
    if (value !== null && value !== undefined && value !== '') kept[name] = clean(String(value), MAX.word);
  }
  return kept;
}

function peopleOf(given: readonly (readonly [Role, User | null | undefined])[]): EvidenceItem['people'] {
  return given.flatMap(([role, who]) => {
    const person = personOf(who);
    return person === undefined ? [] : [{ role, person }];
  });
}

/** A ghost (a deleted account) is null at GitHub, and nobody here. */
function personOf(who: User | null | undefined): Person | undefined {
  if (who === null || who === undefined) return undefined;
  const login = who.login ?? who.username;
  const person: Person = {
    ...(hasText(who.accountId) ? { accountId: clean(who.accountId, MAX.name) } : {}),
    ...(hasText(who.name) ? { displayName: clean(who.name, MAX.name) } : {}),
    ...(hasText(who.email) ? { email: clean(who.email, MAX.name) } : {}),
    ...(hasText(login) ? { login: clean(login, MAX.name) } : {}),
  };
  return Object.keys(person).length === 0 ? undefined : person;
}

const hasText = (text: string | null | undefined): text is string => typeof text === 'string' && text !== '';

/** An RFC 3339 time as UTC with milliseconds; null for anything else. */
export function instant(time: string | null | undefined): string | null {
  if (time === null || time === undefined || !/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(time)) return null;
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
