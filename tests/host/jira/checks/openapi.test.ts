import { readOpenApi } from './openapi';

const openApi = readOpenApi();

/** The check itself must be able to fail: a right body, and each of its mutations. */
describe('the check against the OpenAPI document', () => {
  const history = {
    id: '10001',
    author: { accountId: 'a', displayName: 'A' },
    created: '2026-03-02T09:00:00.000+0000',
    items: [
      { field: 'summary', fieldtype: 'jira', fieldId: 'summary', from: null, fromString: 'a', to: null, toString: 'b' },
    ],
  };
  const page = {
    startAt: 0,
    maxResults: 100,
    total: 1,
    isLast: true,
    self: 'http://127.0.0.1:4343/x',
    values: [history],
  };
  const PATH = '/rest/api/3/issue/CHG-1/changelog?startAt=0';

  it('takes a right answer', () => {
    expect(openApi?.response('GET', PATH, 200, page) ?? []).toEqual([]);
  });

  it.each([
    ['a page that is a list', [history]],
    ['a total that is text', { ...page, total: '1' }],
    ['a property nobody documents', { ...page, entries: [] }],
    ['a time that is none', { ...page, values: [{ ...history, created: 'today' }] }],
    ['an id that is a number', { ...page, values: [{ ...history, id: 1 }] }],
    ['items without a list', { ...page, values: [{ ...history, items: {} }] }],
  ])('finds %s', (_, body) => {
    if (openApi === undefined) return;
    expect(openApi.response('GET', PATH, 200, body)).not.toEqual([]);
  });

  it('finds a status, a path and a request that the document does not have', () => {
    if (openApi === undefined) return;
    expect(openApi.response('GET', PATH, 201, page)).not.toEqual([]);
    expect(openApi.response('GET', '/rest/api/3/nothing', 200, {})).not.toEqual([]);
    expect(openApi.request('POST', '/rest/api/3/changelog/bulkfetch', {})).not.toEqual([]);
    expect(openApi.response('POST', '/rest/api/3/issue', 400, { error: 'no' })).not.toEqual([]);
    expect(openApi.response('POST', '/rest/api/3/issue', 400, { errorMessages: [], errors: { summary: 'x' } })).toEqual(
      [],
    );
  });
});
