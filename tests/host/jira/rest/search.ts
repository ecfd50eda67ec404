import { createHash } from 'node:crypto';
import { isObject } from '../adf';
import { fieldSchema } from '../field-schema';
import { issueJson } from '../issue-json';
import { runJql, type Searcher } from '../jql/run';
import { Refusal } from '../refusal';
import { ok, type RestAnswer, type RestCall, type Route } from '../router';
import type { JiraStore } from '../store';
import { visibleProjects } from './access';
import { count, listOf } from './paging';

/** Search with JQL, paged by token. */
export function searchRoutes(store: JiraStore): readonly Route[] {
  return [
    { method: 'GET', path: '/rest/api/3/search/jql', handle: (call) => search(store, call, fromQuery(call.query)) },
    { method: 'POST', path: '/rest/api/3/search/jql', handle: (call) => search(store, call, fromBody(call.json())) },
    { method: 'POST', path: '/rest/api/3/search/approximate-count', handle: (call) => countOf(store, call) },
  ];
}

interface SearchRequest {
  readonly jql: string;
  readonly token: string | undefined;
  readonly maxResults: number;
  readonly fields: readonly string[];
  readonly expand: ReadonlySet<string>;
  readonly properties: readonly string[];
}

/** As in the document: 50 unless asked; with ids and keys alone up to 5,000 at once, with other fields fewer. */
const PAGE = 50;
const IDS_LIMIT = 5000;
const FIELDS_LIMIT = 100;

function fromQuery(query: URLSearchParams): SearchRequest {
  return {
    jql: query.get('jql') ?? '',
    token: query.get('nextPageToken') ?? undefined,
    maxResults: count(query, 'maxResults', PAGE),
    fields: listOf(query, 'fields'),
    expand: new Set(listOf(query, 'expand')),
    properties: listOf(query, 'properties'),
  };
}

function fromBody(body: unknown): SearchRequest {
  if (!isObject(body))
    throw new Refusal(400, 'Invalid request payload. Refer to the REST API documentation and try again.');
  const { jql = '', nextPageToken, maxResults = PAGE, fields = [], expand = '', properties = [] } = body;
  if (
    typeof jql !== 'string' ||
    typeof expand !== 'string' ||
    typeof maxResults !== 'number' ||
    !Number.isInteger(maxResults) ||
    maxResults < 0 ||
    (nextPageToken !== undefined && nextPageToken !== null && typeof nextPageToken !== 'string')
  ) {
    throw new Refusal(400, 'Invalid request payload. Refer to the REST API documentation and try again.');
  }
  return {
    jql,
    token: nextPageToken ?? undefined,
    maxResults,
    fields: texts(fields),
    expand: new Set(expand.split(',').map((each) => each.trim())),
    properties: texts(properties),
  };
}

function texts(given: unknown): readonly string[] {
  if (!Array.isArray(given) || !given.every((each): each is string => typeof each === 'string')) {
    throw new Refusal(400, 'Invalid request payload. Refer to the REST API documentation and try again.');
  }
  return given;
}

function search(store: JiraStore, call: RestCall, request: SearchRequest): RestAnswer {
  const projects = new Set(visibleProjects(store, call.actor).map(({ id }) => id));
  const searcher: Searcher = { store, accountId: call.accountId, projects };
  const found = runJql(searcher, request.jql);
  const fields = request.fields.length === 0 ? ['id'] : request.fields;
  const onlyIds = fields.every((id) => id === 'id' || id === 'key');
  const limit = Math.min(Math.max(1, request.maxResults), onlyIds ? IDS_LIMIT : FIELDS_LIMIT);
  const start = readToken(request);
  const issues = found.slice(start, start + limit).map(({ issue }) => {
    if (onlyIds && request.properties.length === 0 && !request.expand.has('changelog')) {
      return fields.includes('key') ? { id: issue.id, key: issue.key } : { id: issue.id };
    }
    return issueJson(store, issue, {
      fields,
      expand: new Set(request.expand.has('changelog') ? ['changelog'] : []),
      properties: request.properties,
    });
  });
  const end = start + issues.length;
  const isLast = end >= found.length;
  return ok({
    issues,
    isLast,
    ...(isLast ? {} : { nextPageToken: writeToken(request, end) }),
    ...(request.expand.has('names')
      ? { names: Object.fromEntries(store.fields.all().map(({ id, name }) => [id, name])) }
      : {}),
    ...(request.expand.has('schema')
      ? { schema: Object.fromEntries(store.fields.all().map(({ id, kind }) => [id, fieldSchema(id, kind)])) }
      : {}),
  });
}

/** A token goes on with its own query only. */
const mark = ({ jql }: SearchRequest): string => createHash('sha256').update(jql).digest('hex').slice(0, 16);

const writeToken = (request: SearchRequest, start: number): string =>
  Buffer.from(`${mark(request)}.${start}`).toString('base64url');

function readToken(request: SearchRequest): number {
  if (request.token === undefined) return 0;
  const [marked, start = ''] = Buffer.from(request.token, 'base64url').toString().split('.');
  if (marked !== mark(request) || !/^\d{1,9}$/.test(start)) {
    throw new Refusal(400, 'The provided next page token is invalid or expired.');
  }
  return Number(start);
}

/** "An estimated count"; here it is exact. Of what the caller sees. */
function countOf(store: JiraStore, call: RestCall): RestAnswer {
  const body = call.json();
  if (!isObject(body) || typeof body.jql !== 'string')
    throw new Refusal(400, 'Invalid request payload. Refer to the REST API documentation and try again.');
  const projects = new Set(visibleProjects(store, call.actor).map(({ id }) => id));
  return ok({ count: runJql({ store, accountId: call.accountId, projects }, body.jql).length });
}
