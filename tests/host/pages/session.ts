import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';

/**
 * Who sits in front of the browser. The site lets anybody be anybody (the switcher, or Basic with any password), so the
 * cookie names the person and needs no secret; what it must not do is leak into the app's frames, which is why those
 * live on another host name and the cookie is bound to this one.
 */
const COOKIE = 'site.session.user';

/** The user name in the session cookie, for routes that are not pages; undefined without one. */
export function sessionUserName(cookieHeader: string | undefined): string | undefined {
  for (const pair of (cookieHeader ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === COOKIE)
      return decodeURIComponent(pair.slice(at + 1).trim()) || undefined;
  }
  return undefined;
}

/** The user name of this request: HTTP Basic (any password, RFC 7617) before the cookie. */
export function requestUserName(c: Context): string | undefined {
  const basic = /^Basic\s+([A-Za-z0-9+/=]+)$/i.exec(c.req.header('authorization') ?? '');
  if (basic?.[1] !== undefined) return Buffer.from(basic[1], 'base64').toString('utf8').split(':')[0];
  const name = getCookie(c, COOKIE);
  return name === '' ? undefined : name;
}

export function startSession(c: Context, userName: string): void {
  setCookie(c, COOKIE, userName, { httpOnly: true, sameSite: 'Lax', path: '/' });
}

export function endSession(c: Context): void {
  deleteCookie(c, COOKIE, { path: '/' });
}

export type ColorMode = 'light' | 'dark' | 'auto';

/** The colour mode that the visitor chose; `auto` follows the machine. */
export function colorMode(c: Context): ColorMode {
  const chosen = getCookie(c, 'site.color');
  return chosen === 'light' || chosen === 'dark' ? chosen : 'auto';
}

export function keepColorMode(c: Context, mode: ColorMode): void {
  setCookie(c, 'site.color', mode, { sameSite: 'Lax', path: '/', maxAge: 31_536_000 });
}
