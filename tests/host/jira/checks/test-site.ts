import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Actor, ForgeForJira, JiraAnswer } from '../../contract';
import { openClock } from '../../clock';
import { openDatabase } from '../../database';
import { modulesForJira, readManifest } from '../../forge/manifest';
import type { SiteKind } from '../create-site';
import { openJira } from '../site';
import type { JiraStore } from '../store';
import { workflowEngine } from '../workflow/engine';
import type { WorkflowEngine } from '../workflow-port';
import type { OpenApi } from './openapi';

/** An event as Jira handed it to the platform. */
export interface SentEvent {
  readonly eventType: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

export interface Answered {
  readonly status: number;
  readonly body: unknown;
  readonly raw: JiraAnswer;
}

export interface TestSite {
  readonly folder: string;
  readonly store: JiraStore;
  readonly events: SentEvent[];
  /** Calls as this person, `app`, or `anonymous`; each is held against the OpenAPI document when there is one. */
  call(who: string, method: string, path: string, body?: unknown): Promise<Answered>;
  send(
    who: string,
    method: string,
    path: string,
    body: Uint8Array,
    headers: Readonly<Record<string, string>>,
  ): Promise<Answered>;
  /** A call that the document is not asked about. */
  unchecked(who: string, method: string, path: string): Promise<Answered>;
  readonly accountId: (userName: string) => string;
  /** The Teamwork Graph, as this account. */
  askGraph(accountId: string, scopes: readonly string[], body: unknown): unknown;
  /** The id of a field by its name on the screen. */
  readonly field: (name: string) => string;
  /** Method and path of everything that is implemented here, the workflow engine's own apart. */
  readonly routes: readonly string[];
  close(): void;
}

export const APP_ID = '6d1f2a9e-3b58-4c0a-9a77-2f6f0c7e3430';

const MANIFEST = join(__dirname, '../../../../manifest.yml');

export const NOW = '2026-03-02T09:00:00.000Z';

/** A Jira in a folder of its own, at a clock that stands at `NOW` until it is moved, with the platform's side in memory. */
export function openTestSite(
  options: { readonly kind?: SiteKind; readonly folder?: string; readonly openApi?: OpenApi | undefined } = {},
): TestSite {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'jira-site-'));
  const database = openDatabase(folder);
  let machine = Date.parse(NOW);
  const clock = openClock(database.database, () => machine++);
  const events: SentEvent[] = [];
  const forge: ForgeForJira = {
    runValidator: () => Promise.reject(new Error('No validator is installed')),
    callPostFunction: () => undefined,
    emit: (eventType, payload) => events.push({ eventType, payload }),
    modules: modulesForJira(readManifest(MANIFEST)),
  };
  const parts = { database: database.database, clock, transaction: database.transaction };
  let engine: WorkflowEngine | undefined;
  const jira = openJira(parts, forge, {
    baseUrl: 'http://127.0.0.1:4343',
    kind: options.kind ?? 'empty',
    workflow: (store) => (engine = workflowEngine(parts)(store)),
  });
  const unchecked: TestSite['send'] = async (who, method, path, body, headers) => {
    const actor = actorOf((name) => jira.accountIdOf(name), who);
    const raw = await jira.handle({ method, path, headers, body, actor });
    return { status: raw.status, body: parseAnswer(raw), raw };
  };
  const send: TestSite['send'] = async (who, method, path, body, headers) => {
    const answer = await unchecked(who, method, path, body, headers);
    const { status, body: parsed } = answer;
    const problems = options.openApi?.response(method, path, status, parsed) ?? [];
    if (problems.length > 0)
      throw new Error(`${method} ${path} answered ${status}: ${problems.join('; ')} in ${JSON.stringify(parsed)}`);
    return answer;
  };
  return {
    folder,
    store: jira.store,
    events,
    routes: jira.routes.filter(
      (route) => engine?.routes.every(({ method, path }) => route !== `${method} ${path}`) === true,
    ),
    send,
    unchecked: (who, method, path) => unchecked(who, method, path, new Uint8Array(), {}),
    call: async (who, method, path, body) => {
      const bytes = body === undefined ? new Uint8Array() : new TextEncoder().encode(JSON.stringify(body));
      const answer = await send(who, method, path, bytes, { 'content-type': 'application/json' });
      const problems =
        body === undefined || answer.status >= 400 ? [] : (options.openApi?.request(method, path, body) ?? []);
      if (problems.length > 0)
        throw new Error(`${method} ${path} was sent what the document does not have: ${problems.join('; ')}`);
      return answer;
    },
    accountId: (userName) => jira.accountIdOf(userName) ?? '',
    askGraph: (accountId, scopes, body) => jira.askGraph(accountId, scopes, body),
    field: (name) => jira.store.fields.named(name)?.id ?? '',
    close: () => {
      database.close();
      if (options.folder === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

function actorOf(accountIdOf: (userName: string) => string | undefined, who: string): Actor {
  if (who === 'app' || who === 'anonymous') return { kind: who };
  const accountId = accountIdOf(who);
  if (accountId === undefined) throw new Error(`Nobody is called ${who}`);
  return { kind: 'user', accountId };
}

function parseAnswer({ headers, body }: JiraAnswer): unknown {
  if (headers['content-type']?.startsWith('application/json') !== true) return undefined;
  return JSON.parse(typeof body === 'string' ? body : new TextDecoder().decode(body));
}

/** Jest's matchers for a text, typed for what they are: anything. */
export const anyText: unknown = expect.any(String);
export const like = (pattern: RegExp): unknown => expect.stringMatching(pattern);
export const holding = (part: string): unknown => expect.stringContaining(part);
export const having = (part: Record<string, unknown>): unknown => expect.objectContaining(part);

export const keysOf = (value: unknown): readonly string[] =>
  typeof value === 'object' && value !== null ? Object.keys(value).sort() : [];

/** A document of one paragraph. */
export const adf = (text: string) => ({
  type: 'doc',
  version: 1,
  content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
});

/** Digs into an answer: `at(body, 'fields', 'summary')`. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  let here: unknown = value;
  for (const step of path) {
    if (typeof here !== 'object' || here === null) return undefined;
    here = new Map<string, unknown>(Object.entries(here)).get(String(step));
  }
  return here;
}

export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
