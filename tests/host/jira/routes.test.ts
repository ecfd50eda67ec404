import { readOpenApi } from './checks/openapi';
import { adf, APP_ID, at, like, keysOf as fieldsIn, openTestSite, type TestSite } from './checks/test-site';

const openApi = readOpenApi();
let site: TestSite;
const answered = new Set<string>();
beforeEach(() => (site = openTestSite({ openApi })));
afterEach(() => {
  for (const each of site.answered) answered.add(each);
  site.close();
});

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

async function create(
  fields: Record<string, unknown> = {},
  who = 'requester',
): Promise<{ readonly id: string; readonly key: string }> {
  const body = {
    fields: { project: { key: 'CHG' }, issuetype: { name: 'Change request' }, summary: 'Open port 8443', ...fields },
  };
  const made = await site.call(who, 'POST', '/rest/api/3/issue', body);
  expect(made.status).toBe(201);
  return { id: String(at(made.body, 'id')), key: String(at(made.body, 'key')) };
}

const get = async (who: string, path: string) => site.call(who, 'GET', `/rest/api/3/${path}`);

describe('comments', () => {
  it('are documents, listed oldest first, and an event each', async () => {
    const { key } = await create();
    const path = `/rest/api/3/issue/${key}/comment`;
    for (const text of ['one', 'two', 'three'])
      expect((await site.call('owner', 'POST', path, { body: adf(text) })).status).toBe(201);
    const page = (await site.call('auditor', 'GET', `${path}?startAt=1&maxResults=1`)).body;
    expect(page).toMatchObject({
      total: 3,
      startAt: 1,
      maxResults: 1,
      comments: [{ body: adf('two'), author: { displayName: 'Owen Marsh' } }],
    });
    const newest = (await site.call('auditor', 'GET', `${path}?orderBy=-created`)).body;
    expect(at(newest, 'comments', 0, 'body')).toEqual(adf('three'));
    expect(
      (await site.call('auditor', 'GET', `${path}/${String(at(newest, 'comments', 0, 'id'))}`)).body,
    ).toMatchObject({ body: adf('three') });
    expect((await get('auditor', `issue/${key}/comment/1`)).status).toBe(404);
    expect(site.events.filter(({ eventType }) => eventType === 'avi:jira:commented:issue')).toHaveLength(3);
    expect(await site.call('owner', 'POST', path, { body: 'text' })).toMatchObject({
      status: 400,
      body: { errors: { comment: 'Comment body is not valid!' } },
    });
  });
});

describe('attachments', () => {
  const form = async (name: string, content: Uint8Array<ArrayBuffer>) => {
    const data = new FormData();
    data.append('file', new Blob([content], { type: 'application/zip' }), name);
    const request = new Request('http://site.invalid', { method: 'POST', body: data });
    return { bytes: new Uint8Array(await request.arrayBuffer()), type: request.headers.get('content-type') ?? '' };
  };

  it('keep every byte, are a changelog item and an event, and can be taken away by whoever added them', async () => {
    const { key } = await create();
    const content = Uint8Array.from({ length: 1024 }, (_, n) => n % 256);
    const { bytes, type } = await form('pack für CHG-1.zip', content);
    const path = `/rest/api/3/issue/${key}/attachments`;
    expect((await site.send('owner', 'POST', path, bytes, { 'Content-Type': type })).status).toBe(403);
    const added = await site.send('owner', 'POST', path, bytes, {
      'Content-Type': type,
      'X-Atlassian-Token': 'no-check',
    });
    expect(added).toMatchObject({
      status: 200,
      body: [{ filename: 'pack für CHG-1.zip', size: 1024, mimeType: 'application/zip' }],
    });
    const id = String(at(added.body, 0, 'id'));
    const read = await get('auditor', `attachment/content/${id}`);
    expect(read.raw.body).toEqual(content);
    expect(at((await get('auditor', `attachment/${id}`)).body, 'id')).toBe(Number(id));
    expect((await get('outsider', `attachment/content/${id}`)).status).toBe(404);
    const entry = at((await get('owner', `issue/${key}/changelog`)).body, 'values', 0, 'items', 0);
    expect(entry).toMatchObject({
      field: 'Attachment',
      fieldId: 'attachment',
      from: null,
      to: id,
      toString: 'pack für CHG-1.zip',
    });
    expect((await site.call('requester', 'DELETE', `/rest/api/3/attachment/${id}`)).status).toBe(403);
    expect((await site.call('owner', 'DELETE', `/rest/api/3/attachment/${id}`)).status).toBe(204);
    expect((await get('owner', `attachment/content/${id}`)).status).toBe(404);
    expect(site.events.map(({ eventType }) => eventType)).toEqual(
      expect.arrayContaining(['avi:jira:created:attachment', 'avi:jira:deleted:attachment']),
    );
  });

  it('are refused without a file, as another type, and from the auditor', async () => {
    const { key } = await create();
    const path = `/rest/api/3/issue/${key}/attachments`;
    const { bytes, type } = await form('a.zip', new Uint8Array(1));
    const send = async (who: string, body: Uint8Array, contentType: string) =>
      (await site.send(who, 'POST', path, body, { 'content-type': contentType, 'x-atlassian-token': 'no-check' }))
        .status;
    expect(await send('owner', bytes, 'application/json')).toBe(415);
    expect(await send('owner', new Uint8Array(3), type)).toBe(400);
    expect(await send('auditor', bytes, type)).toBe(403);
    expect(await send('outsider', bytes, type)).toBe(404);
    expect((await get('owner', 'attachment/meta')).body).toEqual({ enabled: true, uploadLimit: 1_073_741_824 });
  });
});

