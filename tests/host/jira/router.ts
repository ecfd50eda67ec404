import type { Actor, JiraAnswer, JiraCall } from '../contract';
import { accountOf } from './permission-store';
import { Refusal } from './refusal';

/** A call as a handler sees it. */
export interface RestCall {
  readonly actor: Actor;
  /** The account the call acts as; anonymous calls never reach a handler. */
  readonly accountId: string;
  /** Made by the app under its own account. */
  readonly asApp: boolean;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array;
  /** The body as JSON. @throws Refusal 400 when it is none. */
  json(): unknown;
}

export interface RestAnswer {
  readonly status: number;
  /** Answered as JSON; absent for an empty body. */
  readonly json?: unknown;
  /** Instead of JSON. */
  readonly raw?: { readonly body: Uint8Array; readonly headers: Readonly<Record<string, string>> };
}

export type Params = Readonly<Record<string, string>>;

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** As the OpenAPI document writes it: `/rest/api/3/issue/{issueIdOrKey}`. */
  readonly path: string;
  handle(call: RestCall, params: PathParams): RestAnswer | Promise<RestAnswer>;
}

/** The parameters of a matched path. */
export interface PathParams {
  /** The decoded parameter; asking for one that the path does not have is a defect of the route and throws. */
  get(name: string): string;
}

export const ok = (json: unknown): RestAnswer => ({ status: 200, json });
export const created = (json: unknown): RestAnswer => ({ status: 201, json });
export const noContent: RestAnswer = { status: 204 };

/** Answers calls from one table that several files contribute to. A path that nobody contributed is a 404 that says so. */
export class Router {
  readonly #routes: readonly { readonly route: Route; readonly parts: readonly string[] }[];

  constructor(routes: readonly Route[]) {
    const sorted = [...routes].sort((a, b) => placeholders(a.path) - placeholders(b.path));
    this.#routes = sorted.map((route) => ({ route, parts: route.path.split('/') }));
    const names = routes.map(({ method, path }) => `${method} ${path}`);
    const twice = names.find((name, at) => names.indexOf(name) !== at);
    if (twice !== undefined) throw new Error(`Two handlers for ${twice}`);
  }

  get routes(): readonly Route[] {
    return this.#routes.map(({ route }) => route);
  }

  async handle(call: JiraCall): Promise<JiraAnswer> {
    try {
      return toAnswer(await this.#dispatch(call));
    } catch (error) {
      if (error instanceof Refusal) return toAnswer({ status: error.status, json: error.body });
      throw error;
    }
  }

  async #dispatch(call: JiraCall): Promise<RestAnswer> {
    const url = new URL(call.path, 'http://site.invalid');
    const found = this.#find(call.method.toUpperCase(), url.pathname);
    if (found === undefined)
      throw new Refusal(404, `${call.method.toUpperCase()} ${url.pathname} is not implemented on this site.`);
    const accountId = accountOf(call.actor);
    if (accountId === undefined) {
      throw new Refusal(401, 'You are not authenticated. Authentication required to perform this operation.');
    }
    const rest: RestCall = {
      actor: call.actor,
      accountId,
      asApp: call.actor.kind === 'app',
      path: call.path,
      query: url.searchParams,
      headers: Object.fromEntries(Object.entries(call.headers).map(([name, value]) => [name.toLowerCase(), value])),
      bytes: call.body,
      json: () => parse(call.body),
    };
    return found.route.handle(rest, found.params);
  }

  #find(method: string, path: string): { readonly route: Route; readonly params: PathParams } | undefined {
    const given = path.replace(/\/$/, '').split('/');
    for (const { route, parts } of this.#routes) {
      const params = route.method === method ? match(parts, given) : undefined;
      if (params !== undefined) return { route, params: { get: (name) => required(params, name, route.path) } };
    }
    return undefined;
  }
}

const placeholders = (path: string): number => path.split('{').length - 1;

function match(parts: readonly string[], given: readonly string[]): Params | undefined {
  if (parts.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [at, part] of parts.entries()) {
    const value = given[at] ?? '';
    if (part.startsWith('{')) {
      const decoded = decode(value);
      if (decoded === undefined || decoded === '') return undefined;
      params[part.slice(1, -1)] = decoded;
    } else if (part !== value) return undefined;
  }
  return params;
}

function decode(value: string): string | undefined {
  try {
    return decodeURIComponent(value);
  } catch {
    return undefined;
  }
}

function required(params: Params, name: string, path: string): string {
  const value = params[name];
  if (value === undefined) throw new Error(`${path} has no {${name}}`);
  return value;
}

function parse(body: Uint8Array): unknown {
  if (body.byteLength === 0)
    throw new Refusal(400, 'There was an error parsing JSON. Check that your request body is valid.');
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw new Refusal(400, 'There was an error parsing JSON. Check that your request body is valid.');
  }
}

function toAnswer({ status, json, raw }: RestAnswer): JiraAnswer {
  if (raw !== undefined) return { status, headers: raw.headers, body: raw.body };
  if (json === undefined) return { status, headers: {}, body: '' };
  return { status, headers: { 'content-type': 'application/json;charset=UTF-8' }, body: JSON.stringify(json) };
}
