import { onItsOwnSite } from './checks/own-site';
import { adf, at, list } from './checks/test-site';

const { current, create, edit, get, read, history } = onItsOwnSite();

const call = (method: string, path: string, body?: unknown, who = 'admin') =>
  current().call(who, method, `/rest/api/3/${path}`, body);
const done = async (method: string, path: string, body?: unknown): Promise<unknown> => {
  const { status, body: answer } = await call(method, path, body);
  expect({ path, status, answer }).toMatchObject({ status: expect.any(Number) as unknown });
  expect(status).toBeLessThan(304);
  return answer;
};

const TYPE = 'com.atlassian.jira.plugin.system.customfieldtypes:';
const names = (value: unknown): readonly unknown[] => list(value).map((each) => at(each, 'name'));

describe('custom fields', () => {
  it('may share a name, are searched by it, and have one context for everything', async () => {
    const body = { name: 'Test plan', type: `${TYPE}textarea`, searcherKey: `${TYPE}textsearcher` };
    const id = String(at(await done('POST', 'field', body), 'id'));
    const found = await get('owner', 'field/search?query=test%20plan&type=custom');
    expect(names(at(found.body, 'values'))).toEqual(['Test plan', 'Test plan']);
    expect(await done('GET', `field/${id}/context`)).toMatchObject({
      values: [{ isGlobalContext: true, isAnyIssueType: true }],
    });
    expect(await call('POST', `field/${id}/context`, { name: 'Second' })).toMatchObject({ status: 400 });
  });

  it.each<[string, unknown, number]>([
    ['admin', { name: '', type: `${TYPE}textarea` }, 400],
    ['admin', { name: 'x'.repeat(256), type: `${TYPE}textarea` }, 400],
    ['admin', { name: 'x', type: `${TYPE}float` }, 400],
    ['admin', { name: 'x', type: `${TYPE}select`, searcherKey: `${TYPE}textsearcher` }, 400],
    ['admin', { type: `${TYPE}select` }, 400],
    ['owner', { name: 'x', type: `${TYPE}select` }, 400],
  ])('%s is refused %j', async (who, body, status) => {
    expect(await call('POST', 'field', body, who)).toMatchObject({ status });
  });

  it('in the trash are nowhere, and back with what they held when restored; deleted they are gone', async () => {
    const plan = current().field('Test plan');
    const key = await create('requester', { [plan]: adf('Connect.') });
    await done('POST', `field/${plan}/trash`);
    expect(at(await read(key), 'fields', plan)).toBeUndefined();
    expect(names((await get('owner', 'field')).body)).not.toContain('Test plan');
    expect(names(at((await get('admin', 'field/search/trashed')).body, 'values'))).toEqual(['Test plan']);
    expect(await edit('owner', key, { [plan]: adf('Again.') })).toMatchObject({ status: 400 });
    await done('POST', `field/${plan}/restore`);
    expect(at(await read(key), 'fields', plan)).toEqual(adf('Connect.'));
    const answer = await call('DELETE', `field/${plan}`);
    expect(answer.status).toBe(303);
    expect(await call('GET', `task/${String(at(answer.body, 'id'))}`)).toMatchObject({ body: { status: 'COMPLETE' } });
    expect(await call('PUT', `field/${plan}`, { name: 'x' })).toMatchObject({ status: 404 });
  });

  it('of the app are locked', async () => {
    const id = current().field('Change participants');
    expect(await call('POST', `field/${id}/trash`)).toMatchObject({ status: 400 });
    expect(await call('PUT', `field/${id}`, { name: 'x' })).toMatchObject({ status: 400 });
  });

  it('renamed are in the changelog by their new name', async () => {
    const scope = current().field('Scope');
    const key = await create();
    await done('PUT', `field/${scope}`, { name: 'Extent' });
    await edit('owner', key, { [scope]: adf('One rule.') });
    expect(at(await history(key), 0, 'items', 0, 'field')).toBe('Extent');
  });
});