describe('entity properties (forge-platform section 6: anybody who may edit the issue writes them)', () => {
  it.each([
    ['issue', 'owner', () => create().then(({ key }) => `issue/${key}/properties`)],
    ['project', 'admin', () => Promise.resolve('project/CHG/properties')],
  ])('of an %s: made, replaced, read, listed, deleted', async (_, who, where) => {
    const path = `/rest/api/3/${await where()}`;
    expect((await site.call(who, 'PUT', `${path}/mine`, { a: 1 })).status).toBe(201);
    expect((await site.call(who, 'PUT', `${path}/mine`, [1, 2])).status).toBe(200);
    expect((await site.call('auditor', 'GET', `${path}/mine`)).body).toEqual({ key: 'mine', value: [1, 2] });
    expect(at((await site.call('auditor', 'GET', path)).body, 'keys', 0, 'key')).toBe('mine');
    expect((await site.call('auditor', 'DELETE', `${path}/mine`)).status).toBe(403);
    expect((await site.call(who, 'PUT', `${path}/long`, 'x'.repeat(32_768))).status).toBe(400);
    expect((await site.call(who, 'DELETE', `${path}/mine`)).status).toBe(204);
    expect((await site.call('auditor', 'GET', `${path}/mine`)).status).toBe(404);
  });
});

describe('people and groups', () => {
  it('are found by id, by the start of a name or an e-mail', async () => {
    const found = async (query: string) =>
      list((await get('app', `user/search?query=${encodeURIComponent(query)}`)).body).map((user) =>
        at(user, 'displayName'),
      );
    expect(await found('reviewer')).toEqual(['Victor Reyes', 'Renata Silva']);
    expect(await found('acme')).toEqual(['Maya Sorensen (Acme MSP)']);
    expect(await found('thorn')).toEqual(['Audrey Thornton']);
    expect(await found('nobody')).toEqual([]);
    expect(await get('owner', `user?accountId=${site.accountId('bot')}`)).toMatchObject({
      status: 200,
      body: { accountType: 'app', emailAddress: 'bot@example.test' },
    });
    expect((await get('owner', 'user?accountId=none')).status).toBe(404);
    expect((await get('owner', 'user/search')).status).toBe(400);
    expect(list((await get('owner', 'users/search')).body)).toHaveLength(13);
    expect((await get('msp', 'myself?expand=groups')).body).toMatchObject({
      displayName: 'Maya Sorensen (Acme MSP)',
      groups: { size: 2, items: [{ name: 'msp-acme' }, { name: 'security-reviewers' }] },
    });
  });

  it('are members of groups, paged with their account type, and only an administrator changes that', async () => {
    const members = async (page = '') => (await get('app', `group/member?groupname=change-authority${page}`)).body;
    expect(list(at(await members(), 'values')).map((user) => at(user, 'accountType'))).toEqual([
      'atlassian',
      'atlassian',
      'app',
    ]);
    expect(await members('&startAt=1&maxResults=1')).toMatchObject({
      total: 3,
      isLast: false,
      values: [{ displayName: 'Arthur Lindqvist' }],
    });
    const change = { accountId: site.accountId('owner') };
    const path = '/rest/api/3/group/user?groupname=change-authority';
    for (const who of ['owner', 'authority', 'app', 'auditor'])
      expect((await site.call(who, 'POST', path, change)).status).toBe(403);
    expect(await site.call('admin', 'POST', path, change)).toMatchObject({
      status: 201,
      body: { name: 'change-authority', users: { size: 4 } },
    });
    expect((await site.call('admin', 'POST', path, change)).status).toBe(400);
    expect(
      list((await get('app', `user/groups?accountId=${site.accountId('owner')}`)).body).map((group) =>
        at(group, 'name'),
      ),
    ).toEqual(['change-authority', 'jira-users']);
    const remove = `${path}&accountId=${encodeURIComponent(site.accountId('owner'))}`;
    expect((await site.call('owner', 'DELETE', remove)).status).toBe(403);
    expect((await site.call('admin', 'DELETE', remove)).status).toBe(200);
    expect((await site.call('admin', 'DELETE', remove)).status).toBe(400);
    expect((await get('app', 'group/member?groupname=none')).status).toBe(404);
    expect(list(at((await get('admin', 'group/bulk')).body, 'values'))).toHaveLength(7);
    expect((await get('owner', 'groups/picker?query=review')).body).toMatchObject({
      groups: [{ name: 'security-reviewers' }],
    });
  });
});

