import { onItsOwnSite } from './checks/own-site';
import { at, list } from './checks/test-site';

const { current, get } = onItsOwnSite();

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
    expect(await get('owner', `user?accountId=${current().accountId('bot')}`)).toMatchObject({
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
    const change = { accountId: current().accountId('owner') };
    const path = '/rest/api/3/group/user?groupname=change-authority';
    for (const who of ['owner', 'authority', 'app', 'auditor'])
      expect((await current().call(who, 'POST', path, change)).status).toBe(403);
    expect(await current().call('admin', 'POST', path, change)).toMatchObject({
      status: 201,
      body: { name: 'change-authority', users: { size: 4 } },
    });
    expect((await current().call('admin', 'POST', path, change)).status).toBe(400);
    expect(
      list((await get('app', `user/groups?accountId=${current().accountId('owner')}`)).body).map((group) =>
        at(group, 'name'),
      ),
    ).toEqual(['change-authority', 'jira-users']);
    const remove = `${path}&accountId=${encodeURIComponent(current().accountId('owner'))}`;
    expect((await current().call('owner', 'DELETE', remove)).status).toBe(403);
    expect((await current().call('admin', 'DELETE', remove)).status).toBe(200);
    expect((await current().call('admin', 'DELETE', remove)).status).toBe(400);
    expect((await get('app', 'group/member?groupname=none')).status).toBe(404);
    expect(list(at((await get('admin', 'group/bulk')).body, 'values'))).toHaveLength(7);
    expect((await get('owner', 'groups/picker?query=review')).body).toMatchObject({
      groups: [{ name: 'security-reviewers' }],
    });
  });
});
