import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Permissions } from '@forge/manifest';
import { Hono } from 'hono';
import type { MiddlewareHandler } from 'hono';
import { parse } from 'yaml';
import * as z from 'zod/mini';
import { Assets } from './frames/assets';
import { bridgeRoutes } from './frames/bridge';
import { FRAME_HOST, frameOrigin, PAGE_HOST } from './frames/element';
import { frameRoutes } from './frames/serve';
import { FrameStore } from './frames/store';
import { issueRoutes } from './issue/routes';
import { failure } from './failure';
import { Pages } from './pages';
import { PageRefusal } from './parts';
import type { PageParts } from './parts';
import { projectRoutes } from './projects/routes';
import { endSession, keepColorMode, startSession } from './session';
import { adminRoutes } from './workflows/routes';

const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path fill="#1868DB" d="M12 2 3 6v6c0 5 3.8 8.9 9 10 5.2-1.1 9-5 9-10V6l-9-4Zm-1.2 14.2-3.6-3.6 1.5-1.5 2.1 2.1 4.9-4.9 1.5 1.5-6.4 6.4Z"/></svg>';

const pagePolicy = (pageUrl: string): string =>
  `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; frame-src ${frameOrigin(pageUrl)}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;

const PATHS = [
  '/',
  '/browse/*',
  '/projects',
  '/projects/*',
  '/create',
  '/admin/*',
  '/secure/*',
  '/session/*',
  '/bridge/*',
  '/assets/*',
];

/** Only same-origin requests change anything: a frame of the app has another origin, and so has every other site. */
function fromThisPage(request: Request): boolean {
  const origin = request.headers.get('origin');
  const site = request.headers.get('sec-fetch-site') ?? 'none';
  return (origin === null || origin === new URL(request.url).origin) && (site === 'same-origin' || site === 'none');
}

/** Keeps pages and frames on their own host names, and lets only the pages themselves change anything. */
const guard: MiddlewareHandler = async (c, next) => {
  const url = new URL(c.req.url);
  if (url.hostname === FRAME_HOST && c.req.method === 'GET') {
    // A page opened on the frames' host name moves over: its cookie must not be set where the frames are.
    url.hostname = PAGE_HOST;
    return c.redirect(url.href, 307);
  }
  if (url.hostname !== PAGE_HOST)
    return c.text(`This site is at http://${PAGE_HOST}${url.port === '' ? '' : `:${url.port}`}.`, 421);
  if (c.req.method !== 'GET' && !fromThisPage(c.req.raw))
    return c.text('Only the pages of this site may do that.', 403);
  c.header('content-security-policy', pagePolicy(c.req.url));
  c.header('x-content-type-options', 'nosniff');
  c.header('referrer-policy', 'same-origin');
  c.header('cache-control', 'no-store');
  return next();
};

const back = (value: unknown): string => (typeof value === 'string' && /^\/(?![/\\])/.test(value) ? value : '/');

function sessionRoutes(pages: Pages): Hono {
  const app = new Hono();
  app.post('/session/user', async (c) => {
    const form = await c.req.parseBody();
    const user = form['user'];
    if (typeof user === 'string' && pages.parts.jira.accountIdOf(user) !== undefined) startSession(c, user);
    else if (user === '') endSession(c);
    else throw new PageRefusal(404, 'There is nobody of that name on this site.', 'Nobody of that name');
    return c.redirect(back(form['back']), 303);
  });
  app.post('/session/color', async (c) => {
    const form = await c.req.parseBody();
    const mode = form['mode'];
    keepColorMode(c, mode === 'light' || mode === 'dark' ? mode : 'auto');
    return c.redirect(back(form['back']), 303);
  });
  return app;
}

function assetRoutes(assets: Assets): Hono {
  const app = new Hono();
  const css = { 'content-type': 'text/css; charset=utf-8' };
  app.get('/assets/tokens.css', async (c) => c.body(await assets.tokens(), 200, css));
  app.get('/assets/site.css', async (c) => c.body(await assets.styles(), 200, css));
  app.get('/assets/page.js', async (c) =>
    c.body(await assets.script('page'), 200, { 'content-type': 'text/javascript; charset=utf-8' }),
  );
  app.get('/assets/icon.svg', (c) => c.body(ICON, 200, { 'content-type': 'image/svg+xml' }));
  return app;
}

const permissionsOf = (root: string): Permissions => {
  const manifest: unknown = parse(readFileSync(join(root, 'manifest.yml'), 'utf8'));
  return z.object({ permissions: z.custom<Permissions>() }).parse(manifest).permissions;
};

/**
 * What a browser sees of the site: pages on `127.0.0.1`, the app's frames on `localhost`, same port. To be mounted at the
 * root; paths that are not the pages' own fall through.
 */
export function pageRoutes(parts: PageParts): Hono {
  const pages = new Pages(parts);
  const store = new FrameStore(parts.database);
  const assets = new Assets(parts.root);
  const app = new Hono();
  for (const path of PATHS) app.use(path, guard);
  app.route(
    '/',
    frameRoutes({ store, assets, screens: join(parts.root, 'static/dist'), permissions: permissionsOf(parts.root) }),
  );
  app.route('/', bridgeRoutes({ parts, store, viewer: (c) => pages.viewer(c) }));
  app.route('/', assetRoutes(assets));
  const shown = new Hono();
  shown.route('/', sessionRoutes(pages));
  shown.route('/', issueRoutes(pages, store));
  shown.route('/', projectRoutes(pages, store));
  shown.route('/', adminRoutes(pages, store));
  shown.onError((error, c) => failure(pages, error, c));
  app.route('/', shown);
  return app;
}