describe('permissions asked for', () => {
  it('says what the caller holds, in general and for an issue', async () => {
    const { key } = await create();
    const holds = async (who: string, permission: string, about = '') =>
      at(
        (await get(who, `mypermissions?permissions=${permission}${about}`)).body,
        'permissions',
        permission,
        'havePermission',
      );
    expect(await holds('admin', 'ADMINISTER')).toBe(true);
    expect(await holds('owner', 'ADMINISTER')).toBe(false);
    expect(await holds('owner', 'EDIT_ISSUES', `&issueKey=${key}`)).toBe(true);
    expect(await holds('auditor', 'EDIT_ISSUES', `&issueKey=${key}`)).toBe(false);
    expect((await get('outsider', `mypermissions?permissions=BROWSE_PROJECTS&issueKey=${key}`)).status).toBe(404);
    expect(await holds('outsider', 'BROWSE_PROJECTS', '&projectKey=OPS')).toBe(true);
    expect(await get('owner', 'mypermissions?permissions=NONSENSE')).toMatchObject({
      status: 400,
      body: { errors: { NONSENSE: 'Unrecognized permission' } },
    });
    expect((await get('owner', 'mypermissions')).status).toBe(400);
  });

  it('answers, for administrators and the app, what somebody else holds', async () => {
    const { id } = await create();
    const ask = (who: string, about: string) =>
      site.call(who, 'POST', '/rest/api/3/permissions/check', {
        accountId: site.accountId(about),
        globalPermissions: ['ADMINISTER'],
        projectPermissions: [
          { permissions: ['BROWSE_PROJECTS', 'EDIT_ISSUES'], issues: [Number(id), 99], projects: [10000] },
        ],
      });
    const granted = (issues: readonly number[], projects: readonly number[]) => ({ issues, projects });
    expect((await ask('app', 'auditor')).body).toEqual({
      globalPermissions: [],
      projectPermissions: [
        { permission: 'BROWSE_PROJECTS', ...granted([Number(id)], [10000]) },
        { permission: 'EDIT_ISSUES', ...granted([], []) },
      ],
    });
    expect(at((await ask('admin', 'outsider')).body, 'projectPermissions', 0)).toMatchObject(granted([], []));
    expect(at((await ask('admin', 'admin')).body, 'globalPermissions')).toEqual(['ADMINISTER']);
    expect((await ask('owner', 'auditor')).status).toBe(403);
    expect((await ask('owner', 'owner')).status).toBe(200);
  });
});