describe('options', () => {
  it('are unique, can be disabled, ordered and deleted; a disabled one is kept and no longer offered', async () => {
    const type = current().field('Change type');
    const key = await create('requester', { [type]: { value: 'Normal' } });
    const context = String(at(await done('GET', `field/${type}/context`), 'values', 0, 'id'));
    const path = `field/${type}/context/${context}/option`;
    const id = String(at(at(await read(key), 'fields', type), 'id'));
    expect(await call('POST', path, { options: [{ value: 'normal' }] })).toMatchObject({ status: 400 });
    expect(await call('POST', path, { options: [{ value: 'A' }, { value: 'A' }] })).toMatchObject({ status: 400 });
    expect(await call('POST', path, { options: [] })).toMatchObject({ status: 400 });
    const update = { options: [{ id, disabled: true }] };
    expect(await done('PUT', path, update)).toMatchObject({ options: [{ id, disabled: true }] });
    expect(await done('PUT', path, update)).toEqual({ options: [] });
    expect(at(await read(key), 'fields', type)).toMatchObject({ value: 'Normal' });
    expect(await edit('owner', key, { [type]: { value: 'Normal' } })).toMatchObject({ status: 400 });
    await done('DELETE', `${path}/${id}`);
    expect(at(await read(key), 'fields', type)).toBeNull();
    expect(await call('PUT', path, update)).toMatchObject({ status: 404 });
    expect(await call('GET', `field/${type}/context/1/option`)).toMatchObject({ status: 404 });
  });
});

describe('screens and schemes', () => {
  it('a field that is taken from a screen cannot be set through it', async () => {
    const key = await create();
    const scope = current().field('Scope');
    const screen = current().store.screens.named('Change request: edit');
    const tab = String(at(await done('GET', `screens/${screen?.id ?? ''}/tabs`), 0, 'id'));
    const fields = `screens/${screen?.id ?? ''}/tabs/${tab}/fields`;
    expect(await call('POST', fields, { fieldId: scope })).toMatchObject({ status: 400 });
    await done('DELETE', `${fields}/${scope}`);
    expect(await edit('owner', key, { [scope]: adf('x') })).toMatchObject({ status: 400 });
    expect(names(await done('GET', `screens/${screen?.id ?? ''}/availableFields`))).toContain('Scope');
    await done('POST', fields, { fieldId: scope });
    expect(await edit('owner', key, { [scope]: adf('x') })).toMatchObject({ status: 204 });
    expect(await call('DELETE', `screens/${screen?.id ?? ''}`)).toMatchObject({ status: 400 });
  });

  it('an issue type of a project has the screens that are mapped to it', async () => {
    const type = String(at(await done('POST', 'issuetype', { name: 'Request' }), 'id'));
    const ops = current().store.projects.find('OPS')?.id ?? '';
    const own = at(await done('GET', `issuetypescheme/project?projectId=${ops}`), 'values', 0, 'issueTypeScheme', 'id');
    await done('PUT', `issuetypescheme/${String(own)}/issuetype`, { issueTypeIds: [type] });
    const screen = Number(at(await done('POST', 'screens', { name: 'Short' }), 'id'));
    const tab = String(at(await done('GET', `screens/${screen}/tabs`), 0, 'id'));
    await done('POST', `screens/${screen}/tabs/${tab}/fields`, { fieldId: 'summary' });
    const scheme = await done('POST', 'screenscheme', { name: 'Short', screens: { default: screen } });
    const mapping = { issueTypeId: type, screenSchemeId: String(at(scheme, 'id')) };
    expect(
      await call('POST', 'issuetypescreenscheme', { name: 'No default', issueTypeMappings: [mapping] }),
    ).toMatchObject({ status: 400 });
    const issueTypeMappings = [{ issueTypeId: 'default', screenSchemeId: '10000' }, mapping];
    const forTypes = await done('POST', 'issuetypescreenscheme', { name: 'Mixed', issueTypeMappings });
    const association = { issueTypeScreenSchemeId: String(at(forTypes, 'id')), projectId: ops };
    await done('PUT', 'issuetypescreenscheme/project', association);
    const asked = (await get('owner', `issue/createmeta/OPS/issuetypes/${type}`)).body;
    expect(list(at(asked, 'fields')).map((field) => at(field, 'fieldId'))).toEqual(['summary']);
    const others = current().store.projects.issueTypesOf(ops)[0]?.id ?? '';
    expect(at((await get('owner', `issue/createmeta/OPS/issuetypes/${others}`)).body, 'total')).toBeGreaterThan(1);
  });

  it('an issue type with issues stays in the scheme of its project', async () => {
    await create();
    const change = current().store.projects.find('CHG')?.id ?? '';
    const ops = current().store.typeSchemes.projects.of(current().store.projects.find('OPS')?.id ?? '') ?? '';
    const association = { issueTypeSchemeId: ops, projectId: change };
    expect(await call('PUT', 'issuetypescheme/project', association)).toMatchObject({ status: 400 });
  });
});

