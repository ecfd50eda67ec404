import { route } from '@forge/api';
import * as z from '#zod';
import { FIELDS, type FieldIds } from '../change/fields';
import { snapshotFromIssue } from '../change/from-jira';
import type { ChangeSnapshot } from '../change/snapshot';
import { Unavailable } from '../ports/ports';
import type { Site } from './jira-fields';
import { jira } from './jira-http';

const history = z.lazy(() => z.looseObject({ id: z.string() }));
const issueShape = z.lazy(() =>
  z.looseObject({
    id: z.string(),
    fields: z.record(z.string(), z.unknown()),
    changelog: z.looseObject({ total: z.number(), histories: z.array(history) }),
  }),
);
const bulkShape = z.lazy(() =>
  z.looseObject({
    issueChangeLogs: z.optional(z.array(z.looseObject({ changeHistories: z.optional(z.array(history)) }))),
    nextPageToken: z.optional(z.nullable(z.string())),
  }),
);

type History = z.infer<typeof history>;

/** Fields of Jira's own that say who took part; status says how the change moved. */
const SYSTEM_FIELDS = ['status', 'reporter', 'assignee', 'creator', 'created', 'updated', 'issuetype', 'project'];
const FILTER_SIZE = 10;
const HISTORIES_A_CALL = 10_000;

/**
 * Reads one issue with everything judging needs: one call while its changelog has at most the 100 entries that come
 * with the issue, three otherwise. `historyComplete` is false when even those did not bring every entry that counts.
 * Undefined when Jira does not show the issue to the app.
 */
export async function readIssue(keyOrId: string, site: Site): Promise<ChangeSnapshot | undefined> {
  const { fields: ids, app: appIds, policy } = site;
  const own = [
    appIds.participants,
    appIds.decisionState,
    ...(appIds.waitingFor === undefined ? [] : [appIds.waitingFor]),
    ...(appIds.ledger === undefined ? [] : [appIds.ledger]),
  ];
  const fields = [...SYSTEM_FIELDS, ...FIELDS.map(({ key }) => ids[key]), ...own];
  const { status, json } = await jira(route`/rest/api/3/issue/${keyOrId}?fields=${fields.join(',')}&expand=changelog`, {
    as: 'app',
  });
  if (status === 404 || status === 403) return undefined;
  if (status !== 200) throw new Unavailable('jira', `Jira answered ${status} for a change`);
  const issue = issueShape.parse(json);
  const brought = issue.changelog.histories;
  const whole = brought.length >= issue.changelog.total;
  const { histories, complete } = whole
    ? { histories: brought, complete: true }
    : await filteredHistories(issue.id, brought, ids);
  return {
    ...snapshotFromIssue({ issue, histories: histories.map(withIsoDate), complete }, ids, policy),
    gateFields: {
      participants: textOrNull(issue.fields[appIds.participants]),
      decisionState: textOrNull(issue.fields[appIds.decisionState]),
      ...(appIds.waitingFor === undefined ? {} : { waitingFor: accountsOf(issue.fields[appIds.waitingFor]) }),
      ...(appIds.ledger === undefined ? {} : { ledger: textOrNull(issue.fields[appIds.ledger]) }),
    },
  };
}

/** A long changelog, fetched by the fields that count (POST /changelog/bulkfetch takes ten at a time). */
async function filteredHistories(issueId: string, brought: readonly History[], ids: FieldIds) {
  const wanted = [
    'status',
    'reporter',
    'assignee',
    ...FIELDS.filter((field) => field.controlled).map(({ key }) => ids[key]),
  ];
  const byId = new Map<string, History>();
  let complete = true;
  for (let i = 0; i < wanted.length; i += FILTER_SIZE) {
    const { status, json } = await jira(route`/rest/api/3/changelog/bulkfetch`, {
      as: 'app',
      method: 'POST',
      body: { issueIdsOrKeys: [issueId], fieldIds: wanted.slice(i, i + FILTER_SIZE), maxResults: HISTORIES_A_CALL },
    });
    if (status !== 200) throw new Unavailable('jira', `Jira answered ${status} for a changelog`);
    const page = bulkShape.parse(json);
    complete &&= (page.nextPageToken ?? null) === null;
    for (const entry of (page.issueChangeLogs ?? []).flatMap((log) => log.changeHistories ?? [])) {
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

/** The bulk route gives `created` as epoch milliseconds in its official example and as a date-time in its schema. */
const withIsoDate = (entry: History): History =>
  typeof entry['created'] === 'number' ? { ...entry, created: new Date(entry['created']).toISOString() } : entry;

const textOrNull = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** The people of a list field; one that was never written is null, like an empty one. */
function accountsOf(value: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [];
  return list
    .flatMap((one) =>
      typeof one === 'object' && one !== null && 'accountId' in one && typeof one.accountId === 'string'
        ? [one.accountId]
        : [],
    )
    .sort();
}