describe('fields of the app (OpenAPI "Update custom field value"; forge-answers section 6)', () => {
  const KEY = `${APP_ID}__LOCAL__change-decision-state`;

  it('are listed with the key of the manifest and a number of their own', async () => {
    const fields = list((await get('owner', 'field')).body);
    expect(fields.find((field) => at(field, 'key') === KEY)).toMatchObject({
      id: like(/^customfield_101\d\d$/),
      name: 'Change decision state',
      custom: true,
    });
    expect(fields.filter((field) => at(field, 'custom') === true).map((field) => at(field, 'name'))).toEqual([
      'Change type',
      'Change owner',
      'Implementer',
      'Scope',
      'Impacted CUI systems',
      'Justification',
      'Security impact analysis',
      'Test plan',
      'Backout plan',
      'Change window start',
      'Change window end',
      'Decision basis',
      'Required actions',
      'Change participants',
      'Change decision state',
    ]);
  });

  it('are written by the app alone, as given, by key or id, several at once or none', async () => {
    const { id, key } = await create();
    const path = `/rest/api/3/app/field/${KEY}/value`;
    const body = { updates: [{ issueIds: [Number(id)], value: 'Open | signed by a, b' }] };
    for (const who of ['admin', 'owner', 'bot']) expect((await site.call(who, 'PUT', path, body)).status).toBe(403);
    expect((await site.call('app', 'PUT', path, body)).status).toBe(204);
    expect(at((await get('owner', `issue/${key}`)).body, 'fields', site.field('Change decision state'))).toBe(
      'Open | signed by a, b',
    );
    const updates = [
      { customField: site.field('Change participants'), issueIds: [Number(id)], value: 'a,b' },
      { customField: KEY, issueIds: [Number(id), 99], value: 'Closed' },
    ];
    expect((await site.call('app', 'POST', '/rest/api/3/app/field/value', { updates })).status).toBe(400);
    expect(at((await get('owner', `issue/${key}`)).body, 'fields', site.field('Change participants'))).toBeNull();
    const twice = { customField: KEY, issueIds: [Number(id), Number(id)], value: 'x' };
    expect((await site.call('app', 'POST', '/rest/api/3/app/field/value', { updates: [twice] })).status).toBe(400);
    expect((await site.call('app', 'PUT', `/rest/api/3/app/field/${site.field('Scope')}/value`, body)).status).toBe(
      403,
    );
    expect((await site.call('app', 'PUT', '/rest/api/3/app/field/none/value', body)).status).toBe(404);
    expect((await site.call('app', 'PUT', path, { updates: [{ issueIds: [Number(id)], value: 7 }] })).status).toBe(400);
  });

  it('make a changelog entry and a self-generated event unless told not to', async () => {
    const { id, key } = await create();
    const write = (value: string, query = '') =>
      site.call('app', 'POST', `/rest/api/3/app/field/value${query}`, {
        updates: [{ customField: KEY, issueIds: [Number(id)], value }],
      });
    await write('one');
    expect(site.events.at(-1)).toMatchObject({ eventType: 'avi:jira:updated:issue', payload: { selfGenerated: true } });
    const before = site.events.length;
    expect((await write('two', '?generateAppEvents=false')).status).toBe(204);
    expect((await write('three', '?generateAppEvents=false&generateChangelog=false')).status).toBe(204);
    expect(site.events).toHaveLength(before);
    const values = list(at((await get('owner', `issue/${key}/changelog`)).body, 'values'));
    expect(values.map((entry) => at(entry, 'items', 0, 'toString'))).toEqual(['one', 'two']);
    expect(at(values[0], 'author')).toMatchObject({ displayName: 'Change control', accountType: 'app' });
  });

  it('cannot be written through an edit by anybody, the app included', async () => {
    const { key } = await create();
    for (const who of ['admin', 'app']) {
      const answer = await site.call(who, 'PUT', `/rest/api/3/issue/${key}`, {
        fields: { [site.field('Change decision state')]: 'Open' },
      });
      expect(answer.status).toBe(400);
    }
  });
});

