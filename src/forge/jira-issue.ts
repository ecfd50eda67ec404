import { route } from '@forge/api';
import * as z from '#zod';
import { FIELDS } from '../change/fields';
import { snapshotFromIssue } from '../change/from-jira';
import type { ChangeSnapshot } from '../change/snapshot';
import { Unavailable } from '../ports/ports';
import type { Site } from './jira-fields';
import { allHistories, filteredHistories, history, type History } from './jira-histories';
import { jira } from './jira-http';

const issueShape = z.lazy(() =>
  z.looseObject({
    id: z.string(),
    fields: z.record(z.string(), z.unknown()),
    changelog: z.looseObject({ total: z.number(), histories: z.array(history) }),
  }),
);
/** Fields of Jira's own that say who took part; status says how the change moved. */
const SYSTEM_FIELDS = ['status', 'reporter', 'assignee', 'creator', 'created', 'updated', 'issuetype', 'project'];

/**
 * Reads one issue with everything judging needs: one call while its changelog has at most the 100 entries that come
 * with the issue, three otherwise. `historyComplete` is false when even those did not bring every entry that counts.
 * Undefined when Jira does not show the issue to the app. The `whole` changelog takes a call for each 10,000 entries, and
 * brings also those that do not count.
 */
export async function readIssue(
  keyOrId: string,
  site: Site,
  how: 'what counts' | 'whole' = 'what counts',
): Promise<ChangeSnapshot | undefined> {
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
    : how === 'whole'
      ? await allHistories(issue.id, brought, issue.changelog.total)
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
