import { readOpenApi } from './checks/openapi';
import {
  adf,
  at,
  anyText,
  like,
  holding,
  having,
  keysOf as fieldsIn,
  openTestSite,
  type TestSite,
} from './checks/test-site';

const openApi = readOpenApi();
let site: TestSite;
beforeEach(() => (site = openTestSite({ openApi })));
afterEach(() => site.close());

const CREATE = { project: { key: 'CHG' }, issuetype: { name: 'Change request' } };

async function create(who = 'requester', fields: Record<string, unknown> = {}): Promise<string> {
  const { status, body } = await site.call(who, 'POST', '/rest/api/3/issue', {
    fields: { ...CREATE, summary: 'Open port 8443', ...fields },
  });
  expect({ status, body }).toMatchObject({ status: 201 });
  return String(at(body, 'key'));
}

const edit = (who: string, key: string, fields: Record<string, unknown>) =>
  site.call(who, 'PUT', `/rest/api/3/issue/${key}`, { fields });
const read = async (key: string, query = '', who = 'requester') =>
  (await site.call(who, 'GET', `/rest/api/3/issue/${key}${query}`)).body;
const history = async (key: string) => at(await read(key, '?expand=changelog'), 'changelog', 'histories');

const everyField = () => ({
  description: adf('Vendors need it.'),
  [site.field('Change type')]: { value: 'Normal' },
  [site.field('Change owner')]: { accountId: site.accountId('owner') },
  [site.field('Implementer')]: { id: site.accountId('implementer') },
  [site.field('Scope')]: adf('One rule.'),
  [site.field('Impacted CUI systems')]: [{ value: 'CUI enclave firewall' }, { value: 'Identity provider' }],
  [site.field('Justification')]: adf('Contract.'),
  [site.field('Security impact analysis')]: adf('Small.'),
  [site.field('Test plan')]: adf('Connect.'),
  [site.field('Backout plan')]: adf('Remove the rule.'),
  [site.field('Change window start')]: '2026-03-05T20:00:00.000+0100',
  [site.field('Change window end')]: '2026-03-05T22:00:00Z',
});

