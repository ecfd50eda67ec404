import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import * as z from 'zod/mini';
import { faultsSchema } from '../forge/faults';
import { licenceSchema } from '../forge/licence';
import { PAYLOAD } from '../forge/limits';
import { DrainTimeout } from '../forge/platform';
import { InvokeRefusal } from '../forge/refusal';
import { checkKey } from '../forge/storage/checks';
import { insideKey, outsideKey } from '../forge/storage/items';
import { StorageRefusal } from '../forge/storage/refusal';
import { administratorRoutes } from './administrator-routes';
import { problem, readBody, send } from './answers';
import { signedIn } from './identity';
import type { OpenSite } from './open-site';
import { makePack } from './pack';

const invocation = z.object({
  functionKey: z.string(),
  payload: z.optional(z.unknown()),
  context: z.optional(z.object({ issueKey: z.optional(z.string()), projectKey: z.optional(z.string()) })),
});
const instant = z.object({ now: z.iso.datetime({ offset: true }) });
const item = z.object({ key: z.string(), value: z.unknown() });
const move = z.object({ issue: z.string(), transition: z.string(), actor: z.string() });

/** The platform's doors to the outside, as the site's contract has them. */
export function forgeRoutes(site: OpenSite): Hono<{ Bindings: HttpBindings }> {
  const { forge, jira, parts } = site;
  const app = new Hono<{ Bindings: HttpBindings }>();

  app.post('/invoke/:moduleKey', async (c) => {
    const accountId = signedIn(c, jira);
    const { functionKey, payload, context = {} } = await readBody(c, invocation);
    const { issueKey, projectKey } = context;
    const where = { ...(issueKey !== undefined && { issueKey }), ...(projectKey !== undefined && { projectKey }) };
    const moduleKey = c.req.param('moduleKey');
    const result = await forge.invoke({ moduleKey, functionKey, payload: payload ?? {}, accountId, context: where });
    return Response.json(result ?? null);
  });

  const tooLarge = () => problem(413, 'payload-too-large', 'A request of a web trigger is at most 5 MB.');
  app.all('/webtrigger/:moduleKey', bodyLimit({ maxSize: PAYLOAD.webTrigger, onError: tooLarge }), async (c) => {
    const body = new Uint8Array(await c.req.arrayBuffer());
    const headers = headersAsSent(c.env.incoming.rawHeaders);
    const query = new URL(c.req.url).search;
    return send(await forge.webTrigger(c.req.param('moduleKey'), { method: c.req.method, headers, body, query }));
  });

  app.post('/pack/:key', (c) => makePack(forge, c.req.param('key'), signedIn(c, jira)));

  app.post('/scheduled/:moduleKey', async (c) => {
    const moduleKey = c.req.param('moduleKey');
    return Response.json({ moduleKey, result: (await forge.scheduled(moduleKey)) ?? null });
  });

  app.post('/automation', async (c) => send(await jira.automation(await readBody(c, move))));

  app.post('/drain', async () => {
    try {
      return Response.json(await forge.drain());
    } catch (error) {
      if (error instanceof DrainTimeout) return problem(504, 'drain-timeout', error.message);
      throw error;
    }
  });

  app.get('/clock', () => Response.json({ now: parts.clock.now().toISOString() }));
  app.post('/clock', async (c) => {
    forge.setClock(new Date((await readBody(c, instant)).now));
    return Response.json({ now: parts.clock.now().toISOString() });
  });

  app.get('/faults', () => Response.json(forge.faults.report()));
  app.post('/faults', async (c) => {
    forge.faults.set(await readBody(c, faultsSchema));
    return Response.json(forge.faults.report());
  });

  app.post('/licence', async (c) => {
    forge.licence.set(await readBody(c, licenceSchema));
    return Response.json(forge.licence.asHanded());
  });

  app.get('/meter', () => Response.json(forge.meter()));
  app.get('/log', () => Response.json({ lines: forge.log.lines(), dead: forge.dead() }));
  app.route('/kvs', kvsRoutes(site));
  app.route('/', administratorRoutes(site));
  return app;
}

/** The app's storage as it is, behind the app's back. Secrets are not shown and cannot be reached. */
function kvsRoutes({ forge, parts }: OpenSite): Hono {
  const app = new Hono();
  const { items } = forge.storage;
  app.get('/', (c) => {
    const found = items.raw(c.req.query('prefix') ?? '');
    return Response.json({
      items: found.map(({ space, item: { key, json } }) => ({
        key: outsideKey(space, key),
        value: JSON.parse(json) as unknown,
      })),
    });
  });
  app.put('/', async (c) => {
    const { key, value } = await readBody(c, item);
    if (value === undefined) throw new InvokeRefusal(400, 'invalid', 'value: it is missing.');
    const inside = insideKey(key);
    parts.transaction(() => items.put(inside.space, checkedKey(inside.key), JSON.stringify(value), null, false));
    return new Response(null, { status: 204 });
  });
  app.delete('/', (c) => {
    const { space, key } = insideKey(c.req.query('key') ?? '');
    const existed = parts.transaction(() => items.remove(space, key, false));
    return existed ? new Response(null, { status: 204 }) : problem(404, 'no-such-key', 'Nothing is stored there.');
  });
  return app;
}

function checkedKey(key: string): string {
  try {
    return checkKey(key);
  } catch (error) {
    if (error instanceof StorageRefusal) throw new InvokeRefusal(400, error.code, error.message);
    throw error;
  }
}

/** Names as the sender wrote them: Forge does not fold their case, and apps must not rely on one. */
function headersAsSent(raw: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const headers: Record<string, string[]> = {};
  for (let i = 0; i + 1 < raw.length; i += 2) (headers[raw[i] ?? ''] ??= []).push(raw[i + 1] ?? '');
  return headers;
}
