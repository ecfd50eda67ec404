import { buildFixture, openFixture, type BuiltApp, type FixtureSite } from './fixture';
import { forgeSeconds } from './invoker';
import { InvokeRefusal } from './refusal';

// Processes are started for real; on a busy machine that takes its time.
jest.setTimeout(60_000);

let app: BuiltApp;
let site: FixtureSite;

beforeAll(() => {
  app = buildFixture();
  site = openFixture(app);
}, 120_000);
afterAll(() => site.stop());

const refusal = async (work: Promise<unknown>): Promise<InvokeRefusal> => {
  try {
    await work;
  } catch (error) {
    if (error instanceof InvokeRefusal) return error;
    throw error;
  }
  throw new Error('was not refused');
};

describe('what an app may not do (Forge "Security": no egress, no child processes)', () => {
  test.each([
    ['fetch', 'URL not included in the external fetch backend permissions'],
    ['http', 'URL not included'],
    ['socket', 'URL not included'],
    ['dns', 'URL not included'],
    ['file', 'Access to this API has been restricted'],
    ['child', 'Access to this API has been restricted'],
    ['throw', 'thrown on purpose'],
    ['cycle', 'circular'],
  ])('%s is refused and the process lives on', async (how, words) => {
    const before = site.forge.pool.pids();
    const error = await refusal(site.ask('misbehave', { how }));
    expect(error).toMatchObject({ status: 500, code: 'handler-failed' });
    expect(error.message).toContain(words);
    expect(site.forge.pool.pids()).toEqual(expect.arrayContaining([...before]));
  });

  test('the app has no hold of its channel to the platform', async () => {
    expect(await site.ask('misbehave', { how: 'channel' })).toBe('undefined');
  });

  test('lines on standard output that are no JSON disturb nothing (local-site.md section 5, fault 1)', async () => {
    expect(await site.ask('misbehave', { how: 'print' })).toBe('printed');
    expect(await site.ask('refuse').catch((error: unknown) => error)).toBeInstanceOf(InvokeRefusal);
  });

  test('the environment is empty but for language and time zone', async () => {
    expect(await site.ask('environment')).toEqual(['LANG', 'TZ']);
  });
});

describe('a process that ends (local-site.md section 5, fault 2)', () => {
  test.each(['exit', 'late-throw', 'memory'])(
    '%s fails the invocation, and the next one gets a new process',
    async (how) => {
      const { pid } = (await site.ask('whoami')) as { pid: number };
      expect(await refusal(site.ask('misbehave', { how }))).toMatchObject({ code: 'handler-crashed' });
      expect(await site.ask('whoami')).toMatchObject({ accountId: 'someone' });
      expect(site.forge.pool.pids()).not.toContain(pid);
    },
    60_000,
  );

  test('one that is killed from outside in the middle of an invocation', async () => {
    const asked = refusal(site.ask('whoami', { pause: 5_000 }));
    await new Promise((resolve) => setTimeout(resolve, 300));
    for (const pid of site.forge.pool.pids()) process.kill(pid, 'SIGKILL');
    expect(await asked).toMatchObject({ code: 'handler-crashed' });
  });
});

describe('time limits ("Invocation limits")', () => {
  test('are Forge’s', () => {
    const seconds = (['resolver', 'validator', 'trigger', 'postFunction', 'webTrigger'] as const).map((use) =>
      forgeSeconds(use, 900),
    );
    expect(seconds).toEqual([25, 25, 25, 25, 55]);
    expect([undefined, 120, 900, 5000].map((declared) => forgeSeconds('background', declared))).toEqual([
      55, 120, 900, 900,
    ]);
  });

  test.each(['never', 'loop'])('%s is stopped at the limit, and others go on meanwhile', async (how) => {
    const hasty = openFixture(app, { secondsFor: (use) => (use === 'resolver' ? 5 : 25) });
    try {
      await hasty.ask('wrapped');
      let stopped = false;
      const stuck = refusal(hasty.ask('misbehave', { how })).finally(() => (stopped = true));
      expect(await hasty.ask('wrapped')).toEqual({ fine: true });
      expect(stopped).toBe(false);
      expect(await stuck).toMatchObject({ status: 504, code: 'handler-timed-out' });
      expect(await hasty.ask('wrapped')).toEqual({ fine: true });
    } finally {
      await hasty.stop();
    }
  });

  test('the app is told how long it has left', async () => {
    const left = Number(await site.ask('remaining'));
    expect(left).toBeGreaterThan(20_000);
    expect(left).toBeLessThanOrEqual(25_000);
  });
});

describe('one invocation and another (local-site.md section 1: a getter over AsyncLocalStorage)', () => {
  test('keep their own person and context, and processes are used again', async () => {
    const people = Array.from({ length: 8 }, (_, i) => `person-${i}`);
    const asked = people.map((accountId, i) => site.ask('whoami', { pause: 80 - i * 10 }, { accountId }));
    const answers = (await Promise.all(asked)) as { accountId: string; same: boolean }[];
    expect(answers.map(({ accountId }) => accountId)).toEqual(people);
    expect(answers.every(({ same }) => same)).toBe(true);
    const first = (await site.ask('whoami')) as { pid: number };
    const second = (await site.ask('whoami')) as { pid: number };
    expect(second.pid).toBe(first.pid);
  });

  test('an account id in the payload is not believed', async () => {
    expect(await site.ask('whoami', { accountId: 'admin' })).toMatchObject({ accountId: 'someone' });
  });
});

