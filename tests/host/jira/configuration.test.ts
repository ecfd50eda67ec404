import { onItsOwnSite } from './checks/own-site';
import { at, keysOf, list } from './checks/test-site';

const { current, create, get } = onItsOwnSite();

describe('fields, screens, statuses, projects', () => {
  it('have contexts and options, for administrators', async () => {
    const type = current().field('Impacted CUI systems');
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
    const key = await create();
    const types = (await get('owner', 'issue/createmeta/CHG/issuetypes')).body;
    const type = String(at(types, 'issueTypes', 0, 'id'));
    const fields = list(at((await get('owner', `issue/createmeta/CHG/issuetypes/${type}`)).body, 'fields'));
    expect(fields.filter((field) => at(field, 'required') === true).map((field) => at(field, 'fieldId'))).toEqual([
      'summary',
    ]);
    expect(fields.find((field) => at(field, 'name') === 'Change type')).toMatchObject({
      allowedValues: [{ value: 'Standard' }, { value: 'Normal' }, { value: 'Emergency' }, { value: 'Discovered' }],
    });
    const editable = async (who: string) => keysOf(at((await get(who, `issue/${key}/editmeta`)).body, 'fields'));
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
    const types = (await get('owner', 'project/CHG/statuses')).body;
    expect(list(at(types, 0, 'statuses')).map((status) => at(status, 'name'))).toEqual([
      'Proposed',
      'Approved',
      'Scheduled',
      'Executed',
      'Closed',
      'Disapproved',
      'Withdrawn',
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
