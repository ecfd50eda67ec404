import { randomBytes } from 'node:crypto';
import { signedHeaders, STALE_SECONDS } from '../providers/envelope';
import { backoff, networkReason, retryAfter } from './backoff';
import type { Rim } from './rim';

export interface SignedPost {
  readonly url: string;
  readonly secret: string;
  readonly body: string;
  /** How long, in seconds, to ask again while the other side cannot answer. */
  readonly waitSeconds: number;
  /** How long, in seconds, between two questions; without it ever longer. */
  readonly intervalSeconds?: number;
  /** The answers that mean "ask again": their word in the body. */
  readonly again: readonly string[];
  /** The member of the answer's JSON that holds the word. */
  readonly member: string;
  readonly rim: Rim;
}

/** What came back in the end. `word` is null when the answer was not one of this app's. */
export interface Posted {
  readonly status: number | null;
  readonly word: string | null;
  readonly attempts: number;
  /** Why there is no answer, or what may explain a refusal, fit to be printed; null when there is nothing to add. */
  readonly failure: string | null;
}

interface Answer extends Omit<Posted, 'attempts'> {
  readonly retryAfter: number | undefined;
}

/** A web trigger has 55 s. */
const REQUEST_MS = 60_000;
/** What a proxy or the platform answers while the app itself was not asked. */
const TRANSIENT = [408, 425, 429];

/**
 * Posts a body, signed anew each time because a nonce is good once, until there is an answer that is not "ask again" or
 * the time is up. What failed on the way, such as a lost connection, is tried again too: the same body is the same fact.
 * Waits as long as `Retry-After` says where that fits into the time.
 */
export async function signedPost(post: SignedPost): Promise<Posted> {
  const { rim, again, waitSeconds, intervalSeconds } = post;
  const end = rim.now() + waitSeconds * 1000;
  for (let attempts = 1; ; attempts += 1) {
    const answer = await once(post);
    const { status, word, failure } = answer;
    const done = word !== null && !again.includes(word);
    const final = status !== null && status < 500 && !TRANSIENT.includes(status);
    const left = end - rim.now();
    rim.say(`attempt ${attempts}: ${word ?? failure ?? 'no answer'}${status === null ? '' : ` (HTTP ${status})`}`);
    if (done || (word === null && final) || left <= 0) return { status, word, failure, attempts };
    const pause = intervalSeconds === undefined ? backoff(attempts) : intervalSeconds * 1000;
    await rim.sleep(Math.min(Math.max(pause, answer.retryAfter ?? 0), left));
  }
}

async function once({ url, secret, body, member, rim }: SignedPost): Promise<Answer> {
  const timestamp = Math.floor(rim.now() / 1000);
  const headers = {
    'Content-Type': 'application/json',
    ...signedHeaders(secret, { timestamp, nonce: randomBytes(24).toString('base64url'), body }),
  };
  try {
    // A redirect would carry the signed body to somebody else.
    const response = await fetch(url, {
      method: 'POST',
      headers,
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(REQUEST_MS),
    });
    const word = wordOf(await response.text(), member);
    const failure = word === null ? `it answered ${response.status}, and not as this app does` : null;
    return {
      status: response.status,
      word,
      failure: failure ?? clockOff(response, rim.now()),
      retryAfter: retryAfter(response.headers.get('retry-after'), rim.now()),
    };
  } catch (error) {
    return {
      status: null,
      word: null,
      failure: `it could not be reached (${networkReason(error)})`,
      retryAfter: undefined,
    };
  }
}

/** A refusal says nothing of its reason, but the server's own clock may: a signature of another time is not accepted. */
function clockOff(response: Response, now: number): string | null {
  if (response.status !== 401) return null;
  const seconds = Math.round((now - Date.parse(response.headers.get('date') ?? '')) / 1000);
  return Math.abs(seconds) > STALE_SECONDS
    ? `this machine's clock is ${Math.abs(seconds)} s ${seconds > 0 ? 'ahead of' : 'behind'} the server's`
    : null;
}

function wordOf(text: string, member: string): string | null {
  try {
    const answer: unknown = JSON.parse(text);
    if (typeof answer !== 'object' || answer === null) return null;
    const word: unknown = Object.entries(answer).find(([name]) => name === member)?.[1];
    return typeof word === 'string' && /^[a-z-]{1,40}$/.test(word) ? word : null;
  } catch {
    // A proxy's page, or an answer that was cut off: the caller says that it was no answer of this app.
    return null;
  }
}
