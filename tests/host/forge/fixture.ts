import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { ForgePlatform, JiraCall, JiraSite } from '../contract';
import { openClock } from '../clock';
import { openDatabase } from '../database';
import { createForge, type Forge, type ForgeOptions } from './platform';
import { readManifest, type Manifest } from './manifest';

const ROOT = join(__dirname, '..', '..', '..');
const APP = join(__dirname, 'fixture-app');

export interface BuiltApp {
  readonly manifest: Manifest;
  readonly bundle: string;
  readonly childScript: string;
}

/** As for the whole site: the real bundler's output when APP_BUNDLE says so, else the fast one. */
const BUNDLE = process.env['APP_BUNDLE'] === 'forge' ? 'forge' : 'fast';

/** Builds the fixture app and the handler process; quick when nothing changed. */
export function buildFixture(how: 'fast' | 'forge' = BUNDLE): BuiltApp {
  const out = join(ROOT, '.build', `fixture-${how}`);
  tool('bundle-host.mjs', '--handler');
  tool('bundle-app.mjs', `--${how}`, '--app', APP, '--out', out);
  return {
    manifest: readManifest(join(APP, 'manifest.yml')),
    bundle: join(out, 'index.cjs'),
    childScript: join(ROOT, '.build', 'host', 'handler.cjs'),
  };
}

function tool(script: string, ...args: readonly string[]): void {
  const run = spawnSync(process.execPath, [join(ROOT, '.tooling', script), ...args], { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`${script} failed: ${run.stderr}${run.stdout}`);
}

export interface FixtureSite {
  readonly forge: Forge;
  readonly calls: readonly JiraCall[];
  readonly problems: readonly string[];
  /** Calls a resolver function of the panel on CHG-1 as the person `someone`. */
  ask(functionKey: string, payload?: unknown, call?: Partial<Parameters<ForgePlatform['invoke']>[0]>): Promise<unknown>;
  stop(): Promise<void>;
}

/**
 * A site that has the platform alone. Jira's side is the contract's smallest: one issue CHG-1, seen by `someone`, and
 * REST that says who was asking; the real one has its own tests.
 */
export function openFixture(
  app: BuiltApp,
  options: Partial<ForgeOptions> & { readonly folder?: string } = {},
): FixtureSite {
  const { folder = ':memory:', ...rest } = options;
  const site = openDatabase(folder);
  const parts = { ...site, clock: openClock(site.database) };
  const calls: JiraCall[] = [];
  const problems: string[] = [];
  const forge = createForge({
    ...app,
    parts,
    jira: () => echoingJira(calls),
    baseUrl: () => 'http://127.0.0.1:4343',
    report: (problem) => problems.push(problem),
    ...rest,
  });
  return {
    forge,
    calls,
    problems,
    ask: (functionKey, payload = {}, call = {}) =>
      forge.invoke({
        moduleKey: 'panel',
        accountId: 'someone',
        context: { issueKey: 'CHG-1' },
        functionKey,
        payload,
        ...call,
      }),
    async stop() {
      await forge.stop();
      site.close();
    },
  };
}

function echoingJira(calls: JiraCall[]): JiraSite {
  return {
    handle(call) {
      calls.push(call);
      const missing = call.path.includes('/project/') && !call.path.includes('CHG');
      return Promise.resolve({
        status: missing ? 404 : call.method === 'PUT' ? 204 : 200,
        headers: { 'content-type': 'application/json' },
        body: call.method === 'PUT' ? '' : JSON.stringify({ actor: call.actor, path: call.path }),
      });
    },
    accountIdOf: (name) => name,
    people: () => [],
    isAdmin: (accountId) => accountId === 'admin',
    mayBrowseIssue: (accountId) => accountId !== 'outsider',
    showsPanel: () => true,
    mayBrowseProject: (accountId) => accountId !== 'outsider',
    automation: () => Promise.reject(new Error('not part of the platform')),
    askGraph: (accountId, scopes, body) => ({ accountId, scopes, body }),
    locate: (key) =>
      key === 'CHG-1'
        ? { id: '10001', key, projectId: '10000', projectKey: 'CHG', issueType: 'Change request' }
        : undefined,
  };
}
