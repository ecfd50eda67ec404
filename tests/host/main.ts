/** `npm start`: the local Jira site with the app installed. One line `ready http://127.0.0.1:4343` when it can be used. */
import type { Server } from 'node:http';
import { join } from 'node:path';
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import type { Hono } from 'hono';
import { DataFolderError } from './database';
import { ManifestError } from './forge/manifest';
import { siteRoutes } from './server/http';
import { openSite, type OpenSite } from './server/open-site';
import { OptionsError, readOptions } from './server/options';

const ROOT = join(__dirname, '..', '..');

class PortError extends Error {}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), ROOT);
  const baseUrl = `http://127.0.0.1:${options.port}`;
  const open: { routes?: Hono<{ Bindings: HttpBindings }> } = {};
  let ready = false;
  // The port first: a start that cannot have it must not make a site.
  const starting = (): Response => new Response('The site is starting.\n', { status: 503 });
  const server = await listen(options.port, (request, env) => open.routes?.fetch(request, env) ?? starting());
  const site = openSite(options, ROOT, baseUrl);
  stopOnSignal(server, site);
  open.routes = siteRoutes(site, ROOT, () => ready);
  site.forge.start();
  if (site.isNew && options.kind === 'seeded') await seed(site, baseUrl);
  site.state.set('made');
  ready = true;
  console.log(`ready ${baseUrl}`);
}

async function seed(site: OpenSite, baseUrl: string): Promise<void> {
  // A clock that jumps from scene to scene would have every pack tell of hourly runs that did not come.
  site.forge.holdSchedule(true);
  // Only a seeded site needs the senders' example payloads, which take a while to load.
  const { seedDemo } = await import('./seed/seed');
  await seedDemo(baseUrl, site.parts.clock.now(), (done, total) => {
    console.error(`seeding the demo changes: ${done} of ${total}`);
  });
  site.forge.holdSchedule(false);
  site.forge.faults.forget();
}

function listen(
  port: number,
  fetch: (request: Request, env: HttpBindings) => Response | Promise<Response>,
): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createAdaptorServer({ fetch: (request, env) => fetch(request, env as HttpBindings) }) as Server;
    server.once('error', (error: NodeJS.ErrnoException) => {
      const inUse = error.code === 'EADDRINUSE';
      reject(
        new PortError(inUse ? `Port ${port} is in use. Choose another with --port.` : `Port ${port}: ${error.message}`),
      );
    });
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

/** Ends in order: no new requests, no app process left, the database closed. */
function stopOnSignal(server: Server, site: OpenSite): void {
  let stopping = false;
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      server.close();
      server.closeAllConnections();
      void site.close().finally(() => process.exit(0));
    });
  }
}

main().catch((error: unknown) => {
  const expected = [OptionsError, PortError, DataFolderError, ManifestError].some((kind) => error instanceof kind);
  console.error(expected && error instanceof Error ? error.message : error);
  process.exit(expected ? 2 : 1);
});
