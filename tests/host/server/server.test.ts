import { createHmac } from 'node:crypto';
import { request } from 'node:http';
import { startSite, type RunningSite } from '../running-site';

jest.setTimeout(180_000);

let site: RunningSite;
beforeAll(async () => {
  site = await startSite({ kind: 'empty', now: '2026-03-02T09:00:00Z' });
});
afterAll(() => site.stop());

interface Answer {
  readonly status: number;
  readonly json: unknown;
}

async function call(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const sent = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
  const response = await fetch(`${site.base}${path}`, { method, headers, ...sent });
  const text = await response.text();
  return { status: response.status, json: text === '' ? undefined : JSON.parse(text) };
}

const as = (userName: string) => ({ authorization: `Basic ${Buffer.from(`${userName}:any`).toString('base64')}` });

async function createChange(): Promise<string> {
  const fields = { project: { key: 'CHG' }, issuetype: { name: 'Change request' }, summary: 'A change' };
  const { json } = await call(
    'POST',
    '/rest/api/3/issue',
    { fields },
    { ...as('requester'), 'content-type': 'application/json' },
  );
  return (json as { key: string }).key;
}

describe('people (site-contract.md)', () => {
  test('Basic with any password, or the cookie of the pages', async () => {
    for (const headers of [as('requester'), { cookie: 'site.session.user=requester' }]) {
      expect(await call('GET', '/rest/api/3/myself', undefined, headers)).toMatchObject({
        status: 200,
        json: { emailAddress: 'requester@example.test' },
      });
    }
  });

  test('an unknown name is 401, nobody is 401 where somebody is needed', async () => {
    expect(await call('GET', '/rest/api/3/myself', undefined, as('nobody'))).toMatchObject({ status: 401 });
    const invocation = { functionKey: 'change.read', context: { issueKey: 'CHG-1' } };
    expect(await call('POST', '/forge/invoke/change-evidence-panel', invocation)).toMatchObject({ status: 401 });
    expect(await call('POST', '/forge/pack/CHG-1', undefined, as('nobody'))).toMatchObject({ status: 401 });
  });

  test('a foreign page and a foreign host name are refused', async () => {
    const foreign = { cookie: 'site.session.user=admin', origin: 'https://example.test' };
    expect(await call('POST', '/forge/clock', { now: '2030-01-01T00:00:00Z' }, foreign)).toMatchObject({ status: 403 });
    const status = await new Promise((resolve, reject) => {
      request(`${site.base}/healthz`, { headers: { host: 'example.test' } }, (answer) => resolve(answer.statusCode))
        .on('error', reject)
        .end();
    });
    expect(status).toBe(421);
  });
});

