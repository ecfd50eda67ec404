import { route } from '@forge/api';
import * as z from '#zod';
import { FIELDS, type FieldIds } from '../change/fields';
import { Unavailable } from '../ports/ports';
import { jira } from './jira-http';

export const history = z.lazy(() => z.looseObject({ id: z.string() }));
const bulkShape = z.lazy(() =>
  z.looseObject({
    issueChangeLogs: z.optional(z.array(z.looseObject({ changeHistories: z.optional(z.array(history)) }))),
    nextPageToken: z.optional(z.nullable(z.string())),
  }),
);

export type History = z.infer<typeof history>;

type Bulk = z.infer<typeof bulkShape>;

interface Histories {
  readonly histories: readonly History[];
  /** Whether nothing of what was asked for is left out. */
  readonly complete: boolean;
}

const FILTER_SIZE = 10;
const HISTORIES_A_CALL = 10_000;
/** 200,000 entries: an issue with more is read as far as that, and said to be incomplete. */
const MOST_PAGES = 20;

/** A long changelog, fetched by the fields that count (POST /changelog/bulkfetch takes ten at a time). */
export async function filteredHistories(
  issueId: string,
  brought: readonly History[],
  ids: FieldIds,
): Promise<Histories> {
  const wanted = [
    'status',
    'reporter',
    'assignee',
    ...FIELDS.filter((field) => field.controlled).map(({ key }) => ids[key]),
  ];
  const byId = new Map<string, History>();
  let complete = true;
  for (let i = 0; i < wanted.length; i += FILTER_SIZE) {
    const page = await bulk(issueId, { fieldIds: wanted.slice(i, i + FILTER_SIZE) });
    complete &&= (page.nextPageToken ?? null) === null;
    for (const entry of entriesIn(page)) {
      byId.set(entry.id, merged(byId.get(entry.id), entry));
    }
  }
  // The newest hundred came whole: they win over their filtered selves.
  for (const entry of brought) byId.set(entry.id, entry);
  return { histories: [...byId.values()], complete };
}

/** The same entry may come once for each filter, with the items that the filter let through. */
function merged(first: History | undefined, second: History): History {
  if (first === undefined) return second;
  return { ...first, items: [...itemsOf(first), ...itemsOf(second)] };
}

const itemsOf = (entry: History): readonly unknown[] =>
  Array.isArray(entry['items']) ? (entry['items'] as unknown[]) : [];

/**
 * Every entry of a long changelog, page by page. Held against the number that came with the issue: fewer than that are
 * never taken for all of them.
 */
export async function allHistories(issueId: string, brought: readonly History[], total: number): Promise<Histories> {
  const byId = new Map<string, History>();
  let token: string | null = null;
  let pages = 0;
  do {
    const page: Bulk = await bulk(issueId, token === null ? {} : { nextPageToken: token });
    for (const entry of entriesIn(page)) byId.set(entry.id, entry);
    token = page.nextPageToken ?? null;
    pages += 1;
  } while (token !== null && pages < MOST_PAGES);
  for (const entry of brought) byId.set(entry.id, entry);
  return { histories: [...byId.values()], complete: token === null && byId.size >= total };
}

async function bulk(issueId: string, more: Readonly<Record<string, unknown>>): Promise<Bulk> {
  const { status, json } = await jira(route`/rest/api/3/changelog/bulkfetch`, {
    as: 'app',
    method: 'POST',
    body: { issueIdsOrKeys: [issueId], ...more, maxResults: HISTORIES_A_CALL },
  });
  if (status !== 200) throw new Unavailable('jira', `Jira answered ${status} for a changelog`);
  return bulkShape.parse(json);
}

const entriesIn = (page: Bulk): readonly History[] =>
  (page.issueChangeLogs ?? []).flatMap((log) => log.changeHistories ?? []);
