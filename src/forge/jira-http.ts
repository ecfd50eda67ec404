import { asApp, asUser, NeedsAuthenticationError, type APIResponse, type Route } from '@forge/api';
import * as z from '#zod';
import { Unavailable } from '../ports/ports';
import { withRetry } from './retry';

/** On whose behalf Jira is asked: what a person may see or do is always asked as that person. */
export type As = 'app' | 'user';

export interface Call {
  readonly as: As;
  readonly method?: 'GET' | 'POST' | 'PUT';
  /** Sent as JSON, unless it is a form. */
  readonly body?: unknown;
  /** For what must not be done twice: asked again only when Jira said that it did nothing (429). */
  readonly once?: boolean;
}

export interface Answer {
  readonly status: number;
  readonly json: unknown;
}

class Busy extends Error {
  constructor(
    readonly status: number,
    readonly retryAfter: string | null,
  ) {
    super(`Jira answered ${status}`);
  }
}

export interface Bytes {
  readonly status: number;
  readonly bytes: Uint8Array;
}

/** Reads bytes as the app, retried like every other call. */
export async function jiraBytes(path: Route): Promise<Bytes> {
  return retried({ as: 'app' }, async () => {
    const response = await answered(path, { as: 'app' }, '*/*');
    return { status: response.status, bytes: new Uint8Array(await response.arrayBuffer()) };
  });
}

/** Asks Jira. Every status below 500 other than 429 is an answer; the rest is retried, then `Unavailable`. */
export async function jira(path: Route, call: Call): Promise<Answer> {
  try {
    return await retried(call, async () => {
      const response = await answered(path, call, 'application/json');
      return { status: response.status, json: await parsed(response) };
    });
  } catch (cause) {
    if (cause instanceof Unavailable && isRefusal(cause.cause)) return { status: 401, json: undefined };
    throw cause;
  }
}

async function retried<T>(call: Call, ask: () => Promise<T>): Promise<T> {
  try {
    return await withRetry(ask, (failure) =>
      failure instanceof Busy
        ? { transient: call.once !== true || failure.status === 429, ...wait(failure) }
        : { transient: call.once !== true && !isRefusal(failure) },
    );
  } catch (cause) {
    throw new Unavailable('jira', cause instanceof Error ? cause.message : 'Jira did not answer', { cause });
  }
}

async function answered(path: Route, { as, method = 'GET', body }: Call, accept: string): Promise<APIResponse> {
  const response = await (as === 'app' ? asApp() : asUser()).requestJira(path, { method, ...sent(body, accept) });
  if (response.status === 429 || response.status >= 500) {
    throw new Busy(response.status, response.headers.get('retry-after'));
  }
  return response;
}

function sent(body: unknown, Accept: string): { headers: Record<string, string>; body?: string } {
  if (body === undefined) return { headers: { Accept } };
  // @forge/api types a body as text only and hands it to fetch as it is. The type of a form names its boundary, which fetch makes up; the token is what Jira asks for before it takes a file.
  if (body instanceof FormData)
    return { headers: { Accept, 'X-Atlassian-Token': 'no-check' }, body: body as unknown as string };
  return { headers: { Accept, 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
}

async function parsed(response: APIResponse): Promise<unknown> {
  const text = await response.text();
  return text === '' ? undefined : (JSON.parse(text) as unknown);
}

const wait = ({ retryAfter }: Busy) => {
  const seconds = Number(retryAfter ?? 'none');
  return Number.isFinite(seconds) ? { retryAfterSeconds: seconds } : {};
};

/** Nobody is signed in for an `asUser` call: that is an answer, not an outage. */
const isRefusal = (failure: unknown): boolean => failure instanceof NeedsAuthenticationError;

/** Jira's own words for a refusal, each message once; the status when it gives none. */
export function messagesOf({ status, json }: Answer): readonly string[] {
  const parsed = refusal.safeParse(json);
  const messages = parsed.success
    ? [...(parsed.data.errorMessages ?? []), ...Object.values(parsed.data.errors ?? {})]
    : [];
  return messages.length > 0 ? messages : [`Jira answered ${status}.`];
}

const refusal = z.lazy(() =>
  z.looseObject({
    errorMessages: z.optional(z.array(z.string())),
    errors: z.optional(z.record(z.string(), z.string())),
  }),
);
