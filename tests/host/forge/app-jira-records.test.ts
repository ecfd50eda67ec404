/**
 * What the app reads of a change beside its fields, on the real @forge/api, over the local Jira, held to the same contract
 * as the fake that unit tests use. Each answer is held against Jira's OpenAPI document, where it is at hand.
 */
import { join } from 'node:path';
import type { DevelopmentView, JiraRecords } from '../../../src/ports/jira-records';
import { describeJiraRecords, type RecordedSite } from '../../contract/jira-records-contract';
import { fieldIdsFromList } from '../../../src/change/field-ids';
import { DEFAULT_POLICY } from '../../../src/policy/policy';
import { readOpenApi } from '../jira/checks/openapi';
import { at, adf, openTestSite, type TestSite } from '../jira/checks/test-site';
import { readManifest, SITE } from './manifest';

const openApi = readOpenApi();
const { permissions } = readManifest(join(__dirname, '../../../manifest.yml'));
let site: TestSite | undefined;
let refused = false;

/** The single exit that the SDK uses, without a process in between. */
async function exit(
  { provider, remote }: { readonly provider: string; readonly remote: string },
  path: string,
  init: { readonly method?: string; readonly body?: string },
): Promise<Response> {
  if (site === undefined) throw new Error('asked of no site');
  const headers = { 'content-type': 'application/json' };
  if (refused) return new Response('{"errorMessages":["Not allowed."],"errors":{}}', { status: 403, headers });
  const sent = init.body === undefined ? undefined : (JSON.parse(init.body) as unknown);
  if (remote === 'stargate') {
    expect([provider, path]).toEqual(['user', '/graphql/twg']);
    return Response.json(site.askGraph(site.accountId('requester'), permissions.scopes, sent));
  }
  const who = provider === 'user' ? 'requester' : 'app';
  const to = path.startsWith('/') ? path : `/${path}`;
  // Neither bytes nor another product's API are in Jira's document.
  const outside = to.includes('/attachment/content/') || to.startsWith('/rest/servicedeskapi/');
  const { raw } = outside
    ? await site.unchecked(who, init.method ?? 'GET', to)
    : await site.call(who, init.method ?? 'GET', to, sent);
  const body = typeof raw.body === 'string' ? raw.body : new Uint8Array(raw.body);
  return new Response(raw.status === 204 ? null : body, { status: raw.status, headers: { ...raw.headers } });
}

Object.assign(globalThis, {
  __forge_runtime__: {
    proxy: { url: 'http://127.0.0.1', token: '' },
    tracing: {},
    metrics: {},
    lambdaContext: { getRemainingTimeInMillis: () => 25_000 },
    appContext: {},
  },
  __forge_fetch__: exit,
});

afterAll(() => site?.close());

