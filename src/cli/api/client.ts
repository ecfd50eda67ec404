import * as z from '#zod';
import { optional, text } from '../../providers/optional';
import { backoff, networkReason, retryAfter } from '../backoff';
import type { Rim } from '../rim';

/** Something that a provider's API did not give, in words fit to be shown. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';

  /** @param isUnknownCommit the API answers, and knows no such commit: it was never pushed. */
  constructor(
    message: string,
    readonly isUnknownCommit = false,
  ) {
    super(message);
  }
}

export interface Answer {
  readonly body: unknown;
  readonly headers: Headers;
}

export interface ApiAccess {
  /** Name for people: "GitHub's API". */
  readonly name: string;
  /** Address that all paths begin with, ending in a slash. */
  readonly base: string;
  /** Headers that authenticate; without any, what is public is asked for. */
  readonly headers: Readonly<Record<string, string>>;
  /** What to do when the token is not enough. */
  readonly hint: string;
  readonly waitSeconds: number;
  readonly rim: Rim;
}

const REQUEST_MS = 30_000;
export const MAX_PAGES = 200;
const MAX_REDIRECTS = 3;

/**
 * Asks a provider's API with the runner's token. Waits and asks again when it is limited, fails or cannot be reached, in all
 * no longer than it was told. The token goes to the address that it is for and nowhere else, whatever an answer says.
 */
export class ApiClient {
  private left: number;

  constructor(private readonly access: ApiAccess) {
    this.left = access.waitSeconds * 1000;
  }

  /** @throws ApiProblem */
  async get(path: string): Promise<Answer> {
    return this.ask(this.addressOf(path));
  }

  /** A question that is too long for an address. Nothing is changed by it. @throws ApiProblem */
  async query(path: string, body: object): Promise<Answer> {
    return this.ask(this.addressOf(path), JSON.stringify(body));
  }

  /**
   * All pages, one after the other.
   * @param next address or path of the page after an answer; undefined after the last.
   * @throws ApiProblem, also when the pages do not end.
   */
  async *pages(path: string, next: (answer: Answer, asked: string) => string | undefined): AsyncGenerator<Answer> {
    const seen = new Set<string>();
    let address: string | undefined = this.addressOf(path).href;
    while (address !== undefined) {
      if (seen.has(address) || seen.size >= MAX_PAGES)
        throw new ApiProblem(`${this.access.name} has more than ${MAX_PAGES} pages, or repeats them`);
      seen.add(address);
      const answer = await this.ask(new URL(address));
      yield answer;
      const following = next(answer, address);
      address = following === undefined ? undefined : this.addressOf(following).href;
    }
  }

  /** Within the API, so that no answer can send the token elsewhere. */
  private addressOf(path: string): URL {
    const url = new URL(path, this.access.base);
    if (url.origin !== new URL(this.access.base).origin)
      throw new ApiProblem(`${this.access.name} points to another server, which is not asked`);
    return url;
  }

  private async ask(url: URL, body?: string): Promise<Answer> {
    const { name, rim } = this.access;
    let [at, redirects] = [url, 0];
    for (let attempt = 1; ; attempt += 1) {
      rim.say(`${name}: ${body === undefined ? 'GET' : 'POST'} ${at.pathname}`);
      const got = await this.once(at, body);
      if (got.outcome === 'answer') return got.answer;
      if (got.outcome === 'refused') throw new ApiProblem(got.why, got.isUnknownCommit);
      if (got.outcome === 'moved') {
        redirects += 1;
        if (redirects > MAX_REDIRECTS) throw new ApiProblem(`${name} redirects in a circle`);
        at = this.addressOf(got.to);
        continue;
      }
      const pause = Math.max(got.pause ?? 0, backoff(attempt));
      if (pause > this.left)
        throw new ApiProblem(`${got.why}; it was asked ${attempt} times, and waiting longer is up to --wait`);
      this.left -= pause;
      await rim.sleep(pause);
    }
  }

