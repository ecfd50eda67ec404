import { CONFIGURATION_CALLS, prepareConfiguration, type RouteCall } from './checks/configuration-calls';
import { onItsOwnSite } from './checks/own-site';
import { adf, APP_ID } from './checks/test-site';

const { current, create, idOf } = onItsOwnSite();

/** A call that succeeds, for every route: method, documented path, who, what to send. `{…}` is filled from `prepare`. */
const CALLS: readonly RouteCall[] = [
  [
    'POST',
    '/rest/api/3/issue',
    'owner',
    { fields: { project: { key: 'OPS' }, issuetype: { name: 'Task' }, summary: 'x' } },
  ],
  ['GET', '/rest/api/3/issue/{issueIdOrKey}', 'auditor', undefined, '?expand=changelog,names,schema&properties=*all'],
  [
    'PUT',
    '/rest/api/3/issue/{issueIdOrKey}',
    'owner',
    { fields: { summary: 'New' }, properties: [{ key: 'k', value: 1 }] },
  ],
  ['GET', '/rest/api/3/issue/{issueIdOrKey}/editmeta', 'owner'],
  ['GET', '/rest/api/3/issue/createmeta/{projectIdOrKey}/issuetypes', 'owner'],
  [
    'GET',
    '/rest/api/3/issue/createmeta/{projectIdOrKey}/issuetypes/{issueTypeId}',
    'owner',
    undefined,
    '',
    { issueTypeId: 'changeTypeId' },
  ],
  ['GET', '/rest/api/3/issue/{issueIdOrKey}/changelog', 'auditor'],
  ['POST', '/rest/api/3/issue/{issueIdOrKey}/changelog/list', 'auditor', { changelogIds: [10000] }],
  ['POST', '/rest/api/3/changelog/bulkfetch', 'app', { issueIdsOrKeys: ['CHG-1'] }],
  ['POST', '/rest/api/3/issue/{issueIdOrKey}/comment', 'owner', { body: adf('x') }],
  ['GET', '/rest/api/3/issue/{issueIdOrKey}/comment', 'auditor'],
  ['GET', '/rest/api/3/issue/{issueIdOrKey}/comment/{id}', 'auditor'],
  ['PUT', '/rest/api/3/issue/{issueIdOrKey}/comment/{id}', 'owner', { body: adf('y') }],
  ['DELETE', '/rest/api/3/issue/{issueIdOrKey}/comment/{id}', 'owner'],
  [
    'POST',
    '/rest/api/3/issue/{issueIdOrKey}/remotelink',
    'owner',
    { globalId: 'a=1', relationship: 'causes', application: {}, object: { title: 'x', url: 'https://x.test/' } },
  ],
  ['GET', '/rest/api/3/issue/{issueIdOrKey}/remotelink', 'auditor'],
  ['GET', '/rest/api/3/issue/{issueIdOrKey}/remotelink/{linkId}', 'auditor'],
  ['DELETE', '/rest/api/3/issue/{issueIdOrKey}/remotelink/{linkId}', 'owner'],
  ['GET', '/rest/api/3/attachment/meta', 'auditor'],
  ['GET', '/rest/api/3/attachment/{id}', 'auditor'],
  ['GET', '/rest/api/3/attachment/content/{id}', 'auditor'],
  ['PUT', '/rest/api/3/issue/{issueIdOrKey}/properties/{propertyKey}', 'owner', { a: 1 }],
  ['GET', '/rest/api/3/issue/{issueIdOrKey}/properties', 'auditor'],
  ['GET', '/rest/api/3/issue/{issueIdOrKey}/properties/{propertyKey}', 'auditor'],
  ['DELETE', '/rest/api/3/issue/{issueIdOrKey}/properties/{propertyKey}', 'owner'],
  ['PUT', '/rest/api/3/project/{projectIdOrKey}/properties/{propertyKey}', 'admin', [1]],
  ['GET', '/rest/api/3/project/{projectIdOrKey}/properties', 'auditor'],
  ['GET', '/rest/api/3/project/{projectIdOrKey}/properties/{propertyKey}', 'auditor'],
  ['DELETE', '/rest/api/3/project/{projectIdOrKey}/properties/{propertyKey}', 'admin'],
  ['GET', '/rest/api/3/search/jql', 'auditor', undefined, '?jql=project%20%3D%20CHG&fields=*all&expand=names,schema'],
  ['POST', '/rest/api/3/search/jql', 'auditor', { jql: 'project = CHG', fields: ['summary'] }],
  ['POST', '/rest/api/3/search/approximate-count', 'auditor', { jql: 'project = CHG' }],
  ['GET', '/rest/api/3/myself', 'bot', undefined, '?expand=groups'],
  ['GET', '/rest/api/3/user', 'owner', undefined, '?accountId={accountId}'],
  ['GET', '/rest/api/3/user/search', 'owner', undefined, '?query=owner'],
  ['GET', '/rest/api/3/user/groups', 'owner', undefined, '?accountId={accountId}'],
  ['GET', '/rest/api/3/users/search', 'owner'],
  ['GET', '/rest/api/3/users', 'owner'],
  ['GET', '/rest/api/3/user/picker', 'owner', undefined, '?query=o&showAvatar=true'],
  ['GET', '/rest/api/3/user/assignable/search', 'owner', undefined, '?project=CHG'],
  ['GET', '/rest/api/3/user/bulk', 'owner', undefined, '?accountId={accountId}'],
  ['POST', '/rest/api/3/group', 'admin', { name: 'new-group' }],
  ['DELETE', '/rest/api/3/group', 'admin', undefined, '?groupname=new-group'],
  ['POST', '/rest/api/3/issue/{issueIdOrKey}/watchers', 'owner', '{accountId}'],
  ['GET', '/rest/api/3/issue/{issueIdOrKey}/watchers', 'auditor'],
  [
    'POST',
    '/rest/api/3/issue/{issueIdOrKey}/notify',
    'app',
    { subject: 's', textBody: 't', to: { watchers: true, groups: [{ name: 'auditors' }] } },
  ],
  ['DELETE', '/rest/api/3/issue/{issueIdOrKey}/watchers', 'owner', undefined, '?accountId={accountId}'],
  ['GET', '/rest/api/3/issueLinkType', 'owner'],
  ['POST', '/rest/api/3/issueLinkType', 'admin', { name: 'Causes', inward: 'is caused by', outward: 'causes' }],
  [
    'POST',
    '/rest/api/3/issueLink',
    'owner',
    { type: { name: 'Blocks' }, inwardIssue: { key: 'CHG-1' }, outwardIssue: { key: 'OPS-1' } },
  ],
  ['GET', '/rest/api/3/issueLink/{linkId}', 'owner'],
  ['DELETE', '/rest/api/3/issueLink/{linkId}', 'owner'],
  ['GET', '/rest/api/3/auditing/record', 'admin'],
  ['GET', '/rest/api/3/data-policy', 'app'],
  ['GET', '/rest/api/3/data-policy/project', 'app', undefined, '?ids=10000'],
  [
    'POST',
    '/rest/api/3/forge/panel/action/bulk/async',
    'admin',
    {
      moduleId: 'ari:cloud:ecosystem::extension/a/b/static/change-evidence-panel',
      projectList: [{ projectIdOrKey: 'OPS', action: 'PIN' }],
    },
  ],
  ['GET', '/rest/api/3/group/member', 'app', undefined, '?groupname=change-authority&maxResults=1'],
  ['GET', '/rest/api/3/group/bulk', 'admin'],
  ['GET', '/rest/api/3/groups/picker', 'owner'],
  ['POST', '/rest/api/3/group/user', 'admin', { accountId: '{accountId}' }, '?groupname=auditors'],
  ['DELETE', '/rest/api/3/group/user', 'admin', undefined, '?groupname=auditors&accountId={accountId}'],
  ['GET', '/rest/api/3/mypermissions', 'owner', undefined, '?permissions=ADMINISTER,EDIT_ISSUES'],
  [
    'POST',
    '/rest/api/3/permissions/check',
    'owner',
    { projectPermissions: [{ permissions: ['EDIT_ISSUES'], projects: [10000] }] },
  ],
  ['GET', '/rest/api/3/project', 'owner'],
  ['GET', '/rest/api/3/project/search', 'owner'],
  ['GET', '/rest/api/3/project/{projectIdOrKey}', 'owner'],
  ['GET', '/rest/api/3/project/{projectIdOrKey}/statuses', 'owner'],
  ['GET', '/rest/api/3/project/{projectIdOrKey}/role', 'admin'],
  ['GET', '/rest/api/3/project/{projectIdOrKey}/role/{roleId}', 'admin'],
  ['GET', '/rest/api/3/role', 'admin'],
  ['GET', '/rest/api/3/priority', 'owner'],
  ['GET', '/rest/api/3/status', 'owner'],
  ['GET', '/rest/api/3/statuscategory', 'owner'],
  ['GET', '/rest/api/3/serverInfo', 'owner'],
  ['PUT', '/rest/api/3/app/field/{fieldIdOrKey}/value', 'app', { updates: [{ issueIds: [10000], value: 'x' }] }],
  [
    'POST',
    '/rest/api/3/app/field/value',
    'app',
    { updates: [{ customField: `${APP_ID}__LOCAL__change-participants`, issueIds: [10000], value: 'x' }] },
  ],
  ...CONFIGURATION_CALLS,
  ['DELETE', '/rest/api/3/attachment/{id}', 'owner'],
  ['DELETE', '/rest/api/3/issue/{issueIdOrKey}', 'admin'],
];