describe('the site’s clock', () => {
  test('is the app’s, also in a process that was there before, forwards and back', async () => {
    for (const now of ['2031-05-06T07:08:09Z', '2026-03-02T09:00:00Z']) {
      site.forge.setClock(new Date(now));
      const seen = (await site.ask('clock')) as { now: number; fresh: string; isDate: boolean; fixed: string };
      expect(Math.abs(seen.now - Date.parse(now))).toBeLessThan(10_000);
      expect(seen.fresh.slice(0, 16)).toBe(now.slice(0, 16));
      expect(seen).toMatchObject({ isDate: true, fixed: '1970-01-01T00:00:00.000Z' });
    }
  });
});

describe('resolvers (forge-answers.md sections 13 and 15)', () => {
  test('results and refusals are unwrapped for callers, and left alone for frames', async () => {
    expect(await site.ask('wrapped')).toEqual({ fine: true });
    expect(await refusal(site.ask('refuse'))).toMatchObject({ status: 403, code: 'own-change', fields: ['Owner'] });
    const call = {
      moduleKey: 'panel',
      functionKey: 'refuse',
      payload: {},
      accountId: 'someone',
      context: { issueKey: 'CHG-1' },
    };
    expect(await site.forge.invokeRaw(call)).toMatchObject({ refused: { code: 'own-change' } });
  });

  test.each([
    ['panel', 'outsider', { issueKey: 'CHG-1' }, 403, 'not-visible'],
    ['panel', 'someone', { issueKey: 'CHG-404' }, 404, 'no-such-issue'],
    ['panel', 'someone', {}, 400, 'invalid'],
    ['page', 'outsider', { projectKey: 'CHG' }, 403, 'not-visible'],
    ['page', 'someone', { projectKey: 'NONE' }, 404, 'no-such-project'],
    ['admin', 'someone', {}, 403, 'not-visible'],
    ['nothing', 'admin', {}, 404, 'unknown-module'],
  ])('%s for %s on %j is %i %s', async (moduleKey, accountId, context, status, code) => {
    expect(await refusal(site.ask('wrapped', {}, { moduleKey, accountId, context }))).toMatchObject({ status, code });
  });

  test('a function the app does not define is 404', async () => {
    expect(await refusal(site.ask('no-such'))).toMatchObject({ status: 404, code: 'unknown-function' });
  });

  test('500 KB in and 5 MB out, to the byte', async () => {
    const filler = 500 * 1024 - JSON.stringify({ filler: '' }).length;
    expect(await site.ask('wrapped', { filler: 'x'.repeat(filler) })).toEqual({ fine: true });
    expect(await refusal(site.ask('wrapped', { filler: 'x'.repeat(filler + 1) }))).toMatchObject({ status: 413 });
    const most = 5 * 1024 * 1024 - 2;
    expect(await site.ask('big', { bytes: most })).toHaveLength(most);
    expect(await refusal(site.ask('big', { bytes: most + 1 }))).toMatchObject({ code: 'response-too-large' });
  });
});

describe('function validators (forge-answers.md section 1)', () => {
  const run = (configuration: unknown) => site.forge.runValidator('validator', { configuration });

  test.each([[{ result: true }], [{ result: false, errorMessage: 'No backout plan.' }]])(
    '%j counts',
    async (answer) => {
      expect(await run({ answer })).toEqual(answer);
    },
  );

  test.each([
    ['a bad shape', { answer: { result: 'true' } }],
    ['nothing at all', {}],
    ['a throw', { how: 'throw' }],
    ['a crash', { how: 'exit' }],
  ])('%s rejects, so that Jira refuses the transition', async (_, configuration) => {
    await expect(run(configuration)).rejects.toThrow();
  });
});

describe('web triggers (forge-answers.md section 4)', () => {
  const post = (body: string | Uint8Array, query = '', moduleKey = 'hook') =>
    site.forge.webTrigger(moduleKey, {
      method: 'POST',
      headers: { 'X-Own': ['seen'] },
      body: typeof body === 'string' ? Buffer.from(body) : body,
      query,
    });

  test('the output named by the function fixes the answer', async () => {
    expect(await post('ü', '?source=github&source=b')).toMatchObject({
      status: 202,
      headers: { 'content-type': 'application/json' },
      body: '{"result": "fine"}',
    });
    expect(await site.ask('get', { key: 'hook:last' })).toEqual({
      value: { method: 'POST', body: 'ü', header: 'seen', query: { source: ['github', 'b'] } },
    });
    expect(await post('bare')).toMatchObject({ status: 204, body: '' });
  });

  test.each([
    ['throw', 424],
    ['no-output', 500],
  ])('a function that does %s is %i', async (how, status) => {
    expect(await post('x', `how=${how}`)).toMatchObject({ status });
  });

  test('5 MB are taken, a byte more is not; an unknown key is 404', async () => {
    const most = 5 * 1024 * 1024;
    expect(await post(new Uint8Array(most + 1))).toMatchObject({ status: 413 });
    expect(await post('x', '', 'none')).toMatchObject({ status: 404 });
  });

  test('the app learns its URL', async () => {
    expect(await site.ask('url')).toBe('http://127.0.0.1:4343/forge/webtrigger/hook');
  });
});
