import { onItsOwnSite } from './checks/own-site';
import { adf, anyText, at, having, holding, like, list } from './checks/test-site';

const { current, create, edit, read, history, everyField } = onItsOwnSite();

describe('the changelog (recorded answers: corpus jira-webhooks/cloud)', () => {
  it('gains one entry for each edit, with an item for each field that differs', async () => {
    const key = await create('requester', everyField());
    const expected: readonly [name: string, given: unknown, item: Record<string, unknown>][] = [
      [
        'Change type',
        { value: 'Emergency' },
        {
          fieldtype: 'custom',
          fromString: 'Normal',
          toString: 'Emergency',
          from: anyText,
          to: anyText,
        },
      ],
      [
        'Change owner',
        { id: current().accountId('requester') },
        {
          from: current().accountId('owner'),
          fromString: 'Owen Marsh',
          to: current().accountId('requester'),
          toString: 'Rachel Quinn',
        },
      ],
      ['Scope', adf('Two rules.'), { from: null, fromString: 'One rule.', to: null, toString: 'Two rules.' }],
      ['Test plan', null, { from: null, fromString: 'Connect.', to: null, toString: null }],
      [
        'Impacted CUI systems',
        [{ value: 'Unknown' }],
        {
          fromString: 'CUI enclave firewall,Identity provider',
          from: like(/^\[\d+, \d+\]$/),
          toString: 'Unknown',
        },
      ],
      [
        'Change window end',
        '2026-03-06T00:30:00.000+0000',
        { from: '2026-03-05T22:00:00+0000', fromString: '05/Mar/26 10:00 PM', toString: '06/Mar/26 12:30 AM' },
      ],
    ];
    const fields = Object.fromEntries(expected.map(([name, given]) => [current().field(name), given]));
    expect((await edit('owner', key, { ...fields, summary: 'Open ports' })).status).toBe(204);
    const entries = await history(key);
    expect(entries).toHaveLength(1);
    expect(at(entries, 0)).toMatchObject({ author: { displayName: 'Owen Marsh' }, id: like(/^\d+$/) });
    const items = at(entries, 0, 'items');
    expect(items).toHaveLength(expected.length + 1);
    expect(items).toContainEqual({
      field: 'summary',
      fieldtype: 'jira',
      fieldId: 'summary',
      from: null,
      fromString: 'Open port 8443',
      to: null,
      toString: 'Open ports',
    });
    for (const [name, , item] of expected) {
      expect(items).toContainEqual(
        having({ field: name, fieldId: current().field(name), fieldtype: 'custom', ...item }),
      );
    }
  });

  it('gains nothing, and no event, when nothing differs; the order of options is no difference', async () => {
    const key = await create('requester', everyField());
    const before = current().events.length;
    const same = {
      ...everyField(),
      [current().field('Impacted CUI systems')]: [{ value: 'Identity provider' }, { value: 'CUI enclave firewall' }],
    };
    expect((await edit('owner', key, same)).status).toBe(204);
    expect(await history(key)).toEqual([]);
    expect(current().events).toHaveLength(before);
  });

  it('names people in Jira fields twice, as recorded', async () => {
    const key = await create();
    await edit('admin', key, { assignee: { accountId: current().accountId('implementer') } });
    expect(at(await history(key), 0, 'items')).toEqual([
      {
        field: 'assignee',
        fieldtype: 'jira',
        fieldId: 'assignee',
        from: null,
        fromString: null,
        to: current().accountId('implementer'),
        toString: 'Imani Clarke',
        tmpFromAccountId: null,
        tmpToAccountId: current().accountId('implementer'),
      },
    ]);
    expect((await edit('admin', key, { assignee: null })).status).toBe(204);
    expect(at(await read(key), 'fields', 'assignee')).toBeNull();
  });

  it('is paged oldest first, at most 100 at a time, with growing ids; the issue itself shows the newest 100', async () => {
    const key = await create();
    for (let n = 0; n < 130; n += 1) await edit('owner', key, { summary: `Version ${n}` });
    const path = `/rest/api/3/issue/${key}/changelog`;
    const first = (await current().call('owner', 'GET', `${path}?maxResults=1000`)).body;
    expect(first).toMatchObject({
      startAt: 0,
      maxResults: 100,
      total: 130,
      isLast: false,
      nextPage: holding('startAt=100'),
    });
    const rest = (await current().call('owner', 'GET', `${path}?startAt=100`)).body;
    expect(rest).toMatchObject({ total: 130, isLast: true });
    const all = [...list(at(first, 'values')), ...list(at(rest, 'values'))];
    expect(all.map((entry) => at(entry, 'items', 0, 'toString'))).toEqual(
      Array.from({ length: 130 }, (_, n) => `Version ${n}`),
    );
    const ids = all.map((entry) => Number(at(entry, 'id')));
    expect(ids).toEqual([...ids].sort((a, b) => a - b));
    const expanded = at(await read(key, '?expand=changelog'), 'changelog');
    expect(expanded).toMatchObject({ total: 130, maxResults: 100, startAt: 0 });
    expect(at(expanded, 'histories', 0, 'items', 0, 'toString')).toBe('Version 129');
    expect(list(at(expanded, 'histories'))).toHaveLength(100);
    const some = await current().call('owner', 'POST', `${path}/list`, { changelogIds: [ids[3], ids[5]] });
    expect(at(some.body, 'total')).toBe(2);
  });

  it('is fetched in bulk: by field, in pages, without issues that the caller does not see', async () => {
    const [one, two] = [await create(), await create()];
    for (const key of [one, two]) {
      await edit('owner', key, { summary: 'Other' });
      await edit('owner', key, { [current().field('Scope')]: adf('x') });
    }
    const fetch = (who: string, body: Record<string, unknown>) =>
      current().call(who, 'POST', '/rest/api/3/changelog/bulkfetch', body);
    const all = (await fetch('app', { issueIdsOrKeys: [one, two] })).body;
    expect(list(at(all, 'issueChangeLogs')).map((each) => list(at(each, 'changeHistories')).length)).toEqual([2, 2]);
    const scope = (
      await fetch('app', { issueIdsOrKeys: [one, two], fieldIds: [current().field('Scope')], maxResults: 1 })
    ).body;
    expect(list(at(scope, 'issueChangeLogs'))).toHaveLength(1);
    const next = (
      await fetch('app', {
        issueIdsOrKeys: [one, two],
        fieldIds: [current().field('Scope')],
        maxResults: 1,
        nextPageToken: at(scope, 'nextPageToken'),
      })
    ).body;
    expect(at(next, 'nextPageToken')).toBeUndefined();
    expect(at(next, 'issueChangeLogs', 0, 'issueId')).not.toBe(at(scope, 'issueChangeLogs', 0, 'issueId'));
    expect((await fetch('outsider', { issueIdsOrKeys: [one] })).body).toEqual({ issueChangeLogs: [] });
    expect((await fetch('app', { issueIdsOrKeys: [] })).status).toBe(400);
    expect(
      (await fetch('app', { issueIdsOrKeys: [one], fieldIds: Array.from({ length: 11 }, (_, n) => `f${n}`) })).status,
    ).toBe(400);
  });
});