/** Sends its own form, not JSON: notes.test.ts. Of another product, with a document of its own: forge/app-jira-records. */
const ELSEWHERE = [
  'POST /rest/api/3/issue/{issueIdOrKey}/attachments',
  'GET /rest/servicedeskapi/request/{issueIdOrKey}/approval',
];

async function prepare(): Promise<Readonly<Record<string, string>>> {
  const { store, accountId } = current();
  const key = await create();
  expect(idOf(key)).toBe(10000);
  await current().call('owner', 'PUT', `/rest/api/3/issue/${key}`, { fields: { summary: 'Changed' } });
  store.transaction(() =>
    store.notes.addAttachment({
      issueId: '10000',
      author: accountId('owner'),
      fileName: 'a',
      mimeType: 'text/plain',
      content: new Uint8Array(1),
    }),
  );
  return {
    ...prepareConfiguration(current()),
    issueIdOrKey: key,
    projectIdOrKey: 'CHG',
    changeTypeId: store.projects.issueTypesOf('10000')[0]?.id ?? '',
    id: '10000',
    propertyKey: 'mine',
    linkId: '10000',
    roleId: '10002',
    fieldIdOrKey: `${APP_ID}__LOCAL__change-decision-state`,
    accountId: accountId('owner'),
  };
}

