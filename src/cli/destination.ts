import type { Environment } from './rim';

/** Where a verb sends to and with what, checked before anything is done. */
export type Destination =
  | {
      readonly ok: true;
      readonly url: string;
      readonly secret: string;
      readonly waitSeconds: number;
      readonly intervalSeconds?: number;
    }
  | { readonly ok: false; readonly complaint: string };

const MAX_WAIT_SECONDS = 3600;

/**
 * Reads the address, the secret and the time to wait. The secret is taken from an environment variable only, because a
 * command line is seen by everybody on the machine and kept in logs.
 */
export function destination(
  given: {
    readonly url: string | undefined;
    readonly urlVariable: string;
    readonly secretEnv: string;
    readonly wait: string;
    readonly interval?: string | undefined;
  },
  environment: Environment,
): Destination {
  const no = (complaint: string): Destination => ({ ok: false, complaint });
  const url = urlOf(given.url);
  if (url === undefined)
    return no(`--url is the address of the web trigger, https://…, which may stand in ${given.urlVariable} instead.`);
  if (url.username !== '' || url.password !== '')
    return no('--url holds credentials, which logs would show. The web trigger needs none: what is sent is signed.');
  const secret = environment[given.secretEnv];
  if (secret === undefined || secret === '')
    return no(`The secret is read from the environment variable ${given.secretEnv}, which is not set.`);
  const waitSeconds = secondsOf(given.wait, 0);
  if (waitSeconds === undefined) return no(`--wait is a number of seconds from 0 to ${MAX_WAIT_SECONDS}.`);
  if (given.interval === undefined) return { ok: true, url: url.href, secret, waitSeconds };
  const intervalSeconds = secondsOf(given.interval, 1);
  if (intervalSeconds === undefined) return no(`--interval is a number of seconds from 1 to ${MAX_WAIT_SECONDS}.`);
  return { ok: true, url: url.href, secret, waitSeconds, intervalSeconds };
}

export function secondsOf(text: string, least: number): number | undefined {
  const seconds = /^\d{1,4}$/.test(text) ? Number(text) : NaN;
  return seconds >= least && seconds <= MAX_WAIT_SECONDS ? seconds : undefined;
}

function urlOf(text: string | undefined): URL | undefined {
  try {
    const url = new URL(text ?? '');
    return /^https?:$/.test(url.protocol) ? url : undefined;
  } catch {
    return undefined;
  }
}
