import { CHANGE_REQUEST, onItsOwnSite } from './checks/own-site';
import { adf, anyText, at, holding } from './checks/test-site';

const { current, create, idOf, edit, read, history, get } = onItsOwnSite();

describe('permissions (site contract, "People" and "Jira")', () => {
  const DENIED = { errorMessages: ['Issue does not exist or you do not have permission to see it.'], errors: {} };

  it('shows no issue of CHG to the outsider, with the answer that a missing issue has', async () => {
    const key = await create();
    for (const [method, path] of [
      ['GET', ''],
      ['GET', '/changelog'],
      ['GET', '/comment'],
      ['GET', '/properties'],
      ['DELETE', ''],
    ] as const) {
      const answers = await Promise.all(
        [key, 'CHG-99'].map((each) => current().call('outsider', method, `/rest/api/3/issue/${each}${path}`)),
      );
      for (const { status, body } of answers)
        expect({ method, path, status, body }).toEqual({ method, path, status: 404, body: DENIED });
    }
    expect((await edit('outsider', key, { summary: 'x' })).status).toBe(404);
    const made = await current().call('outsider', 'POST', '/rest/api/3/issue', {
      fields: { ...CHANGE_REQUEST, summary: 'x' },
    });
    expect(made).toMatchObject({ status: 400, body: { errors: { project: anyText } } });
  });

  it('lets the auditor read and nothing more', async () => {
    const key = await create();
    expect(await read(key, '', 'auditor')).toMatchObject({ key });
    const tries: readonly (readonly [string, string, unknown])[] = [
      ['PUT', `/rest/api/3/issue/${key}`, { fields: { summary: 'x' } }],
      ['DELETE', `/rest/api/3/issue/${key}`, undefined],
      ['POST', '/rest/api/3/issue', { fields: { ...CHANGE_REQUEST, summary: 'x' } }],
      ['POST', `/rest/api/3/issue/${key}/comment`, { body: adf('x') }],
      ['PUT', `/rest/api/3/issue/${key}/properties/mine`, { a: 1 }],
    ];
    for (const [method, path, body] of tries)
      expect((await current().call('auditor', method, path, body)).status).toBe(403);
    expect(at(await read(key), 'fields', 'summary')).toBe('Open port 8443');
    expect(await history(key)).toEqual([]);
  });

  it.each(['requester', 'owner', 'implementer', 'reviewer', 'authority', 'emergency', 'msp', 'admin', 'bot'])(
    'lets %s create and edit',
    async (who) => {
      const key = await create(who);
      expect((await edit(who, key, { summary: 'Mine' })).status).toBe(204);
    },
  );

  it('lets only an administrator change reporter and assignee; both may be anybody of the project', async () => {
    const key = await create();
    for (const fieldId of ['reporter', 'assignee']) {
      const value = { [fieldId]: { accountId: current().accountId('owner') } };
      expect(await edit('owner', key, value)).toMatchObject({
        status: 400,
        body: { errors: { [fieldId]: holding('cannot be set') } },
      });
      expect((await edit('admin', key, value)).status).toBe(204);
    }
    expect(await edit('admin', key, { assignee: { id: current().accountId('outsider') } })).toMatchObject({
      status: 400,
      body: { errors: { assignee: anyText } },
    });
    expect((await edit('admin', key, { reporter: null })).status).toBe(400);
    expect((await edit('admin', key, { assignee: { id: current().accountId('bot') } })).status).toBe(204);
  });

  it('asks who it is before anything else', async () => {
    expect(await current().call('anonymous', 'GET', '/rest/api/3/myself')).toMatchObject({
      status: 401,
      body: { errors: {} },
    });
  });
});

describe('permissions asked for', () => {
  it('says what the caller holds, in general and for an issue', async () => {
    const key = await create();
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
    const id = idOf(await create());
    const ask = (who: string, about: string) =>
      current().call(who, 'POST', '/rest/api/3/permissions/check', {
        accountId: current().accountId(about),
        globalPermissions: ['ADMINISTER'],
        projectPermissions: [{ permissions: ['BROWSE_PROJECTS', 'EDIT_ISSUES'], issues: [id, 99], projects: [10000] }],
      });
    const granted = (issues: readonly number[], projects: readonly number[]) => ({ issues, projects });
    expect((await ask('app', 'auditor')).body).toEqual({
      globalPermissions: [],
      projectPermissions: [
        { permission: 'BROWSE_PROJECTS', ...granted([id], [10000]) },
        { permission: 'EDIT_ISSUES', ...granted([], []) },
      ],
    });
    expect(at((await ask('admin', 'outsider')).body, 'projectPermissions', 0)).toMatchObject(granted([], []));
    expect(at((await ask('admin', 'admin')).body, 'globalPermissions')).toEqual(['ADMINISTER']);
    expect((await ask('owner', 'auditor')).status).toBe(403);
    expect((await ask('owner', 'owner')).status).toBe(200);
  });
});