it('every route answers as the official document has it', async () => {
  const values = await prepare();
  for (const [method, path, who, body, query = '', others = {}] of CALLS) {
    const fill = (text: string, encode: (value: string) => string, as: Readonly<Record<string, string>> = {}) =>
      text.replace(/\{(\w+)\}/g, (whole, name: string) => {
        const value = values[as[name] ?? name];
        return value === undefined ? whole : encode(value);
      });
    const sent: unknown = body === undefined ? undefined : JSON.parse(fill(JSON.stringify(body), (value) => value));
    const answer = await current().call(
      who,
      method,
      fill(path, encodeURIComponent, others) + fill(query, encodeURIComponent),
      sent,
    );
    expect({ method, path, ok: answer.status < 304, answer: answer.status < 304 ? undefined : answer.body }).toEqual({
      method,
      path,
      ok: true,
      answer: undefined,
    });
  }
});

it('has a call above for every route of its own, and no other', () => {
  const called = CALLS.map(([method, path]) => `${method} ${path.replace('{roleId}', '{id}')}`);
  expect([...called, ...ELSEWHERE].sort()).toEqual([...current().routes].sort());
});

it('says of a path that is not there that it is not implemented', async () => {
  for (const [method, path] of [
    ['GET', '/rest/api/3/nothing'],
    ['PATCH', '/rest/api/3/issue/CHG-1'],
    ['GET', '/rest/api/2/issue/CHG-1'],
    ['GET', '/rest/api/3/issue/%E0%A4%A'],
  ] as const) {
    const { status, body } = await current().unchecked('owner', method, path);
    expect({ status, body }).toEqual({
      status: 404,
      body: { errorMessages: [`${method} ${path} is not implemented on this site.`], errors: {} },
    });
  }
});
