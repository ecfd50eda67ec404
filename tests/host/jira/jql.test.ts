import { readOpenApi } from './checks/openapi';
import { adf, at, keysOf as fieldsIn, openTestSite, type TestSite } from './checks/test-site';

/** One site for the whole table: five changes, made by different people on different days, and one task. */
let site: TestSite;

const DAY = 86_400_000;
const CREATE = { project: { key: 'CHG' }, issuetype: { name: 'Change request' } };

beforeAll(async () => {
  site = openTestSite({ openApi: readOpenApi() });
  const start = site.store.clock.now().getTime();
  const make = async (days: number, who: string, fields: Record<string, unknown>) => {
    site.store.clock.set(new Date(start - days * DAY));
    const { status } = await site.call(who, 'POST', '/rest/api/3/issue', { fields: { ...CREATE, ...fields } });
    expect(status).toBe(201);
  };
  const [type, systems, scope, begin] = ['Change type', 'Impacted CUI systems', 'Scope', 'Change window start'].map(
    (name) => site.field(name),
  );
  const key = (fieldId: string | undefined) => fieldId ?? '';
  await make(40, 'requester', {
    summary: 'Open port 8443 on the firewall',
    [key(type)]: { value: 'Normal' },
    [key(systems)]: [{ value: 'CUI enclave firewall' }],
  });
  await make(20, 'owner', {
    summary: 'Patch the file server',
    [key(type)]: { value: 'Emergency' },
    [key(scope)]: adf('Kernel of FS-01, firewalled host'),
  });
  await make(10, 'requester', {
    summary: 'Rotate keys',
    description: adf('Identity provider keys'),
    labels: ['quarterly'],
    [key(systems)]: [{ value: 'Identity provider' }, { value: 'Unknown' }],
  });
  await make(5, 'implementer', {
    summary: 'New build agent',
    [key(begin)]: '2026-03-10T10:00:00.000+0000',
    [key(site.field('Change owner'))]: { id: site.accountId('owner') },
  });
  await make(0, 'requester', { summary: 'Say "hello"', [key(type)]: { value: 'Normal' } });
  await site.call('outsider', 'POST', '/rest/api/3/issue', {
    fields: { project: { key: 'OPS' }, issuetype: { name: 'Task' }, summary: 'Restart' },
  });
  await site.call('admin', 'PUT', '/rest/api/3/issue/CHG-2', {
    fields: { assignee: { id: site.accountId('implementer') } },
  });
  await site.call('app', 'PUT', `/rest/api/3/app/field/${site.field('Change decision state')}/value`, {
    updates: [{ issueIds: [Number(site.store.issues.find('CHG-3')?.id)], value: 'Needs security reviewer' }],
  });
  await site.call('owner', 'POST', '/rest/api/3/issue/CHG-4/comment', { body: adf('Rebooted on Friday') });
});
afterAll(() => site.close());

const search = (who: string, jql: string, rest: Record<string, unknown> = {}) =>
  site.call(who, 'POST', '/rest/api/3/search/jql', { jql, fields: ['key'], ...rest });
const keysOf = (body: unknown): readonly unknown[] => {
  const issues = at(body, 'issues');
  return Array.isArray(issues) ? issues.map((issue) => at(issue, 'key')) : [];
};