  private async once(url: URL, body: string | undefined): Promise<Got> {
    const { name, headers, rim } = this.access;
    try {
      const response = await fetch(url, {
        method: body === undefined ? 'GET' : 'POST',
        headers: {
          Accept: 'application/json',
          'User-Agent': 'change-control',
          ...headers,
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body }),
        redirect: 'manual',
        signal: AbortSignal.timeout(REQUEST_MS),
      });
      return this.judged(response, await response.text(), rim.now());
    } catch (error) {
      return { outcome: 'again', why: `${name} could not be reached (${networkReason(error)})`, pause: undefined };
    }
  }

  private judged(response: Response, body: string, now: number): Got {
    const { name, hint } = this.access;
    const { status, headers } = response;
    const location = headers.get('location');
    if (status >= 300 && status < 400 && location !== null) return { outcome: 'moved', to: location };
    const limited = status === 429 || (status === 403 && limitReached(headers));
    // Bitbucket answers 202 while it is still looking.
    if (limited || status >= 500 || status === 202) {
      const why = limited ? `${name} limits how often it may be asked (${status})` : `${name} answered ${status}`;
      return { outcome: 'again', why, pause: pauseOf(headers, now) };
    }
    if (status !== 200 && status !== 201) {
      const said = messageOf(body);
      // Azure DevOps answers 203 and a page for people to whoever it does not know.
      const why = [401, 403, 404, 203].includes(status) ? `: ${hint}` : '';
      const isUnknownCommit = status === 422 || (status === 404 && /commit/i.test(said));
      return {
        outcome: 'refused',
        why: `${name} answered ${status}${said === '' ? '' : ` (${said})`}${why}`,
        isUnknownCommit,
      };
    }
    try {
      return { outcome: 'answer', answer: { body: JSON.parse(body), headers } };
    } catch {
      return { outcome: 'refused', why: `${name} answered with what is no JSON`, isUnknownCommit: false };
    }
  }
}

type Got =
  | { readonly outcome: 'answer'; readonly answer: Answer }
  | { readonly outcome: 'moved'; readonly to: string }
  | { readonly outcome: 'again'; readonly why: string; readonly pause: number | undefined }
  | { readonly outcome: 'refused'; readonly why: string; readonly isUnknownCommit: boolean };

const said = z.lazy(() => z.object({ message: text, error: optional(() => z.object({ message: text })) }));

/** What an API says of its refusal, where all of them put it. */
function messageOf(body: string): string {
  try {
    const read = said.safeParse(JSON.parse(body));
    return (read.data?.message ?? read.data?.error?.message ?? '').slice(0, 200);
  } catch {
    // A page for people: its status has to do.
    return '';
  }
}

/** GitHub's limits come as 403 (docs.github.com, "Rate limits for the REST API"). */
const limitReached = (headers: Headers): boolean =>
  headers.get('x-ratelimit-remaining') === '0' || headers.get('retry-after') !== null;

/** When to ask again: as `Retry-After` says, or when the limit is lifted, told in Unix seconds by GitHub and GitLab. */
function pauseOf(headers: Headers, now: number): number | undefined {
  const after = retryAfter(headers.get('retry-after'), now);
  if (after !== undefined) return after;
  const reset = headers.get('x-ratelimit-reset') ?? headers.get('ratelimit-reset');
  return reset !== null && /^\d{9,11}$/.test(reset) ? Math.max(0, Number(reset) * 1000 - now) : undefined;
}

/** The address with `rel="next"` of a Link header (RFC 8288). */
export function nextLink({ headers }: Answer): string | undefined {
  const links = headers.get('link')?.split(/,\s*(?=<)/) ?? [];
  const next = links.find((link) => /;\s*rel="?next"?/.test(link));
  return /^<([^>]+)>/.exec(next ?? '')?.[1];
}
