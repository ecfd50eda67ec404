import { isObject } from '../adf';
import type { HistoryRecord } from '../history-store';
import { historyJson } from '../json';
import { Refusal } from '../refusal';
import { ok, type PathParams, type RestAnswer, type RestCall, type Route } from '../router';
import type { JiraStore } from '../store';
import { visibleIssue } from './access';
import { pageOf, window } from './paging';

/** The changelog: paged and oldest first for one issue, in bulk for many. */
export function changelogRoutes(store: JiraStore): readonly Route[] {
  const issue = '/rest/api/3/issue/{issueIdOrKey}/changelog';
  return [
    { method: 'GET', path: issue, handle: (call, params) => page(store, call, params) },
    { method: 'POST', path: `${issue}/list`, handle: (call, params) => byIds(store, call, params) },
    { method: 'POST', path: '/rest/api/3/changelog/bulkfetch', handle: (call) => bulk(store, call) },
  ];
}

/** Jira gives at most this many of one issue's entries at a time, whatever `maxResults` asks. */
const PAGE_LIMIT = 100;

function page(store: JiraStore, call: RestCall, params: PathParams): RestAnswer {
  const issue = visibleIssue(store, call.actor, params.get('issueIdOrKey'));
  const { startAt, maxResults } = window(call.query, PAGE_LIMIT, PAGE_LIMIT);
  const entries = store.histories.page(issue.id, 'oldest-first', startAt, maxResults);
  const values = entries.map((entry) => historyJson(store, entry));
  return ok(pageOf(call, store.baseUrl, { values, total: store.histories.count(issue.id), startAt, maxResults }));
}

function byIds(store: JiraStore, call: RestCall, params: PathParams): RestAnswer {
  const issue = visibleIssue(store, call.actor, params.get('issueIdOrKey'));
  const body = call.json();
  const ids = isObject(body) ? body.changelogIds : undefined;
  if (!Array.isArray(ids)) throw new Refusal(400, "'changelogIds' is a list of numbers.");
  const wanted = new Set(ids.map(String));
  const found = store.histories.page(issue.id, 'oldest-first').filter(({ id }) => wanted.has(id));
  const histories = found.map((entry) => historyJson(store, entry));
  return ok({ startAt: 0, maxResults: histories.length, total: histories.length, histories });
}

const BULK = { issues: 1000, fields: 10, results: 10_000, resultsByDefault: 1000 } as const;

interface BulkRequest {
  readonly issues: readonly string[];
  readonly fields: ReadonlySet<string> | undefined;
  readonly maxResults: number;
  readonly startAt: number;
}

/** Oldest first within an issue; issues by id. Issues that the caller does not see are left out, as the document says. */
function bulk(store: JiraStore, call: RestCall): RestAnswer {
  const request = readBulk(call.json());
  const entries = visibleIssues(store, call, request.issues)
    .flatMap((id) => store.histories.page(id, 'oldest-first'))
    .filter(({ items }) => request.fields === undefined || items.some(({ fieldId }) => request.fields?.has(fieldId)));
  const shown = entries.slice(request.startAt, request.startAt + request.maxResults);
  const end = request.startAt + shown.length;
  return ok({
    issueChangeLogs: byIssue(shown).map(([issueId, changeHistories]) => ({
      issueId,
      changeHistories: changeHistories.map((entry) => historyJson(store, entry)),
    })),
    ...(end < entries.length ? { nextPageToken: Buffer.from(String(end)).toString('base64url') } : {}),
  });
}

function visibleIssues(store: JiraStore, call: RestCall, idsOrKeys: readonly string[]): readonly string[] {
  const ids = idsOrKeys.flatMap((idOrKey) => {
    try {
      return [visibleIssue(store, call.actor, idOrKey).id];
    } catch (refusal) {
      if (refusal instanceof Refusal) return [];
      throw refusal;
    }
  });
  return [...new Set(ids)].sort((a, b) => Number(a) - Number(b));
}

function byIssue(entries: readonly HistoryRecord[]): readonly (readonly [string, readonly HistoryRecord[]])[] {
  const groups = new Map<string, HistoryRecord[]>();
  for (const entry of entries) groups.set(entry.issueId, [...(groups.get(entry.issueId) ?? []), entry]);
  return [...groups];
}

function readBulk(body: unknown): BulkRequest {
  const given = isObject(body) ? body : {};
  const issues = given.issueIdsOrKeys;
  if (!Array.isArray(issues) || issues.length === 0 || issues.length > BULK.issues) {
    throw new Refusal(400, `Provide between 1 and ${BULK.issues} issue IDs or keys.`);
  }
  const fields = given.fieldIds ?? [];
  if (!Array.isArray(fields) || fields.length > BULK.fields)
    throw new Refusal(400, `Provide at most ${BULK.fields} field IDs.`);
  const maxResults = given.maxResults ?? BULK.resultsByDefault;
  if (typeof maxResults !== 'number' || !Number.isInteger(maxResults) || maxResults < 1 || maxResults > BULK.results) {
    throw new Refusal(400, `'maxResults' is a number from 1 to ${BULK.results}.`);
  }
  return {
    issues: issues.map(String),
    fields: fields.length === 0 ? undefined : new Set(fields.map(String)),
    maxResults,
    startAt: readToken(given.nextPageToken),
  };
}

function readToken(token: unknown): number {
  if (token === undefined || token === null) return 0;
  const start = typeof token === 'string' ? Buffer.from(token, 'base64url').toString() : '';
  if (!/^\d{1,9}$/.test(start)) throw new Refusal(400, "The 'nextPageToken' is not valid.");
  return Number(start);
}
