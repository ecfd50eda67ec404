import { startSite, type RunningSite } from '../running-site';

/** The pages over HTTP: who sees what, and that only the pages themselves can act. */
let site: RunningSite;

// The first call of a new app process loads the whole app.
jest.setTimeout(60_000);

const basic = (user: string): string => `Basic ${Buffer.from(`${user}:x`).toString('base64')}`;

function get(
  user: string | undefined,
  path: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const who = user === undefined ? {} : { authorization: basic(user) };
  return fetch(site.base + path, { headers: { ...who, ...headers }, redirect: 'manual' });
}

async function create(user: string, project: string, summary: string): Promise<string> {
  const issuetype = { name: project === 'CHG' ? 'Change request' : 'Task' };
  const answer = await fetch(`${site.base}/rest/api/3/issue`, {
    method: 'POST',
    headers: { authorization: basic(user), 'content-type': 'application/json' },
    body: JSON.stringify({ fields: { project: { key: project }, issuetype, summary } }),
  });
  const body = (await answer.json()) as { key: string };
  return body.key;
}

/** The token of the first frame on a page. */
const tokenIn = (markup: string): string => /data-frame="([^"]+)"/.exec(markup)?.[1] ?? '';
const frames = (): string => site.base.replace('127.0.0.1', 'localhost');

beforeAll(async () => {
  site = await startSite({ kind: 'empty' });
}, 120_000);
afterAll(() => site.stop());

test.each([
  ['requester', '/', 200, 'Changes to CUI systems'],
  ['outsider', '/', 200, 'Olaf Stern'],
  [undefined, '/', 401, 'Who are you today?'],
  ['nobody-of-that-name', '/', 401, 'Who are you today?'],
  ['requester', '/browse/CHG-404', 404, 'does not exist, or you don'],
  ['requester', '/projects/CHG/issues', 200, 'No work items yet'],
  ['requester', '/projects/CHG/register', 200, 'data-module="change-register"'],
  ['outsider', '/projects/CHG/register', 404, 'No such project'],
  ['requester', '/admin/change-control', 403, 'Only Jira administrators'],
  ['requester', '/admin/workflows', 403, 'Only Jira administrators'],
  ['admin', '/admin/change-control', 200, 'data-module="change-control-admin"'],
  ['admin', '/admin/workflows/No%20such', 404, 'There is no workflow named'],
  ['auditor', '/create?project=CHG', 403, 'may not create'],
])('%s at %s: %i', async (user, path, status, words) => {
  const answer = await get(user, path);
  expect(answer.status).toBe(status);
  expect(await answer.text()).toContain(words);
});

test('an issue is hidden from somebody who may not see its project, and looks the same as one that is not there', async () => {
  const key = await create('requester', 'CHG', 'Seen by few');
  const [seen, hidden, missing] = [
    await get('auditor', `/browse/${key}`),
    await get('outsider', `/browse/${key}`),
    await get('outsider', '/browse/CHG-9999'),
  ];
  expect(seen.status).toBe(200);
  expect(await seen.text()).toContain('Seen by few');
  expect([hidden.status, missing.status]).toEqual([404, 404]);
  const words = /<h1>[^<]*<\/h1>/;
  const [hiddenText, missingText] = [await hidden.text(), await missing.text()];
  expect(hiddenText).not.toContain('Seen by few');
  expect(words.exec(hiddenText)?.[0]).toBe(words.exec(missingText)?.[0]);
});

test('what somebody may not do is not offered: the auditor has no pencil and no transition', async () => {
  const key = await create('requester', 'CHG', 'Looked at');
  const [own, other] = [
    await (await get('owner', `/browse/${key}`)).text(),
    await (await get('auditor', `/browse/${key}`)).text(),
  ];
  expect(own).toContain('aria-label="Edit Scope"');
  expect(other).not.toContain('aria-label="Edit Scope"');
  expect(other).toContain('No transition is open to you here.');
  expect(own).toContain('Add a comment');
  expect(other).not.toContain('Attach a file');
});

test('text of others is shown, never run', async () => {
  const key = await create('requester', 'CHG', '<img src=x onerror=alert(1)>');
  const markup = await (await get('owner', `/browse/${key}`)).text();
  expect(markup).toContain('&lt;img src=x onerror=alert(1)&gt;');
  expect(markup).not.toContain('<img src=x');
});

test("the page's policy allows no inline script, and nobody may frame it", async () => {
  const policy = (await get('requester', '/')).headers.get('content-security-policy') ?? '';
  expect(policy).toContain("script-src 'self'");
  expect(policy).not.toContain('unsafe');
  expect(policy).toContain("frame-ancestors 'none'");
});