describe('statuses', () => {
  it('are renamed everywhere at once, and not deleted while a workflow has them', async () => {
    const key = await create();
    const id = String(at(await read(key), 'fields', 'status', 'id'));
    const renamed = { statuses: [{ id, name: 'Asked for', statusCategory: 'TODO' }] };
    await done('PUT', 'statuses', renamed);
    expect(at(await read(key), 'fields', 'status', 'name')).toBe('Asked for');
    expect(await call('DELETE', `statuses?id=${id}`)).toMatchObject({ status: 400 });
    const taken = { statuses: [{ id, name: 'approved', statusCategory: 'TODO' }] };
    expect(await call('PUT', 'statuses', taken)).toMatchObject({ status: 400 });
  });
});

describe('a controlled workflow that somebody loosens', () => {
  const NAME = 'Change control workflow';

  /** The workflow as it is, changed and sent back whole, as Jira's editor does. */
  async function change(edit: (transitions: readonly Record<string, unknown>[]) => readonly unknown[]): Promise<void> {
    const answer = await done('POST', 'workflows', { workflowNames: [NAME] });
    const workflow = Object(at(answer, 'workflows', 0)) as Record<string, unknown>;
    const { id, version, statuses } = workflow;
    const transitions = edit(list(workflow.transitions) as readonly Record<string, unknown>[]);
    const body = { statuses: at(answer, 'statuses'), workflows: [{ id, version, statuses, transitions }] };
    expect(await call('POST', 'workflows/update', body)).toMatchObject({ status: 200 });
  }

  it('offers a transition from any status to everybody, and takes it', async () => {
    const key = await create();
    const approved = current().store.projects.statusNamed('Approved')?.id ?? '';
    await change((transitions) => [
      ...transitions,
      { id: '991', name: 'Skip', type: 'GLOBAL', toStatusReference: referenceOf(transitions), links: [] },
    ]);
    const offered = (await get('owner', `issue/${key}/transitions`)).body;
    expect(names(at(offered, 'transitions'))).toContain('Skip');
    const move = { transition: { id: '991' } };
    expect(await call('POST', `issue/${key}/transitions`, move, 'owner')).toMatchObject({ status: 204 });
    expect(at(await read(key), 'fields', 'status', 'id')).toBe(approved);
    const log = (await get('admin', 'auditing/record?filter=workflow')).body;
    expect(at(log, 'records', 0)).toMatchObject({ summary: 'Workflow updated', objectItem: { name: NAME } });
  });

  it('asks no rule that was taken away', async () => {
    const key = await create();
    await change((transitions) =>
      transitions.map((each) =>
        each.name === 'Approve' ? { ...each, conditions: null, validators: [], actions: [] } : each,
      ),
    );
    expect(names(at((await get('requester', `issue/${key}/transitions`)).body, 'transitions'))).toContain('Approve');
    const id = current().store.projects.statusNamed('Approved')?.id;
    const offered = list(at((await get('requester', `issue/${key}/transitions`)).body, 'transitions'));
    const approve = offered.find((each) => at(each, 'name') === 'Approve');
    const move = { transition: { id: at(approve, 'id') } };
    expect(await call('POST', `issue/${key}/transitions`, move, 'requester')).toMatchObject({ status: 204 });
    expect(at(await read(key), 'fields', 'status', 'id')).toBe(id);
  });

  const referenceOf = (transitions: readonly Record<string, unknown>[]): unknown =>
    transitions.find(({ name }) => name === 'Approve')?.toStatusReference;
});

