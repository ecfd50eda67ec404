/** Uses the real Forge SDKs, so that the platform is tested against what Atlassian ships. */
import { asApp, asUser, route, webTrigger, getAppContext } from '@forge/api';
import { InvocationError, InvocationErrorCode, Queue } from '@forge/events';
import { Filter, FilterConditions, ForgeKvsAPIError, kvs, WhereConditions } from '@forge/kvs';
import Resolver from '@forge/resolver';
import { misbehave } from './misbehave';

interface Call {
  readonly payload: Readonly<Record<string, never>>;
  readonly context: { readonly accountId?: string };
}

const resolver = new Resolver();
const define = (
  name: string,
  work: (payload: Record<string, unknown>, accountId: string | undefined) => unknown,
): void => {
  resolver.define(name, ({ payload, context }: Call) => work(payload, context.accountId));
};

/** Storage refusals as data: code and status as the SDK shows them. */
async function outcome(work: () => Promise<unknown>): Promise<unknown> {
  try {
    return { value: (await work()) ?? null };
  } catch (error) {
    if (error instanceof ForgeKvsAPIError) return { code: error.code, status: error.responseDetails.status };
    return { error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
}

define('set', ({ key, value, options }) => outcome(() => kvs.set(String(key), value, options as never)));
define('get', ({ key }) => outcome(() => kvs.get(String(key))));
define('delete', ({ key }) => outcome(() => kvs.delete(String(key))));
define('secret', async ({ key, value }) => {
  await kvs.setSecret(String(key), value);
  return { secret: await kvs.getSecret(String(key)), plain: (await kvs.get(String(key))) ?? null };
});
define('list', ({ prefix, cursor, limit }) =>
  outcome(() => {
    const query = kvs
      .query()
      .where('key', WhereConditions.beginsWith(String(prefix)))
      .limit(Number(limit ?? 10));
    return (typeof cursor === 'string' ? query.cursor(cursor) : query).getMany();
  }),
);
define('batch', async ({ keys }) => {
  const items = (keys as string[]).map((key) => ({ key, value: key }));
  return outcome(async () => ({
    set: await kvs.batchSet(items),
    get: await kvs.batchGet([...items, { key: 'absent' }].slice(0, 25)),
    delete: await kvs.batchDelete(items),
  }));
});
define('transact', ({ sets, guard }) =>
  outcome(() => {
    const transaction = kvs.transact();
    for (const { key, value } of sets as { key: string; value: unknown }[]) transaction.set(key, value as string);
    const { key, size } = (guard ?? {}) as { key?: string; size?: number };
    if (key !== undefined) {
      transaction.check(key, {
        entityName: 'part',
        conditions: new Filter<{ size: number }>().and('size', FilterConditions.equalTo(size ?? 0)),
      });
    }
    return transaction.execute();
  }),
);
define('parts', async ({ parts }) => {
  for (const { key, value } of parts as { key: string; value: { colour: string; size: number } }[]) {
    await kvs.entity('part').set(key, value);
  }
});
define('query-parts', ({ colour, most, cursor }) =>
  outcome(() => {
    const query = kvs
      .entity('part')
      .query()
      .index('by-colour', { partition: [String(colour)] })
      .where(WhereConditions.lessThan(Number(most)))
      .limit(2);
    return (typeof cursor === 'string' ? query.cursor(cursor) : query).getMany();
  }),
);
define('jira', ({ as, path, method, body }) =>
  outcome(async () => {
    const api = as === 'app' ? asApp() : asUser(typeof as === 'string' && as !== 'user' ? as : undefined);
    const parts = String(path).split('/').slice(4);
    const tail = parts.map((part) => encodeURIComponent(part)).join('/');
    const response = await api.requestJira(assembled(tail), {
      method: typeof method === 'string' ? method : 'GET',
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    return { status: response.status, body: await response.text() };
  }),
);
/** `route` escapes what is put into it; the path of a test is put together segment by segment. */
const assembled = (tail: string) => {
  const [a = '', b = '', c = ''] = tail.split('/');
  return c !== ''
    ? route`/rest/api/3/${a}/${b}/${c}`
    : b !== ''
      ? route`/rest/api/3/${a}/${b}`
      : route`/rest/api/3/${a}`;
};
define('whoami', async ({ pause }, accountId) => {
  const before = getAppContext().invocationId;
  await new Promise((resolve) => setTimeout(resolve, Number(pause ?? 0)));
  return { accountId, same: before === getAppContext().invocationId, pid: process.pid };
});
define('clock', () => ({
  now: Date.now(),
  fresh: new Date().toISOString(),
  isDate: new Date() instanceof Date,
  fixed: new Date(0).toISOString(),
}));
define('environment', () => Object.keys(process.env).sort());
define('push', ({ bodies, delayInSeconds, concurrency }) =>
  outcome(() =>
    new Queue({ key: 'jobs' }).push(
      (bodies as Record<string, unknown>[]).map((body) => ({
        body,
        ...(typeof delayInSeconds === 'number' ? { delayInSeconds } : {}),
        ...(concurrency === undefined ? {} : { concurrency: concurrency as { key: string; limit: number } }),
      })),
    ),
  ),
);
define('stats', ({ jobId }) => outcome(() => new Queue({ key: 'jobs' }).getStats(String(jobId))));
define('url', () => webTrigger.getUrl('hook'));
define('remaining', () => getAppContext().invocationRemainingTimeInMillis());
define('big', ({ bytes }) => 'x'.repeat(Number(bytes)));
define('refuse', () => ({ refused: { code: 'own-change', message: 'Not your own.', status: 403, fields: ['Owner'] } }));
define('wrapped', () => ({ result: { fine: true } }));
define('misbehave', ({ how }) => misbehave(String(how)));

export const panel = resolver.getDefinitions();

/** Answers as the payload's configuration asks. */
export function validate(payload: { readonly configuration?: { readonly answer?: unknown; readonly how?: string } }) {
  if (payload.configuration?.how !== undefined) return misbehave(payload.configuration.how);
  return payload.configuration?.answer;
}

interface Heard {
  readonly note?: string;
  readonly how?: string;
  readonly retryContext?: { readonly retryCount: number; readonly retryData?: unknown };
}

/** Writes down each delivery under a key of its own, then does as asked. */
async function hear(kind: string, { note, how, retryContext }: Heard): Promise<unknown> {
  const count = retryContext?.retryCount ?? 0;
  const id = `heard:${kind}:${note ?? ''}:${String(count)}:${Math.random().toString(36).slice(2)}`;
  await kvs.set(id, { at: new Date().toISOString(), retryData: retryContext?.retryData ?? 'none' });
  if (how === 'retry-twice' && count < 2)
    return new InvocationError({
      retryAfter: 60,
      retryReason: InvocationErrorCode.FUNCTION_RETRY_REQUEST,
      retryData: { count },
    });
  if (how === 'retry-always')
    return new InvocationError({ retryAfter: 900, retryReason: InvocationErrorCode.FUNCTION_RETRY_REQUEST });
  if (how === 'pause') await new Promise((resolve) => setTimeout(resolve, 150));
  if (how !== undefined && !how.startsWith('retry') && how !== 'pause') return misbehave(how);
  return undefined;
}

export const heard = (event: Heard) => hear('event', event);
export const work = ({ body, retryContext }: { readonly body: Heard; readonly retryContext?: Heard['retryContext'] }) =>
  hear('job', { ...body, ...(retryContext === undefined ? {} : { retryContext }) });
export const tick = () => hear('tick', {});

interface Request {
  readonly method: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly queryParameters: Readonly<Record<string, readonly string[]>>;
}

export async function hook({ body, headers, queryParameters, method }: Request) {
  const [how] = queryParameters['how'] ?? [];
  if (how === 'throw') throw new Error('thrown on purpose');
  if (how === 'no-output') return { outputKey: 'nowhere' };
  await kvs.set('hook:last', { method, body, header: headers['X-Own']?.[0] ?? null, query: queryParameters });
  return { outputKey: body === 'bare' ? 'bare' : 'fine' };
}