describe('creating an issue (site contract, "Fields of a change request")', () => {
  it('needs a summary and nothing else', async () => {
    const key = await create();
    expect(key).toBe('CHG-1');
    expect(await read(key)).toMatchObject({
      key: 'CHG-1',
      fields: {
        summary: 'Open port 8443',
        status: { name: 'Proposed', statusCategory: { key: 'new' } },
        issuetype: { name: 'Change request' },
        project: { key: 'CHG' },
        creator: { displayName: 'Rachel Quinn' },
        reporter: { displayName: 'Rachel Quinn' },
        assignee: null,
        created: like(/^2026-03-02T09:00:00\.\d{3}\+0000$/),
        [site.field('Change type')]: null,
      },
    });
    expect(await history(key)).toEqual([]);
  });

  it('takes every field in the form that its type has, and answers it in Jira form', async () => {
    const key = await create('requester', everyField());
    const fields = at(await read(key, '?expand=names'), 'fields');
    expect(fields).toMatchObject({
      [site.field('Change type')]: { value: 'Normal', id: like(/^\d+$/) },
      [site.field('Change owner')]: {
        accountId: site.accountId('owner'),
        displayName: 'Owen Marsh',
        accountType: 'atlassian',
      },
      [site.field('Implementer')]: { accountId: site.accountId('implementer') },
      [site.field('Impacted CUI systems')]: [{ value: 'CUI enclave firewall' }, { value: 'Identity provider' }],
      [site.field('Backout plan')]: adf('Remove the rule.'),
      [site.field('Change window start')]: '2026-03-05T19:00:00.000+0000',
      [site.field('Change window end')]: '2026-03-05T22:00:00.000+0000',
    });
  });

  it('gives numbers per project that are never given twice', async () => {
    await create();
    await create();
    expect((await site.call('admin', 'DELETE', '/rest/api/3/issue/CHG-2')).status).toBe(204);
    expect(await create()).toBe('CHG-3');
    const ops = await site.call('outsider', 'POST', '/rest/api/3/issue', {
      fields: { project: { key: 'OPS' }, issuetype: { name: 'Task' }, summary: 'Restart' },
    });
    expect(at(ops.body, 'key')).toBe('OPS-1');
  });

  const refused: readonly [
    why: string,
    fields: () => Record<string, unknown>,
    errors: () => Record<string, unknown>,
  ][] = [
    ['no summary', () => ({ summary: ' ' }), () => ({ summary: 'You must specify a summary of the issue.' })],
    ['a long summary', () => ({ summary: 'x'.repeat(256) }), () => ({ summary: holding('255') })],
    ['a summary of two lines', () => ({ summary: 'a\nb' }), () => ({ summary: holding('newline') })],
    ['an unknown project', () => ({ project: { key: 'NONE' } }), () => ({ project: anyText })],
    [
      'an issue type of another project',
      () => ({ issuetype: { name: 'Task' } }),
      () => ({ issuetype: 'Specify a valid issue type' }),
    ],
    [
      'an unknown field',
      () => ({ customfield_1: 'x' }),
      () => ({ customfield_1: holding('not on the appropriate screen') }),
    ],
    [
      'a field of the Disapprove screen',
      () => ({ [site.field('Decision basis')]: adf('x') }),
      () => ({ [site.field('Decision basis')]: holding('not on the appropriate screen') }),
    ],
    [
      'a paragraph as text',
      () => ({ [site.field('Backout plan')]: 'text' }),
      () => ({
        [site.field('Backout plan')]: holding('Operation value must be an Atlassian Document'),
      }),
    ],
    [
      'a paragraph of a broken document',
      () => ({ [site.field('Backout plan')]: { type: 'doc', version: 1, content: [{ type: 'text' }] } }),
      () => ({ [site.field('Backout plan')]: holding('INVALID_INPUT') }),
    ],
    [
      'an option that does not exist',
      () => ({ [site.field('Change type')]: { value: 'Urgent' } }),
      () => ({ [site.field('Change type')]: "Option value 'Urgent' is not valid" }),
    ],
    [
      'an option of another field',
      () => ({
        [site.field('Change type')]: { id: site.store.fields.options(site.field('Impacted CUI systems'))[0]?.id },
      }),
      () => ({ [site.field('Change type')]: holding('is not valid') }),
    ],
    [
      'one option where a list belongs',
      () => ({ [site.field('Impacted CUI systems')]: { value: 'Unknown' } }),
      () => ({ [site.field('Impacted CUI systems')]: 'data was not an array' }),
    ],
    [
      'a person who does not exist',
      () => ({ [site.field('Change owner')]: { id: 'nobody' } }),
      () => ({ [site.field('Change owner')]: "User 'nobody' does not exist." }),
    ],
    [
      'a day that does not exist',
      () => ({ [site.field('Change window start')]: '2026-02-30T10:00:00.000+0000' }),
      () => ({ [site.field('Change window start')]: holding('Error parsing time') }),
    ],
    [
      'a time without its offset',
      () => ({ [site.field('Change window start')]: '2026-02-03T10:00:00' }),
      () => ({ [site.field('Change window start')]: holding('Error parsing time') }),
    ],
    [
      'the read-only field of the app',
      () => ({ [site.field('Change decision state')]: 'Open' }),
      () => ({ [site.field('Change decision state')]: holding('cannot be set') }),
    ],
  ];
  it.each(refused)('refuses %s in its field, and makes nothing', async (_, fields, errors) => {
    const given = { ...CREATE, summary: 'x', ...fields() };
    const { status, body } = await site.call('requester', 'POST', '/rest/api/3/issue', { fields: given });
    expect({ status, body }).toEqual({ status: 400, body: { errorMessages: [], errors: errors() } });
    expect(site.store.issues.inProject(site.store.projects.find('CHG')?.id ?? '')).toEqual([]);
    expect(site.events).toEqual([]);
  });

  it('names every field that is wrong at once', async () => {
    const fields = {
      ...CREATE,
      summary: '',
      [site.field('Scope')]: 'x',
      [site.field('Implementer')]: { id: 'nobody' },
    };
    const { body } = await site.call('requester', 'POST', '/rest/api/3/issue', { fields });
    expect(fieldsIn(at(body, 'errors'))).toEqual([site.field('Implementer'), site.field('Scope'), 'summary'].sort());
  });
});

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
        { id: site.accountId('requester') },
        {
          from: site.accountId('owner'),
          fromString: 'Owen Marsh',
          to: site.accountId('requester'),
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
    const fields = Object.fromEntries(expected.map(([name, given]) => [site.field(name), given]));
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
      expect(items).toContainEqual(having({ field: name, fieldId: site.field(name), fieldtype: 'custom', ...item }));
    }
  });

  it('gains nothing, and no event, when nothing differs; the order of options is no difference', async () => {
    const key = await create('requester', everyField());
    const before = site.events.length;
    const same = {
      ...everyField(),
      [site.field('Impacted CUI systems')]: [{ value: 'Identity provider' }, { value: 'CUI enclave firewall' }],
    };
    expect((await edit('owner', key, same)).status).toBe(204);
    expect(await history(key)).toEqual([]);
    expect(site.events).toHaveLength(before);
  });

  it('names people in Jira fields twice, as recorded', async () => {
    const key = await create();
    await edit('admin', key, { assignee: { accountId: site.accountId('implementer') } });
    expect(at(await history(key), 0, 'items')).toEqual([
      {
        field: 'assignee',
        fieldtype: 'jira',
        fieldId: 'assignee',
        from: null,
        fromString: null,
        to: site.accountId('implementer'),
        toString: 'Imani Clarke',
        tmpFromAccountId: null,
        tmpToAccountId: site.accountId('implementer'),
      },
    ]);
    expect((await edit('admin', key, { assignee: null })).status).toBe(204);
    expect(at(await read(key), 'fields', 'assignee')).toBeNull();
  });

  it('is paged oldest first, at most 100 at a time, with growing ids; the issue itself shows the newest 100', async () => {
    const key = await create();
    for (let n = 0; n < 130; n += 1) await edit('owner', key, { summary: `Version ${n}` });
    const path = `/rest/api/3/issue/${key}/changelog`;
    const first = (await site.call('owner', 'GET', `${path}?maxResults=1000`)).body;
    expect(first).toMatchObject({
      startAt: 0,
      maxResults: 100,
      total: 130,
      isLast: false,
      nextPage: holding('startAt=100'),
    });
    const rest = (await site.call('owner', 'GET', `${path}?startAt=100`)).body;
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
    const some = await site.call('owner', 'POST', `${path}/list`, { changelogIds: [ids[3], ids[5]] });
    expect(at(some.body, 'total')).toBe(2);
  });

  it('is fetched in bulk: by field, in pages, without issues that the caller does not see', async () => {
    const [one, two] = [await create(), await create()];
    for (const key of [one, two]) {
      await edit('owner', key, { summary: 'Other' });
      await edit('owner', key, { [site.field('Scope')]: adf('x') });
    }
    const fetch = (who: string, body: Record<string, unknown>) =>
      site.call(who, 'POST', '/rest/api/3/changelog/bulkfetch', body);
    const all = (await fetch('app', { issueIdsOrKeys: [one, two] })).body;
    expect(list(at(all, 'issueChangeLogs')).map((each) => list(at(each, 'changeHistories')).length)).toEqual([2, 2]);
    const scope = (await fetch('app', { issueIdsOrKeys: [one, two], fieldIds: [site.field('Scope')], maxResults: 1 }))
      .body;
    expect(list(at(scope, 'issueChangeLogs'))).toHaveLength(1);
    const next = (
      await fetch('app', {
        issueIdsOrKeys: [one, two],
        fieldIds: [site.field('Scope')],
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

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

describe('product events (forge-answers section 5)', () => {
  it('one for each thing that happened, with actor, changelog and whether the app did it', async () => {
    const key = await create();
    await edit('owner', key, { summary: 'Other' });
    await edit('admin', key, { assignee: { id: site.accountId('owner') } });
    await site.call('admin', 'DELETE', `/rest/api/3/issue/${key}`);
    expect(site.events.map(({ eventType }) => eventType)).toEqual([
      'avi:jira:created:issue',
      'avi:jira:updated:issue',
      'avi:jira:updated:issue',
      'avi:jira:assigned:issue',
      'avi:jira:deleted:issue',
    ]);
    const [made, changed, assigned] = site.events.map(({ payload }) => payload);
    expect(made).toMatchObject({
      selfGenerated: false,
      atlassianId: site.accountId('requester'),
      issue: { key, fields: { summary: 'Open port 8443' } },
    });
    expect(changed).toMatchObject({
      eventType: 'avi:jira:updated:issue',
      jiraEventTypeName: 'issue_updated',
      atlassianId: site.accountId('owner'),
      timestamp: like(/^\d{13}$/),
      changelog: { id: anyText, items: [{ fieldId: 'summary', toString: 'Other' }] },
    });
    expect(assigned).toMatchObject({
      associatedUsers: [{ accountId: site.accountId('admin') }, { accountId: site.accountId('owner') }],
    });
    for (const { payload } of site.events) expect(JSON.parse(JSON.stringify(payload))).toEqual(payload);
  });
});

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
        [key, 'CHG-99'].map((each) => site.call('outsider', method, `/rest/api/3/issue/${each}${path}`)),
      );
      for (const { status, body } of answers)
        expect({ method, path, status, body }).toEqual({ method, path, status: 404, body: DENIED });
    }
    expect((await edit('outsider', key, { summary: 'x' })).status).toBe(404);
    const made = await site.call('outsider', 'POST', '/rest/api/3/issue', { fields: { ...CREATE, summary: 'x' } });
    expect(made).toMatchObject({ status: 400, body: { errors: { project: anyText } } });
  });

  it('lets the auditor read and nothing more', async () => {
    const key = await create();
    expect(await read(key, '', 'auditor')).toMatchObject({ key });
    const tries: readonly (readonly [string, string, unknown])[] = [
      ['PUT', `/rest/api/3/issue/${key}`, { fields: { summary: 'x' } }],
      ['DELETE', `/rest/api/3/issue/${key}`, undefined],
      ['POST', '/rest/api/3/issue', { fields: { ...CREATE, summary: 'x' } }],
      ['POST', `/rest/api/3/issue/${key}/comment`, { body: adf('x') }],
      ['PUT', `/rest/api/3/issue/${key}/properties/mine`, { a: 1 }],
    ];
    for (const [method, path, body] of tries) expect((await site.call('auditor', method, path, body)).status).toBe(403);
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
      const value = { [fieldId]: { accountId: site.accountId('owner') } };
      expect(await edit('owner', key, value)).toMatchObject({
        status: 400,
        body: { errors: { [fieldId]: holding('cannot be set') } },
      });
      expect((await edit('admin', key, value)).status).toBe(204);
    }
    expect(await edit('admin', key, { assignee: { id: site.accountId('outsider') } })).toMatchObject({
      status: 400,
      body: { errors: { assignee: anyText } },
    });
    expect((await edit('admin', key, { reporter: null })).status).toBe(400);
    expect((await edit('admin', key, { assignee: { id: site.accountId('bot') } })).status).toBe(204);
  });

  it('asks who it is before anything else', async () => {
    expect(await site.call('anonymous', 'GET', '/rest/api/3/myself')).toMatchObject({
      status: 401,
      body: { errors: {} },
    });
  });
});

