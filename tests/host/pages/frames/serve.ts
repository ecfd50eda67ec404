import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import type { Permissions } from '@forge/manifest';
import { Hono } from 'hono';
import type { Context } from 'hono';
import type { Assets } from './assets';
import { FRAME_HOST } from './element';
import { framePolicy } from './policy';
import type { FrameStore } from './store';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
  '.woff2': 'font/woff2',
  '.map': 'application/json',
};

export interface FrameServing {
  readonly store: FrameStore;
  readonly assets: Assets;
  /** Folder of the Custom UI build. */
  readonly screens: string;
  /** `permissions` of the manifest: what the app adds to the frames' policy. */
  readonly permissions: Permissions;
}

const gone = (c: Context) => c.text('This frame is not known any more. Reload the page around it.', 410);

/**
 * The frames' side of the site, on the other host name and under a path of each frame's own: the Custom UI build as it
 * is, with the bridge stand-in as the first script, and Atlassian's policy around it.
 */
export function frameRoutes(serving: FrameServing): Hono {
  const app = new Hono();
  app.use('/frame/*', async (c, next) => {
    if (new URL(c.req.url).hostname !== FRAME_HOST) return c.text('Frames live on their own host name.', 404);
    c.header('x-content-type-options', 'nosniff');
    c.header('referrer-policy', 'no-referrer');
    c.header('cache-control', 'no-store');
    return next();
  });
  app.get('/frame/:token/', (c) => document(c, serving));
  app.get('/frame/:token/bridge/bridge.js', async (c) =>
    c.body(await serving.assets.script('frame-bridge'), 200, { 'content-type': 'text/javascript; charset=utf-8' }),
  );
  app.get('/frame/:token/bridge/theme.css', async (c) =>
    c.body(await serving.assets.tokens(), 200, { 'content-type': 'text/css; charset=utf-8' }),
  );
  app.post('/frame/:token/bridge/csp-report', (c) => c.body(null, 204));
  app.get('/frame/:token/*', (c) => file(c, serving));
  return app;
}

async function document(c: Context, serving: FrameServing): Promise<Response> {
  const token = c.req.param('token') ?? '';
  if (serving.store.find(token) === undefined) return gone(c);
  const page = await readIfThere(join(serving.screens, 'index.html'));
  if (page === undefined) return c.text('The screens are not built. Run "npm run build", then reload.', 503);
  const host = new URL(c.req.url);
  host.hostname = '127.0.0.1';
  const markup = page.toString('utf8');
  const script = `<script src="./bridge/bridge.js" data-host="${host.origin}"></script>`;
  const injected = /<head[^>]*>/i.test(markup)
    ? markup.replace(/<head[^>]*>/i, (head) => head + script)
    : script + markup;
  c.header(
    'content-security-policy',
    framePolicy(markup, serving.permissions, host.origin, `/frame/${token}/bridge/csp-report`),
  );
  return c.html(injected);
}

async function file(c: Context, serving: FrameServing): Promise<Response> {
  const token = c.req.param('token') ?? '';
  if (serving.store.find(token) === undefined) return gone(c);
  const path = normalize(decodeURIComponent(new URL(c.req.url).pathname.slice(`/frame/${token}/`.length)));
  const full = join(serving.screens, path);
  if (path.includes('\0') || !full.startsWith(join(serving.screens, sep))) return c.notFound();
  const bytes = await readIfThere(full);
  if (bytes === undefined) return c.notFound();
  return c.body(new Uint8Array(bytes), 200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' });
}

async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EISDIR'))
      return undefined;
    throw error;
  }
}