describe('the app and its administrators', () => {
  it('an app access rule hides a project from the app alone', async () => {
    const key = await create();
    const { id = '' } = current().store.projects.find('CHG') ?? {};
    current().store.appAccess.setBlocked(id, true);
    for (const path of [`issue/${key}`, `issue/${key}/changelog`, 'project/CHG'])
      expect((await get('app', path)).status).toBe(404);
    expect(list(at((await get('app', 'search/jql?jql=project%20is%20not%20empty')).body, 'issues'))).toEqual([]);
    expect((await get('owner', `issue/${key}`)).status).toBe(200);
    expect((await get('app', `data-policy/project?ids=${id}`)).body).toMatchObject({
      projectDataPolicies: [{ dataPolicy: { anyContentBlocked: true } }],
    });
    current().store.appAccess.setBlocked(id, false);
    expect((await get('app', `issue/${key}`)).status).toBe(200);
  });

  it('a notification reaches those who see the issue, once each, and not its sender', async () => {
    const key = await create();
    const to = {
      reporter: true,
      groups: [{ name: 'jira-users' }],
      users: [{ accountId: current().accountId('outsider') }],
    };
    expect(await call('POST', `issue/${key}/notify`, { textBody: 'Look.', to }, 'owner')).toMatchObject({
      status: 204,
    });
    const [mail] = current().store.mails.all();
    expect(mail?.recipients).toEqual([current().accountId('requester'), current().accountId('implementer')]);
    const nobody = { to: { users: [{ accountId: current().accountId('owner') }] } };
    expect(await call('POST', `issue/${key}/notify`, nobody, 'owner')).toMatchObject({ status: 400 });
  });

  it('a link is on both issues and in both changelogs, once', async () => {
    const [first, second] = [await create(), await create()];
    const body = { type: { name: 'Blocks' }, outwardIssue: { key: first }, inwardIssue: { key: second } };
    for (let times = 0; times < 2; times += 1)
      expect(await call('POST', 'issueLink', body, 'owner')).toMatchObject({ status: 201 });
    expect(at(await read(first), 'fields', 'issuelinks')).toMatchObject([{ inwardIssue: { key: second } }]);
    expect(at(await read(second), 'fields', 'issuelinks')).toMatchObject([{ outwardIssue: { key: first } }]);
    expect(await history(first)).toHaveLength(1);
    const id = String(at(await read(first), 'fields', 'issuelinks', 0, 'id'));
    expect(await call('DELETE', `issueLink/${id}`, undefined, 'auditor')).toMatchObject({ status: 404 });
    expect(await call('DELETE', `issueLink/${id}`, undefined, 'owner')).toMatchObject({ status: 204 });
    expect(at(await read(second), 'fields', 'issuelinks')).toEqual([]);
  });

  it('what administrators change is in the audit log', async () => {
    await done('POST', 'group', { name: 'new-group' });
    await done('POST', 'group/user?groupname=new-group', { accountId: current().accountId('owner') });
    expect(await call('POST', 'group', { name: 'new-group' })).toMatchObject({ status: 400 });
    expect(await call('POST', 'group', { name: 'other' }, 'app')).toMatchObject({ status: 403 });
    const log = (await get('admin', 'auditing/record?filter=new-group')).body;
    expect(list(at(log, 'records')).map((record) => at(record, 'summary'))).toEqual([
      'User added to group',
      'Group created',
    ]);
    expect((await get('owner', 'auditing/record')).status).toBe(403);
  });
});
