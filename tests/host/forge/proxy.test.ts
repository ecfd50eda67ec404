import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildFixture, openFixture, type BuiltApp, type FixtureSite } from './fixture';
import { mayCall, ROUTE_SCOPES, routeOf } from './proxy/scopes';

// Processes are started for real; on a busy machine that takes its time.
jest.setTimeout(60_000);

let app: BuiltApp;
let site: FixtureSite;

beforeAll(() => {
  app = buildFixture();
  site = openFixture(app);
}, 120_000);
afterAll(() => site.stop());

const ask = (as: string, path: string, method = 'GET') => site.ask('jira', { as, path, method });

describe('identity (forge-answers.md section 15)', () => {
  test.each([
    ['app', { kind: 'app' }],
    ['user', { kind: 'user', accountId: 'someone' }],
    ['someone', { kind: 'user', accountId: 'someone' }],
  ])('as %s', async (as, actor) => {
    const answer = (await ask(as, '/rest/api/3/issue/CHG-1')) as { value: { status: number; body: string } };
    expect(answer.value.status).toBe(200);
    expect(JSON.parse(answer.value.body)).toMatchObject({ actor });
  });

  test('nobody else can be impersonated with a plain list of scopes', async () => {
    expect(JSON.stringify(await ask('admin', '/rest/api/3/issue/CHG-1'))).toContain('USER_IMPERSONATION_NOT_ALLOWED');
  });

  test('asUser without a person in session needs authentication (a validator, a trigger)', async () => {
    const asUser = { configuration: { how: 'as-user' } };
    await expect(site.forge.runValidator('validator', asUser)).rejects.toThrow('Authentication Required');
  });
});

describe('scopes', () => {
  test.each([
    ['GET', '/rest/api/3/issue/CHG-1', 200],
    ['PUT', '/rest/api/3/issue/CHG-1', 401],
    ['GET', '/rest/api/3/group/member', 401],
    ['GET', '/rest/api/3/myself', 200],
    ['PUT', '/rest/api/3/app/field/value', 404],
    ['POST', '/rest/api/3/app/field/value', 401],
    ['GET', '/rest/api/3/nothing/here', 404],
  ])('%s %s is %i for an app that may only read work and people', async (method, path, status) => {
    const before = site.calls.length;
    const answer = (await ask('app', path, method)) as { value: { status: number; body: string } };
    expect(answer.value.status).toBe(status);
    if (status === 401) expect(answer.value.body).toContain('scope does not match');
    expect(site.calls.length - before).toBe(status === 200 ? 1 : 0);
  });

  test('an app without storage:app cannot store (local-site.md section 3: lint does not see it)', async () => {
    const { manifest } = app;
    const wrong = openFixture({ ...app, manifest: { ...manifest, permissions: { scopes: ['read:jira-work'] } } });
    try {
      expect(await wrong.ask('set', { key: 'a', value: 1 })).toEqual({ code: 'FORBIDDEN', status: 403 });
    } finally {
      await wrong.stop();
    }
  });

  test('a longer fixed path wins over a placeholder', () => {
    expect(routeOf('GET', '/rest/api/3/issue/CHG-1/changelog?startAt=0')?.template).toBe(
      '/rest/api/3/issue/{issueIdOrKey}/changelog',
    );
    expect(routeOf('GET', '/rest/api/3/field/search')?.template).toBe('/rest/api/3/field/search');
    expect(routeOf('GET', '/rest/api/3/issue/CHG-1/changelog/no')).toBeUndefined();
  });

  test('every route and scope of the table is the OpenAPI document’s', () => {
    const file = join(process.env['CORPUS_DIR'] ?? '../shared/data', 'jira-openapi', 'jira-platform-v3.json');
    if (!existsSync(file)) {
      console.info('Not run: Jira scopes against the OpenAPI document (no corpus).');
      return;
    }
    type Operation = { 'x-atlassian-oauth2-scopes'?: { scopes: string[]; state: string }[] };
    const { paths } = JSON.parse(readFileSync(file, 'utf8')) as { paths: Record<string, Record<string, Operation>> };
    // Jira Service Management has a document of its own.
    const ROUTES = ROUTE_SCOPES.filter(({ template }) => template.startsWith('/rest/api/3/'));
    const documented = ROUTES.map(({ method, template }) => {
      const operation = paths[template]?.[method.toLowerCase()];
      const scopesOf = (wanted: string) =>
        operation?.['x-atlassian-oauth2-scopes']?.find(({ state }) => state === wanted)?.scopes ?? [];
      const scopes = operation === undefined ? 'no such route' : scopesOf('Current');
      return { method, template, scopes, granular: scopesOf('Beta') };
    });
    const ours = ROUTES.map((route) =>
      // The places where the table asks for more than the document, and says so.
      /\/app\/field\/|\/forge\/panel\/|\/data-policy/.test(route.template) ? { ...route, scopes: [] } : route,
    );
    // Two routes of the document have granular scopes that ours, which ask for one classic scope, do without.
    const withoutApp = documented.map((route) =>
      route.template.includes('/app/field/') ? { ...route, granular: [] } : route,
    );
    expect(withoutApp).toEqual(ours);
  });

  test('all granular scopes of a route do instead of the classic ones, some do not', () => {
    const route = routeOf('POST', '/rest/api/3/screens/10000/tabs/11000/fields');
    if (route === undefined) throw new Error('The route is listed');
    expect(mayCall(route, ['manage:jira-project'])).toBe(true);
    expect(mayCall(route, ['read:screenable-field:jira', 'write:screenable-field:jira'])).toBe(true);
    expect(mayCall(route, ['write:screenable-field:jira', 'manage:jira-configuration'])).toBe(false);
    expect(mayCall(route, [])).toBe(false);
  });
});

describe('the meter', () => {
  test('says what one invocation used', async () => {
    await site.ask('set', { key: 'metered', value: 'x'.repeat(100) });
    await ask('app', '/rest/api/3/issue/CHG-1');
    const { jira, kvs, handlers } = site.forge.meter();
    expect(handlers['panel']?.last).toMatchObject({ jiraCalls: 1, kvsReads: 0, kvsWrites: 0, outcome: 'returned' });
    expect(jira.byPath['GET /rest/api/3/issue/{issueIdOrKey}']).toBeGreaterThan(0);
    expect(kvs.writes).toBeGreaterThan(0);
    expect(kvs.writtenBytes).toBeGreaterThanOrEqual(102);
  });
});