test.each([
  ['another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
  ["the app's frame", { origin: 'http://localhost', 'sec-fetch-site': 'cross-site' }],
  ['a page that hides its origin', { 'sec-fetch-site': 'cross-site' }],
])('%s cannot make a page act', async (_name, headers) => {
  const key = await create('requester', 'CHG', 'Left alone');
  const body = new FormData();
  body.append('text', 'forged');
  const answer = await fetch(`${site.base}/browse/${key}/comment`, {
    method: 'POST',
    body,
    headers: { cookie: 'site.session.user=requester', ...headers },
  });
  expect(answer.status).toBe(403);
  expect(await (await get('requester', `/browse/${key}`)).text()).not.toContain('forged');
});

describe("the app's frames", () => {
  let key: string;
  let token: string;

  beforeAll(async () => {
    key = await create('requester', 'CHG', 'Framed');
    token = tokenIn(await (await get('reviewer', `/browse/${key}`)).text());
  });

  test('live on the other host name only', async () => {
    expect((await fetch(`${frames()}/frame/${token}/`)).status).toBe(200);
    expect((await fetch(`${site.base}/frame/${token}/`)).status).toBe(404);
    expect((await fetch(`${frames()}/frame/${token.replace(/.$/, '_x')}/`)).status).toBe(410);
    expect((await fetch(`${frames()}/browse/${key}`, { redirect: 'manual' })).headers.get('location')).toBe(
      `${site.base}/browse/${key}`,
    );
  });

  test("carry Forge's policy and sandbox, reports staying on this machine", async () => {
    const answer = await fetch(`${frames()}/frame/${token}/`);
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self' https://forge.cdn.prod.atlassian-dev.net");
    expect(policy).toContain('sandbox allow-popups');
    expect(policy).not.toContain('unsafe-inline');
    expect(policy).not.toContain('web-security-reports');
    expect(policy).toContain(`frame-ancestors 'self' *.atlassian.net`);
    const markup = await answer.text();
    expect(markup.indexOf('bridge/bridge.js')).toBeGreaterThan(0);
    expect(markup.indexOf('bridge/bridge.js')).toBeLessThan(markup.indexOf('type="module"'));
  });

  test.each([
    ['../../../package.json'],
    ['..%2f..%2fpackage.json'],
    ['%2e%2e/%2e%2e/manifest.yml'],
    ['assets/none.js'],
  ])('hand out nothing outside of the build: %s', async (path) => {
    const answer = await fetch(`${frames()}/frame/${token}/${path}`);
    expect([404, 410]).toContain(answer.status);
  });

  const invoke = (user: string, payload: unknown, frame = token): Promise<Response> =>
    fetch(`${site.base}/bridge/${frame}/invoke`, {
      method: 'POST',
      headers: { authorization: basic(user), 'content-type': 'application/json' },
      body: JSON.stringify({ functionKey: 'change.read', payload }),
    });

  test('act as the person of the session, whatever the payload claims', async () => {
    const me = (await (await get('requester', '/rest/api/3/myself')).json()) as { accountId: string };
    const answer = await invoke('reviewer', { accountId: me.accountId, context: { accountId: me.accountId } });
    expect(answer.status).toBe(200);
    const { value } = (await answer.json()) as { value: { result: { viewer: { name: string }; key: string } } };
    expect(value.result.viewer.name).toBe('Victor Reyes');
    expect(value.result.key).toBe(key);
  });

  test('serve nobody but the person they were made for', async () => {
    expect((await invoke('requester', {})).status).toBe(403);
    expect((await invoke('reviewer', {}, 'x'.repeat(24))).status).toBe(410);
    const nobody = await fetch(`${site.base}/bridge/${token}/context`);
    expect(nobody.status).toBe(401);
  });

  test('reach Jira as that person, and nothing but Jira', async () => {
    const product = (restPath: string, name = 'jira') =>
      fetch(`${site.base}/bridge/${token}/fetch-product`, {
        method: 'POST',
        headers: { authorization: basic('reviewer'), 'content-type': 'application/json' },
        body: JSON.stringify({ product: name, restPath, fetchRequestInit: { method: 'GET', headers: [] } }),
      });
    const answer = (await (await product('/rest/api/3/myself')).json()) as { status: number; body: string };
    expect([answer.status, JSON.parse(answer.body)]).toMatchObject([200, { displayName: 'Victor Reyes' }]);
    expect((await product('/forge/kvs?prefix=')).status).toBe(400);
    expect((await product('/rest/../forge/kvs')).status).toBe(400);
    expect((await product('/wiki/rest/api', 'confluence')).status).toBe(400);
  });

  test('go on after the site was killed and started again', async () => {
    await site.crash();
    expect((await invoke('reviewer', {})).status).toBe(200);
  }, 60_000);
});
