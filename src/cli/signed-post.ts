import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { signedHeaders } from '../providers/envelope';

export interface SignedPost {
  readonly url: string;
  readonly secret: string;
  readonly body: string;
  /** How long, in seconds, to ask again while the other side cannot answer. */
  readonly waitSeconds: number;
  /** The answers that mean "ask again": their word in the body. */
  readonly again: readonly string[];
  /** The member of the answer's JSON that holds the word. */
  readonly member: string;
}

/** What came back in the end. `word` is null when the answer was not one of this app's. */
export interface Posted {
  readonly status: number | null;
  readonly word: string | null;
  readonly attempts: number;
  /** Why there is no answer, fit to be printed; null when there is one. */
  readonly failure: string | null;
}

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 15_000;
/** A web trigger has 55 s. */
const REQUEST_MS = 60_000;

/**
 * Posts a body, signed anew each time because a nonce is good once, until there is an answer that is not "ask again" or
 * the time is up. What failed on the way, such as a lost connection, is tried again too: the same body is the same fact.
 */
export async function signedPost(post: SignedPost): Promise<Posted> {
  const end = Date.now() + post.waitSeconds * 1000;
  let pause = FIRST_PAUSE_MS;
  for (let attempts = 1; ; attempts += 1) {
    const answer = await once(post);
    const done = answer.word !== null && !post.again.includes(answer.word);
    const final = answer.status !== null && answer.status < 500 && ![408, 425, 429].includes(answer.status);
    const left = end - Date.now();
    if (done || (answer.word === null && final) || left <= 0) return { ...answer, attempts };
    await sleep(Math.min(pause, left));
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  }
}

async function once({ url, secret, body, member }: SignedPost): Promise<Omit<Posted, 'attempts'>> {
  const timestamp = Math.floor(Date.now() / 1000);
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
    return { status: response.status, word, failure };
  } catch (error) {
    return { status: null, word: null, failure: reasonOf(error) };
  }
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

/** `fetch` hides the reason in the cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'it could not be reached';
  const { cause } = error;
  const said = cause instanceof Error && cause.message !== '' ? cause.message : error.message;
  return `it could not be reached (${said})`;
}
