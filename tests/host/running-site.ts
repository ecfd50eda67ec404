import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A site of its own, started as `npm start` does, on a free port and in a temporary folder. */
export interface RunningSite {
  readonly base: string;
  readonly data: string;
  /** Everything the site printed, for a failure's message. */
  output(): string;
  /** Kills the site's process without a word, as a power cut would, and starts it again on the same data. */
  crash(): Promise<void>;
  stop(): Promise<void>;
}

export interface SiteOptions {
  readonly kind?: 'seeded' | 'empty' | 'bare';
  readonly now?: string;
  /** Another folder laid out as this repository, whose build of site and app is run; its app is the fast bundle. */
  readonly root?: string;
}

/** The bundle the suite runs over: the real bundler's output when APP_BUNDLE says so (npm test), else the fast one. */
const BUNDLE = process.env['APP_BUNDLE'] === 'forge' ? 'forge' : 'fast';
const READY_MS = 120_000;

export async function startSite({
  kind = 'empty',
  now = '2026-03-02T09:00:00Z',
  root,
}: SiteOptions = {}): Promise<RunningSite> {
  const data = mkdtempSync(join(tmpdir(), 'change-control-site-'));
  const port = await freePort();
  const first = kind === 'seeded' ? [] : [`--${kind}`];
  let printed = '';
  const bundle = root === undefined ? BUNDLE : 'fast';
  const launch = (more: readonly string[]) =>
    start(root ?? '.', ['--port', String(port), '--data', data, '--bundle', bundle, ...more], (text) => {
      printed += text;
    });
  let child = await launch([...first, '--now', now]);
  return {
    base: `http://127.0.0.1:${port}`,
    data,
    output: () => printed,
    async crash() {
      await ended(child, 'SIGKILL');
      child = await launch([]);
    },
    async stop() {
      await ended(child, 'SIGTERM');
      rmSync(data, { recursive: true, force: true });
    },
  };
}

function start(root: string, args: readonly string[], hear: (text: string) => void): Promise<ChildProcess> {
  const main = join(root, '.build/host/main.cjs');
  const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  return new Promise((resolve, reject) => {
    let said = '';
    const timer = setTimeout(() => reject(new Error(`the site was not ready in time:\n${said}`)), READY_MS);
    const listen = (chunk: Buffer) => {
      said += chunk.toString();
      hear(chunk.toString());
      if (/^ready http/m.test(said)) {
        clearTimeout(timer);
        resolve(child);
      }
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.on('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`the site ended with ${code ?? 'a signal'}:\n${said}`));
    });
  });
}

function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill(signal);
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