describe('editing', () => {
  it('refuses what is not on the edit screen, with nothing of the call done', async () => {
    const key = await create();
    const answer = await edit('owner', key, { summary: 'New', [site.field('Required actions')]: adf('x') });
    expect(answer).toMatchObject({
      status: 400,
      body: { errors: { [site.field('Required actions')]: holding('appropriate screen') } },
    });
    expect(at(await read(key), 'fields', 'summary')).toBe('Open port 8443');
  });

  it('applies update operations in order, and refuses a field given twice', async () => {
    const key = await create('requester', { labels: ['a'] });
    const systems = site.field('Impacted CUI systems');
    const done = await site.call('owner', 'PUT', `/rest/api/3/issue/${key}`, {
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
    const twice = await site.call('owner', 'PUT', `/rest/api/3/issue/${key}`, {
      fields: { labels: [] },
      update: { labels: [{ add: 'c' }] },
    });
    expect(twice).toMatchObject({
      status: 400,
      body: { errors: { labels: holding("both 'fields' and 'update'") } },
    });
    const verb = await site.call('owner', 'PUT', `/rest/api/3/issue/${key}`, { update: { summary: [{ add: 'x' }] } });
    expect(verb.status).toBe(400);
  });

  it('answers the issue when asked to', async () => {
    const key = await create();
    const { status, body } = await site.call('owner', 'PUT', `/rest/api/3/issue/${key}?returnIssue=true`, {
      fields: { summary: 'New' },
    });
    expect({ status, summary: at(body, 'fields', 'summary') }).toEqual({ status: 200, summary: 'New' });
  });

  it('refuses a body that is no JSON', async () => {
    const key = await create();
    const { status, body } = await site.send(
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
    await site.call('owner', 'PUT', `/rest/api/3/issue/${key}/properties/mine`, { a: 1 });
    const some = await read(key, '?fields=summary,status&properties=mine&expand=names');
    expect(fieldsIn(at(some, 'fields'))).toEqual(['status', 'summary']);
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

  it('says of a path that is not there that it is not implemented', async () => {
    const { status, body } = await openTestSite().call('owner', 'GET', '/rest/api/3/nothing');
    expect({ status, body }).toEqual({
      status: 404,
      body: { errorMessages: ['GET /rest/api/3/nothing is not implemented on this site.'], errors: {} },
    });
  });
});
