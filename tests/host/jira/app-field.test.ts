import { onItsOwnSite } from './checks/own-site';
import { APP_ID, at, like, list } from './checks/test-site';

const { current, create, idOf, get } = onItsOwnSite();

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
      'Waiting for',
      'Change ledger',
    ]);
  });

  it('are written by the app alone, as given, by key or id, several at once or none', async () => {
    const key = await create();
    const id = idOf(key);
    const path = `/rest/api/3/app/field/${KEY}/value`;
    const body = { updates: [{ issueIds: [id], value: 'Open | signed by a, b' }] };
    for (const who of ['admin', 'owner', 'bot'])
      expect((await current().call(who, 'PUT', path, body)).status).toBe(403);
    expect((await current().call('app', 'PUT', path, body)).status).toBe(204);
    expect(at((await get('owner', `issue/${key}`)).body, 'fields', current().field('Change decision state'))).toBe(
      'Open | signed by a, b',
    );
    const updates = [
      { customField: current().field('Change participants'), issueIds: [id], value: 'a,b' },
      { customField: KEY, issueIds: [id, 99], value: 'Closed' },
    ];
    expect((await current().call('app', 'POST', '/rest/api/3/app/field/value', { updates })).status).toBe(400);
    expect(at((await get('owner', `issue/${key}`)).body, 'fields', current().field('Change participants'))).toBeNull();
    const twice = { customField: KEY, issueIds: [id, id], value: 'x' };
    expect((await current().call('app', 'POST', '/rest/api/3/app/field/value', { updates: [twice] })).status).toBe(400);
    expect(
      (await current().call('app', 'PUT', `/rest/api/3/app/field/${current().field('Scope')}/value`, body)).status,
    ).toBe(403);
    expect((await current().call('app', 'PUT', '/rest/api/3/app/field/none/value', body)).status).toBe(404);
    expect((await current().call('app', 'PUT', path, { updates: [{ issueIds: [id], value: 7 }] })).status).toBe(400);
  });

  it('that hold people take accounts that the site knows, a hundred at most, and answer them as people', async () => {
    const key = await create();
    const path = `/rest/api/3/app/field/${APP_ID}__LOCAL__change-waiting-for/value`;
    const write = (accounts: readonly unknown[]) =>
      current().call('app', 'PUT', path, { updates: [{ issueIds: [idOf(key)], value: accounts }] });
    const owner = { accountId: current().accountId('owner') };
    for (const wrong of [[{ accountId: 'nobody' }], ['owner'], Array.from({ length: 101 }, () => owner)])
      expect((await write(wrong)).status).toBe(400);
    expect((await write([owner, owner])).status).toBe(204);
    const read = async () => at((await get('owner', `issue/${key}`)).body, 'fields', current().field('Waiting for'));
    expect(await read()).toMatchObject([owner]);
    expect((await write([])).status).toBe(204);
    expect(await read()).toBeNull();
  });

  it('make a changelog entry and a self-generated event unless told not to', async () => {
    const key = await create();
    const id = idOf(key);
    const write = (value: string, query = '') =>
      current().call('app', 'POST', `/rest/api/3/app/field/value${query}`, {
        updates: [{ customField: KEY, issueIds: [id], value }],
      });
    await write('one');
    expect(current().events.at(-1)).toMatchObject({
      eventType: 'avi:jira:updated:issue',
      payload: { selfGenerated: true },
    });
    const before = current().events.length;
    expect((await write('two', '?generateAppEvents=false')).status).toBe(204);
    expect((await write('three', '?generateAppEvents=false&generateChangelog=false')).status).toBe(204);
    expect(current().events).toHaveLength(before);
    const values = list(at((await get('owner', `issue/${key}/changelog`)).body, 'values'));
    expect(values.map((entry) => at(entry, 'items', 0, 'toString'))).toEqual(['one', 'two']);
    expect(at(values[0], 'author')).toMatchObject({ displayName: 'Change control', accountType: 'app' });
  });

  it('cannot be written through an edit by anybody, the app included', async () => {
    const key = await create();
    for (const who of ['admin', 'app']) {
      const answer = await current().call(who, 'PUT', `/rest/api/3/issue/${key}`, {
        fields: { [current().field('Change decision state')]: 'Open' },
      });
      expect(answer.status).toBe(400);
    }
  });
});
