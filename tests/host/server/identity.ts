import type { Context } from 'hono';
import type { JiraSite } from '../contract';
import { InvokeRefusal } from '../forge/refusal';
import { requestUserName } from '../pages/session';

/** Who asks: HTTP Basic with any password, or the session cookie. Undefined: nobody. An unknown name is refused. */
export function callerOf(c: Context, jira: JiraSite): string | undefined {
  const userName = requestUserName(c);
  if (userName === undefined) return undefined;
  const accountId = jira.accountIdOf(userName);
  if (accountId === undefined) throw new InvokeRefusal(401, 'unauthenticated', `There is no user ${userName}.`);
  return accountId;
}

export function signedIn(c: Context, jira: JiraSite): string {
  const accountId = callerOf(c, jira);
  if (accountId === undefined) throw new InvokeRefusal(401, 'unauthenticated', 'Sign in with HTTP Basic.');
  return accountId;
}

/**
 * A page of another origin must not act with the cookie of whoever is signed in here; with credentials of its own,
 * which a script has to know, it may.
 */
export function isForeignPage(c: Context): boolean {
  const origin = c.req.header('origin');
  const safe = c.req.method === 'GET' || c.req.method === 'HEAD';
  if (origin === undefined || safe || c.req.header('authorization') !== undefined) return false;
  return origin !== new URL(c.req.url).origin;
}