describe('finds', () => {
  const C = (...numbers: readonly number[]) => numbers.map((n) => `CHG-${n}`);
  const found: readonly [jql: string, keys: readonly string[]][] = [
    ['project = CHG ORDER BY key ASC', C(1, 2, 3, 4, 5)],
    ['project = "Changes to CUI systems" and summary ~ port', C(1)],
    ['project in (CHG, OPS) AND issuetype = Task', ['OPS-1']],
    ['key = chg-3', C(3)],
    ['issue in (CHG-1, CHG-4) ORDER BY key', C(1, 4)],
    ['key >= CHG-3 AND key < CHG-5 ORDER BY key', C(3, 4)],
    ['project = CHG AND key != CHG-1 AND NOT (key = CHG-2 OR key = CHG-3) ORDER BY key', C(4, 5)],
    ['status = Proposed AND reporter = currentUser() ORDER BY created ASC', C(1, 3, 5)],
    ['statusCategory = "To Do" AND project = OPS', ['OPS-1']],
    ['project = CHG AND creator in (membersOf("jira-users")) AND creator != currentUser() ORDER BY key', C(2, 4)],
    ['assignee IS NOT EMPTY', C(2)],
    ['project = CHG AND assignee is empty ORDER BY key DESC', C(5, 4, 3, 1)],
    ['reporter = "owner@example.test"', C(2)],
    ['"Change owner" = "Owen Marsh"', C(4)],
    ['"Change type" = Normal ORDER BY key', C(1, 5)],
    ['"change TYPE" != Normal', C(2)],
    ['"Change type" not in (Normal) OR "Change type" is EMPTY ORDER BY key', [...C(2, 3, 4), 'OPS-1']],
    ['"Change type" in (Emergency, EMPTY) AND project = CHG ORDER BY key', C(2, 3, 4)],
    ['"Impacted CUI systems" = Unknown', C(3)],
    ['"Impacted CUI systems" != Unknown', C(1)],
    ['"Impacted CUI systems" is not empty ORDER BY key', C(1, 3)],
    ['Scope ~ firewall*', C(2)],
    ['project = CHG AND Scope !~ kernel', []],
    ['summary ~ "\\"file server\\""', C(2)],
    ['summary ~ "\\"server file\\""', []],
    ['summary ~ "server file"', C(2)],
    ["summary ~ 'hello'", C(5)],
    ['text ~ rebooted', C(4)],
    ['text ~ "identity keys"', C(3)],
    ['description is not null', C(3)],
    ['labels = quarterly', C(3)],
    ['created >= -7d AND project = CHG ORDER BY created ASC', C(4, 5)],
    ['created < "-2w 1d" AND created > "2026/01/15 10:30" ORDER BY created', C(2, 1)],
    ['created < startOfDay() AND created >= startOfDay(-5) AND project = CHG', C(4)],
    ['project = CHG AND updated <= now() ORDER BY summary', C(4, 1, 2, 3, 5)],
    ['"Change window start" > 2026-03-10', C(4)],
    ['"Change window start" is empty and project = CHG order by key', C(1, 2, 3, 5)],
    ['"Change decision state" = "Needs security reviewer"', C(3)],
    ['"Change decision state" ~ reviewer', C(3)],
    ['"Change decision state" is empty AND project = CHG ORDER BY key', C(1, 2, 4, 5)],
    ['project = CHG AND development[commits].all > 0', []],
    ['key = CHG-1 AND development[commits].all = 0', C(1)],
    ['project = CHG && (key = CHG-1 || key = CHG-2) ORDER BY key', C(1, 2)],
    [
      'project = CHG AND priority = Medium AND resolution IS EMPTY ORDER BY "Change type" DESC, key ASC',
      C(3, 4, 2, 1, 5),
    ],
  ];
  it.each(found)('%s', async (jql, keys) => {
    const { status, body } = await search('requester', jql);
    expect({ status, keys: keysOf(body), body: status === 200 ? undefined : body }).toEqual({
      status: 200,
      keys,
      body: undefined,
    });
  });

  it('a custom field by its number', async () => {
    const number = site.field('Change type').replace('customfield_', '');
    expect(keysOf((await search('requester', `cf[${number}] = Emergency`)).body)).toEqual(['CHG-2']);
  });
});

