import type { HttpBindings } from '@hono/node-server';
import { Hono, type Context } from 'hono';
import { InvokeRefusal } from '../forge/refusal';
import { pageRoutes } from '../pages/routes';
import { problem, refusal, send } from './answers';
import { forgeRoutes } from './forge-routes';
import { callerOf, isForeignPage } from './identity';
import type { OpenSite } from './open-site';

const HOSTS = /^(127\.0\.0\.1|localhost)(:\d+)?$/;

/** Everything that the site answers over HTTP. */
export function siteRoutes(site: OpenSite, root: string, isReady: () => boolean): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.use(async (c, next) => {
    // Another name that points here would make a foreign page's requests look like the site's own.
    if (!HOSTS.test(c.req.header('host') ?? '')) return problem(421, 'wrong-host', 'This is a site of 127.0.0.1 only.');
    if (!c.req.path.startsWith('/forge/webtrigger/') && isForeignPage(c)) {
      return problem(403, 'foreign-page', 'Only the pages of this site may do that.');
    }
    return next();
  });
  app.get('/healthz', () =>
    isReady() ? Response.json({ ready: true }) : Response.json({ ready: false }, { status: 503 }),
  );
  app.all('/rest/*', (c) => rest(c, site));
  app.route('/forge', forgeRoutes(site));
  const { jira, forge } = site;
  const { database, clock } = site.parts;
  app.route('/', pageRoutes({ jira, forge, database, clock, root }));
  app.notFound((c) => problem(404, 'not-found', `There is nothing at ${c.req.path}.`));
  app.onError((error) => {
    if (error instanceof InvokeRefusal) return refusal(error);
    console.error(error);
    return problem(500, 'site-defect', error.message);
  });
  return app;
}

/** Jira's own REST API, as the person who asks. */
async function rest(c: Context, { jira }: OpenSite): Promise<Response> {
  let accountId: string | undefined;
  try {
    accountId = callerOf(c, jira);
  } catch (error) {
    if (!(error instanceof InvokeRefusal)) throw error;
    return Response.json({ errorMessages: [error.message], errors: {} }, { status: 401 });
  }
  const url = new URL(c.req.url);
  const answer = await jira.handle({
    method: c.req.method,
    path: url.pathname + url.search,
    headers: c.req.header(),
    body: new Uint8Array(await c.req.arrayBuffer()),
    actor: accountId === undefined ? { kind: 'anonymous' } : { kind: 'user', accountId },
  });
  return send(answer);
}