async function open(): Promise<RecordedSite> {
  site?.close();
  refused = false;
  const opened = openTestSite({ openApi });
  site = opened;
  const { store, accountId } = opened;
  const call: TestSite['call'] = (...asked) => opened.call(...asked);
  const fields = { project: { key: 'CHG' }, issuetype: { name: 'Change request' }, summary: 'Open port 8443' };
  const made = await call('requester', 'POST', '/rest/api/3/issue', { fields });
  const [issueId, key] = [String(at(made.body, 'id')), String(at(made.body, 'key'))];
  const projectId = store.issues.find(issueId)?.projectId ?? '';
  // Imported here: the SDK looks at its globals while it loads.
  const { forgeJiraRecords } = (await import('../../../src/forge/jira-records/jira-records')) as {
    forgeJiraRecords: JiraRecords;
  };
  const graph: DevelopmentView = await import('../../../src/forge/jira-records/development');
  const comments = `/rest/api/3/issue/${key}/comment`;
  const done = async (answer: ReturnType<TestSite['call']>) => {
    expect((await answer).status).toBeLessThan(300);
    return (await answer).body;
  };
  return {
    records: forgeJiraRecords,
    graph,
    issueId,
    cloudId: SITE.cloudId,
    accountId,
    async attach(by, fileName, content) {
      const form = new FormData();
      form.append('file', new Blob([new Uint8Array(content)]), fileName);
      const request = new Request('http://site.invalid', { method: 'POST', body: form });
      const bytes = new Uint8Array(await request.arrayBuffer());
      const headers = {
        'content-type': request.headers.get('content-type') ?? '',
        'x-atlassian-token': 'no-check',
      };
      return String(
        at(await done(opened.send(by, 'POST', `/rest/api/3/issue/${key}/attachments`, bytes, headers)), 0, 'id'),
      );
    },
    detach: async (id) => void (await done(call('owner', 'DELETE', `/rest/api/3/attachment/${id}`))),
    comment: async (by, text) => String(at(await done(call(by, 'POST', comments, { body: adf(text) })), 'id')),
    editComment: async (by, id, text) => void (await done(call(by, 'PUT', `${comments}/${id}`, { body: adf(text) }))),
    deleteComment: async (by, id) => void (await done(call(by, 'DELETE', `${comments}/${id}`))),
    async link() {
      const task = { project: { key: 'OPS' }, issuetype: { name: 'Task' }, summary: 'x' };
      const other = String(at(await done(call('owner', 'POST', '/rest/api/3/issue', { fields: task })), 'key'));
      const body = { type: { name: 'Blocks' }, inwardIssue: { key }, outwardIssue: { key: other } };
      await done(call('owner', 'POST', '/rest/api/3/issueLink', body));
    },
    webLink: async (title, url) =>
      String(
        at(await done(call('owner', 'POST', `/rest/api/3/issue/${key}/remotelink`, { object: { title, url } })), 'id'),
      ),
    approve(name) {
      store.transaction(() => {
        store.others.makeServiceDesk(projectId);
        const [created, completed] = ['2026-03-02T08:00:00.000Z', '2026-03-02T08:30:00.000Z'];
        const approvers = [{ accountId: accountId('owner'), decision: 'approved' as const }];
        store.others.approve({ id: '1', issueId, name, finalDecision: 'approved', created, completed, approvers });
      });
      return Promise.resolve();
    },
    report(kind, id) {
      const updated = '2026-03-02T08:00:00.000Z';
      store.transaction(() =>
        store.others.report({
          issueId,
          kind,
          id,
          name: id,
          url: `https://dev.example.test/${id}`,
          state: null,
          updated,
        }),
      );
      return Promise.resolve();
    },
    refuse() {
      refused = true;
      return Promise.resolve();
    },
  };
}

describeJiraRecords('on @forge/api', open);

describe('the changelog', () => {
  const entries = (issueId: string, count: number, field: string): void => {
    const { store, accountId } = current();
    const item = {
      field,
      fieldtype: 'jira' as const,
      fieldId: field,
      from: null,
      fromString: 'a',
      to: null,
      toString: 'b',
    };
    const author = accountId('owner');
    store.transaction(() => {
      for (let i = 0; i < count; i += 1)
        store.histories.append({ issueId, author, created: '2026-03-02T08:00:00.000Z', items: [item] });
    });
  };
  const current = (): TestSite => {
    if (site === undefined) throw new Error('no site');
    return site;
  };
  const read = async (issueId: string, how?: 'whole') => {
    const { readIssue } = await import('../../../src/forge/jira-issue');
    const { store } = current();
    const ids = fieldIdsFromList(store.fields.all().map(({ id, name }) => ({ id, name })));
    const app = { participants: 'p', decisionState: 'd' };
    return readIssue(issueId, { fields: ids, app, policy: DEFAULT_POLICY }, how);
  };

  it('of 10,300 entries comes whole over all its pages, and with what counts alone where somebody waits', async () => {
    const { issueId } = await open();
    entries(issueId, 10_300, 'labels');
    const whole = await read(issueId, 'whole');
    expect([whole?.history.length, whole?.historyComplete]).toEqual([10_300, true]);
    const counting = await read(issueId);
    expect([counting?.history.length, counting?.historyComplete]).toEqual([100, true]);
  });
});