describe('refuses, in the words of Jira', () => {
  const refused: readonly [jql: string, sentence: string | RegExp][] = [
    ['', 'Unbounded JQL queries are not allowed here. Please add a search restriction to your query.'],
    ['ORDER BY key', 'Unbounded JQL queries are not allowed here. Please add a search restriction to your query.'],
    ['colour = red', "Field 'colour' does not exist or you do not have permission to view it."],
    ['cf[1] = red', "Field 'cf[1]' does not exist or you do not have permission to view it."],
    ['project = NONE', "The value 'NONE' does not exist for the field 'project'."],
    ['status = Nowhere', "The value 'Nowhere' does not exist for the field 'status'."],
    ['"Change type" = Urgent', "The value 'Urgent' does not exist for the field 'Change type'."],
    ['key = CHG-99', "An issue with key 'CHG-99' does not exist for field 'key'."],
    ['status ~ Pro', "The operator '~' is not supported by the 'status' field."],
    ['summary = x', "The operator '=' is not supported by the 'summary' field."],
    ['status > Proposed', "The operator '>' is not supported by the 'status' field."],
    ['created > yesterday', /^Date value 'yesterday' for field 'created' is invalid\./],
    ['created > 2026-02-30', /^Date value '2026-02-30'/],
    ['reporter = someFunction()', "Unable to find JQL function 'someFunction()'."],
    [
      'project = CHG AND',
      /^Error in the JQL Query: Expecting a field name before the end of the query\. \(line 1, character 18\)$/,
    ],
    ['project CHG', /^Error in the JQL Query: Expecting operator; .* but got 'CHG'\. \(line 1, character 9\)$/],
    ['project = CHG key = CHG-1', /^Error in the JQL Query: Expecting either 'OR' or 'AND' but got 'key'/],
    ['summary ~ "open', /^Error in the JQL Query: The quoted string 'open' has not been completed\./],
    ['(project = CHG', /^Error in the JQL Query: Expecting '\)' before the end/],
    ['status IS Proposed', /takes EMPTY or NULL only/],
    ['project = CHG ORDER BY colour', "Field 'colour' does not exist or you do not have permission to view it."],
    ['development[commits].all > many', /is not a number/],
  ];
  it.each(refused)('%s', async (jql, sentence) => {
    const { status, body } = await search('requester', jql);
    expect({ status, errors: at(body, 'errors') }).toEqual({ status: 400, errors: {} });
    const message = at(body, 'errorMessages', 0);
    if (typeof sentence === 'string') expect(message).toBe(sentence);
    else expect(message).toMatch(sentence);
  });
});

it('finds and names only what the searcher may browse', async () => {
  expect(keysOf((await search('outsider', 'created > -100d')).body)).toEqual(['OPS-1']);
  expect((await search('outsider', 'project = CHG')).status).toBe(400);
  expect((await search('outsider', 'key = CHG-1')).status).toBe(400);
  expect(keysOf((await search('app', 'created > -100d')).body)).toHaveLength(6);
});

it('pages by token to the end, each issue once; a token goes on with its own query only', async () => {
  const jql = 'project = CHG ORDER BY key ASC';
  const seen: unknown[] = [];
  let token: unknown;
  for (let page = 0; page < 3; page += 1) {
    const { body } = await search('owner', jql, {
      maxResults: 2,
      ...(token === undefined ? {} : { nextPageToken: token }),
    });
    seen.push(...keysOf(body));
    token = at(body, 'nextPageToken');
    expect(at(body, 'isLast')).toBe(page === 2);
  }
  expect(token).toBeUndefined();
  expect(seen).toEqual(['CHG-1', 'CHG-2', 'CHG-3', 'CHG-4', 'CHG-5']);
  const first = (await search('owner', jql, { maxResults: 2 })).body;
  expect((await search('owner', 'project = OPS', { nextPageToken: at(first, 'nextPageToken') })).status).toBe(400);
});

it('answers ids alone unless fields are asked for, by GET as by POST', async () => {
  const path = `/rest/api/3/search/jql?jql=${encodeURIComponent('key = CHG-1')}`;
  const id = site.store.issues.find('CHG-1')?.id;
  expect((await site.call('owner', 'GET', path)).body).toEqual({ issues: [{ id }], isLast: true });
  const { body } = await site.call('owner', 'GET', `${path}&fields=summary,status&expand=changelog`);
  expect(at(body, 'issues', 0)).toMatchObject({
    key: 'CHG-1',
    fields: { status: { name: 'Proposed' } },
    changelog: { total: 0 },
  });
  expect(fieldsIn(at(body, 'issues', 0, 'fields'))).toEqual(['status', 'summary']);
});
