import { backoff, networkReason, retryAfter } from '../backoff';
import type { Rim } from '../rim';

export interface Asked {
  readonly url: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
  readonly text: string;
}

/** A server could not be reached, or went on answering that it cannot now. The message is fit to be printed. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

export interface Asking {
  readonly rim: Rim;
  /** How long, in seconds, to ask again while there is no answer. */
  readonly waitSeconds: number;
}

const REQUEST_MS = 120_000;
const TRANSIENT = [408, 425, 429];

/**
 * Asks until there is an answer other than "not now" (408, 425, 429, 5xx) or the time is up; waits as long as
 * `Retry-After` says. Follows no redirect: it would carry what authenticates the request to somebody else. `made` is
 * called anew for each attempt, because what is signed holds the time.
 *
 * @throws NoAnswer
 */
export async function ask({ rim, waitSeconds }: Asking, made: () => Asked | Promise<Asked>): Promise<Answered> {
  const end = rim.now() + waitSeconds * 1000;
  for (let attempt = 1; ; attempt += 1) {
    const asked = await made();
    const answer = await once(asked);
    const now = rim.now();
    const where = `${asked.method ?? 'GET'} ${new URL(asked.url).origin}${new URL(asked.url).pathname}`;
    rim.say(`${where}: ${typeof answer === 'string' ? answer : answer.status}`);
    if (typeof answer !== 'string' && answer.status < 500 && !TRANSIENT.includes(answer.status)) return answer;
    if (now >= end) throw new NoAnswer(`${where}: ${typeof answer === 'string' ? answer : `HTTP ${answer.status}`}`);
    const asks = typeof answer === 'string' ? undefined : retryAfter(answer.headers.get('retry-after'), now);
    await rim.sleep(Math.min(Math.max(backoff(attempt), asks ?? 0), end - now));
  }
}

async function once({ url, method = 'GET', headers = {}, body }: Asked): Promise<Answered | string> {
  try {
    const response = await fetch(url, {
      method,
      headers,
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : new Uint8Array(body) }),
      redirect: 'manual',
      signal: AbortSignal.timeout(REQUEST_MS),
    });
    const bytes = new Uint8Array(await response.arrayBuffer());
    return { status: response.status, headers: response.headers, bytes, text: new TextDecoder().decode(bytes) };
  } catch (error) {
    return networkReason(error);
  }
}

/** The JSON of an answer; undefined for anything else, such as a proxy's page. */
export function jsonOf({ text }: Pick<Answered, 'text'>): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // The caller says that it was no answer of the server that was meant.
    return undefined;
  }
}
