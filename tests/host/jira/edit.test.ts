import { onItsOwnSite } from './checks/own-site';
import { adf, anyText, at, holding, keysOf, like } from './checks/test-site';

const { current, create, edit, read } = onItsOwnSite();

describe('editing', () => {
  it('refuses what is not on the edit screen, with nothing of the call done', async () => {
    const key = await create();
    const answer = await edit('owner', key, { summary: 'New', [current().field('Required actions')]: adf('x') });
    expect(answer).toMatchObject({
      status: 400,
      body: { errors: { [current().field('Required actions')]: holding('appropriate screen') } },
    });
    expect(at(await read(key), 'fields', 'summary')).toBe('Open port 8443');
  });

  it('applies update operations in order, and refuses a field given twice', async () => {
    const key = await create('requester', { labels: ['a'] });
    const systems = current().field('Impacted CUI systems');
    const done = await current().call('owner', 'PUT', `/rest/api/3/issue/${key}`, {
      update: {
        labels: [{ add: 'b' }, { remove: 'a' }],
        [systems]: [{ add: { value: 'Unknown' } }],
        comment: [{ add: { body: adf('Why.') } }],
      },
    });
    expect(done.status).toBe(204);
    expect(at(await read(key), 'fields')).toMatchObject({
      labels: ['b'],
      [systems]: [{ value: 'Unknown' }],
      comment: { total: 1 },
    });
    const twice = await current().call('owner', 'PUT', `/rest/api/3/issue/${key}`, {
      fields: { labels: [] },
      update: { labels: [{ add: 'c' }] },
    });
    expect(twice).toMatchObject({
      status: 400,
      body: { errors: { labels: holding("both 'fields' and 'update'") } },
    });
    const verb = await current().call('owner', 'PUT', `/rest/api/3/issue/${key}`, {
      update: { summary: [{ add: 'x' }] },
    });
    expect(verb.status).toBe(400);
  });

  it('answers the issue when asked to', async () => {
    const key = await create();
    const { status, body } = await current().call('owner', 'PUT', `/rest/api/3/issue/${key}?returnIssue=true`, {
      fields: { summary: 'New' },
    });
    expect({ status, summary: at(body, 'fields', 'summary') }).toEqual({ status: 200, summary: 'New' });
  });

  it('refuses a body that is no JSON', async () => {
    const key = await create();
    const { status, body } = await current().send(
      'owner',
      'PUT',
      `/rest/api/3/issue/${key}`,
      new TextEncoder().encode('{'),
      {},
    );
    expect({ status, body }).toEqual({
      status: 400,
      body: { errorMessages: [holding('parsing JSON')], errors: {} },
    });
  });
});

describe('reading', () => {
  it('answers the fields that were asked for, and properties', async () => {
    const key = await create();
    await current().call('owner', 'PUT', `/rest/api/3/issue/${key}/properties/mine`, { a: 1 });
    const some = await read(key, '?fields=summary,status&properties=mine&expand=names');
    expect(keysOf(at(some, 'fields'))).toEqual(['status', 'summary']);
    expect(some).toMatchObject({ properties: { mine: { a: 1 } }, names: { summary: 'Summary', status: 'Status' } });
    const without = at(await read(key, '?fields=*all,-comment'), 'fields');
    expect(without).toHaveProperty('attachment');
    expect(without).not.toHaveProperty('comment');
  });

  it('finds an issue by id and by a key in any case', async () => {
    const key = await create();
    const id = at(await read(key), 'id');
    expect(at(await read('chg-1'), 'id')).toBe(id);
    expect(at(await read(String(id)), 'key')).toBe(key);
  });
});

describe('product events (forge-answers section 5)', () => {
  it('one for each thing that happened, with actor, changelog and whether the app did it', async () => {
    const key = await create();
    await edit('owner', key, { summary: 'Other' });
    await edit('admin', key, { assignee: { id: current().accountId('owner') } });
    await current().call('admin', 'DELETE', `/rest/api/3/issue/${key}`);
    expect(current().events.map(({ eventType }) => eventType)).toEqual([
      'avi:jira:created:issue',
      'avi:jira:updated:issue',
      'avi:jira:updated:issue',
      'avi:jira:assigned:issue',
      'avi:jira:deleted:issue',
    ]);
    const [made, changed, assigned] = current().events.map(({ payload }) => payload);
    expect(made).toMatchObject({
      selfGenerated: false,
      atlassianId: current().accountId('requester'),
      issue: { key, fields: { summary: 'Open port 8443' } },
    });
    expect(changed).toMatchObject({
      eventType: 'avi:jira:updated:issue',
      jiraEventTypeName: 'issue_updated',
      atlassianId: current().accountId('owner'),
      timestamp: like(/^\d{13}$/),
      changelog: { id: anyText, items: [{ fieldId: 'summary', toString: 'Other' }] },
    });
    expect(assigned).toMatchObject({
      associatedUsers: [{ accountId: current().accountId('admin') }, { accountId: current().accountId('owner') }],
    });
    for (const { payload } of current().events) expect(JSON.parse(JSON.stringify(payload))).toEqual(payload);
  });
});