describe('fields, screens, statuses, projects', () => {
  it('have contexts and options, for administrators', async () => {
    const type = site.field('Impacted CUI systems');
    const contexts = (await get('admin', `field/${type}/context`)).body;
    const context = String(at(contexts, 'values', 0, 'id'));
    const options = (await get('admin', `field/${type}/context/${context}/option`)).body;
    expect(list(at(options, 'values')).map((option) => at(option, 'value'))).toEqual([
      'CUI enclave firewall',
      'File server FS-01',
      'Identity provider',
      'Build pipeline',
      'None: no CUI system is touched',
      'Unknown',
    ]);
    expect((await get('owner', `field/${type}/context`)).status).toBe(403);
    expect((await get('admin', 'field/customfield_1/context')).status).toBe(404);
  });

  it('are on the screens of the site contract', async () => {
    const screens = list(at((await get('admin', 'screens')).body, 'values'));
    const fieldsOf = async (name: string) => {
      const id = String(
        at(
          screens.find((screen) => at(screen, 'name') === name),
          'id',
        ),
      );
      const tab = String(at((await get('admin', `screens/${id}/tabs`)).body, 0, 'id'));
      return list((await get('admin', `screens/${id}/tabs/${tab}/fields`)).body).map((field) => at(field, 'name'));
    };
    expect(await fieldsOf('Disapprove screen')).toEqual(['Decision basis', 'Required actions']);
    const approve = await fieldsOf('Approve screen');
    expect(approve).toEqual(expect.arrayContaining(['Change type', 'Backout plan', 'Change window end']));
    expect(approve).not.toContain('Summary');
    expect(approve).not.toContain('Description');
    const edit = await fieldsOf('Change request: edit');
    expect(edit).toEqual(expect.arrayContaining(['Summary', 'Description', 'Reporter', 'Assignee', 'Backout plan']));
    expect(edit).not.toContain('Decision basis');
    expect((await get('owner', 'screens')).status).toBe(403);
  });

  it('say what the create and edit screens take from this caller', async () => {
    const { key } = await create();
    const types = (await get('owner', 'issue/createmeta/CHG/issuetypes')).body;
    const type = String(at(types, 'issueTypes', 0, 'id'));
    const fields = list(at((await get('owner', `issue/createmeta/CHG/issuetypes/${type}`)).body, 'fields'));
    expect(fields.filter((field) => at(field, 'required') === true).map((field) => at(field, 'fieldId'))).toEqual([
      'summary',
    ]);
    expect(fields.find((field) => at(field, 'name') === 'Change type')).toMatchObject({
      allowedValues: [{ value: 'Standard' }, { value: 'Normal' }, { value: 'Emergency' }, { value: 'Discovered' }],
    });
    const editable = async (who: string) => fieldsIn(at((await get(who, `issue/${key}/editmeta`)).body, 'fields'));
    expect(await editable('owner')).toContain('summary');
    expect(await editable('owner')).not.toContain('reporter');
    expect(await editable('admin')).toEqual(expect.arrayContaining(['reporter', 'assignee']));
    expect(await editable('auditor')).toEqual([]);
    expect(at((await get('auditor', 'issue/createmeta/CHG/issuetypes')).body, 'total')).toBe(0);
  });

  it('show projects, roles and statuses to those who may see them', async () => {
    const keys = async (who: string) =>
      list(at((await get(who, 'project/search')).body, 'values')).map((project) => at(project, 'key'));
    expect(await keys('owner')).toEqual(['CHG', 'OPS']);
    expect(await keys('outsider')).toEqual(['OPS']);
    expect(list((await get('outsider', 'project')).body)).toHaveLength(1);
    expect((await get('outsider', 'project/CHG')).status).toBe(404);
    expect((await get('owner', 'project/CHG')).body).toMatchObject({
      key: 'CHG',
      style: 'classic',
      issueTypes: [{ name: 'Change request' }],
    });
    expect((await get('owner', 'project/CHG/statuses')).body).toMatchObject([
      { name: 'Change request', statuses: [{ name: 'Proposed' }] },
    ]);
    const roles = (await get('admin', 'project/CHG/role')).body;
    const auditors = String(at(roles, 'Auditors')).split('/').at(-1) ?? '';
    expect((await get('admin', `project/CHG/role/${auditors}`)).body).toMatchObject({
      name: 'Auditors',
      actors: [{ displayName: 'Nadia Brandt' }],
    });
    expect((await get('owner', 'project/CHG/role')).status).toBe(404);
    expect(list((await get('admin', 'role')).body)).toHaveLength(3);
    const statuses = (await get('admin', 'statuses/search?searchString=approved')).body;
    expect(list(at(statuses, 'values')).map((status) => at(status, 'name'))).toEqual(['Approved', 'Disapproved']);
    const id = String(at(statuses, 'values', 0, 'id'));
    expect((await get('admin', `statuses?id=${id}`)).body).toMatchObject([
      { name: 'Approved', statusCategory: 'IN_PROGRESS' },
    ]);
    for (const path of ['status', 'issuetype', 'priority', 'serverInfo', 'statuscategory'])
      expect((await get('owner', path)).status).toBe(200);
  });
});

it('answered every route of its own, as the official document has it', async () => {
  if (openApi === undefined) return;
  const { key } = await create();
  await get('owner', `search/jql?jql=key%20%3D%20${key}`);
  await site.call('owner', 'POST', '/rest/api/3/search/jql', { jql: `key = ${key}` });
  await site.call('owner', 'POST', '/rest/api/3/changelog/bulkfetch', { issueIdsOrKeys: [key] });
  await site.call('owner', 'POST', `/rest/api/3/issue/${key}/changelog/list`, { changelogIds: [1] });
  await site.call('owner', 'PUT', `/rest/api/3/issue/${key}`, { fields: { summary: 'x' } });
  await get('owner', 'users');
  await site.call('admin', 'DELETE', `/rest/api/3/issue/${key}`);
  for (const each of site.answered) answered.add(each);
  expect(site.routes.filter((route) => !answered.has(route))).toEqual([]);
});