describe('the platform’s doors (site-contract.md, "Forge")', () => {
  test.each<[string, string, unknown, number, string]>([
    ['POST', '/forge/invoke/change-evidence-panel', '{no json', 400, 'invalid'],
    ['POST', '/forge/invoke/change-evidence-panel', {}, 400, 'invalid'],
    ['POST', '/forge/invoke/nothing', { functionKey: 'x' }, 404, 'unknown-module'],
    [
      'POST',
      '/forge/invoke/change-evidence-panel',
      { functionKey: 'x', context: { issueKey: 'CHG-999' } },
      404,
      'no-such-issue',
    ],
    ['POST', '/forge/invoke/change-control-admin', { functionKey: 'admin.read' }, 403, 'not-visible'],
    ['POST', '/forge/scheduled/nothing', undefined, 404, 'unknown-module'],
    ['POST', '/forge/clock', { now: 'noon' }, 400, 'invalid'],
    ['POST', '/forge/faults', { kvs: { failEvery: -1 } }, 400, 'invalid'],
    ['PUT', '/forge/kvs', { key: 'a/b', value: 1 }, 400, 'INVALID_KEY'],
    ['DELETE', '/forge/kvs?key=absent', undefined, 404, 'no-such-key'],
    ['GET', '/forge/nothing', undefined, 404, 'not-found'],
  ])('%s %s %j is %i %s', async (method, path, body, status, code) => {
    expect(await call(method, path, body, as('requester'))).toMatchObject({ status, json: { code } });
  });

  test('a panel is seen by those who see its issue', async () => {
    const key = await createChange();
    const read = (who: string) =>
      call(
        'POST',
        '/forge/invoke/change-evidence-panel',
        { functionKey: 'change.read', context: { issueKey: key } },
        as(who),
      );
    expect(await read('auditor')).toMatchObject({ status: 200, json: { key } });
    expect(await read('outsider')).toMatchObject({ status: 403, json: { code: 'not-visible' } });
  });

  test('storage is read and altered raw, without secrets', async () => {
    expect(await call('PUT', '/forge/kvs', { key: 'by:hand', value: { n: [1] } })).toEqual({
      status: 204,
      json: undefined,
    });
    expect(await call('PUT', '/forge/kvs', { key: 'entity/part/k', value: 1 })).toMatchObject({ status: 204 });
    expect(await call('GET', '/forge/kvs?prefix=by')).toEqual({
      status: 200,
      json: { items: [{ key: 'by:hand', value: { n: [1] } }] },
    });
    const { json } = (await call('GET', '/forge/kvs')) as { json: { items: { key: string; value: unknown }[] } };
    expect(json.items.map(({ key }) => key)).toEqual(expect.arrayContaining(['by:hand', 'entity/part/k']));
    expect(JSON.stringify(json)).not.toContain('local-github-secret');
    for (const key of ['by:hand', 'entity/part/k']) {
      expect(await call('DELETE', `/forge/kvs?key=${encodeURIComponent(key)}`)).toMatchObject({ status: 204 });
    }
    expect(await call('GET', '/forge/kvs?prefix=by')).toMatchObject({ json: { items: [] } });
  });

  test('the clock moves both ways and ticks on', async () => {
    for (const now of ['2026-04-01T00:00:00.000Z', '2026-03-02T09:00:00.000Z']) {
      expect(await call('POST', '/forge/clock', { now })).toMatchObject({ status: 200 });
      const { json } = (await call('GET', '/forge/clock')) as { json: { now: string } };
      expect(Date.parse(json.now) - Date.parse(now)).toBeGreaterThanOrEqual(0);
      expect(Date.parse(json.now) - Date.parse(now)).toBeLessThan(60_000);
    }
  });

  test('the senders’ secrets of a new site; 5 MB of a web trigger', async () => {
    const body = JSON.stringify({ zen: 'Keep it logically awesome.', hook_id: 1, hook: { type: 'Repository', id: 1 } });
    const signature = `sha256=${createHmac('sha256', 'local-github-secret').update(body).digest('hex')}`;
    const deliver = (given: Record<string, string>, sent: string) =>
      call('POST', '/forge/webtrigger/evidence-intake?source=github', sent, {
        'content-type': 'application/json',
        'X-GitHub-Event': 'ping',
        'X-GitHub-Delivery': '72d3162e-cc78-11e3-81ab-4c9367dc0958',
        ...given,
      });
    expect(await deliver({ 'X-Hub-Signature-256': signature }, body)).toEqual({
      status: 202,
      json: { result: 'ignored' },
    });
    expect(await deliver({}, body)).toEqual({ status: 401, json: { result: 'unauthorized' } });
    expect(await deliver({}, 'x'.repeat(5 * 1024 * 1024 + 1))).toMatchObject({ status: 413 });
  });

  test('drain tells what it delivered, and then nothing', async () => {
    await createChange();
    const { json } = (await call('POST', '/forge/drain')) as { json: { events: number } };
    expect(json.events).toBeGreaterThan(0);
    expect(await call('POST', '/forge/drain')).toEqual({ status: 200, json: { events: 0, jobs: 0, retries: 0 } });
  });
});
