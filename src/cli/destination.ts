/** Where a verb sends to and with what, checked before anything is done. */
export type Destination =
  | { readonly ok: true; readonly url: string; readonly secret: string; readonly waitSeconds: number }
  | { readonly ok: false; readonly complaint: string };

const MAX_WAIT_SECONDS = 3600;

/**
 * Reads the address, the secret and the time to wait. The secret is taken from an environment variable only, because a
 * command line is seen by everybody on the machine and kept in logs.
 */
export function destination(
  given: { readonly url: string | undefined; readonly secretEnv: string; readonly wait: string },
  environment: Readonly<Record<string, string | undefined>>,
): Destination {
  const no = (complaint: string): Destination => ({ ok: false, complaint });
  if (given.url === undefined || !/^https?:$/.test(protocolOf(given.url)))
    return no('--url is the address of the web trigger: https://…');
  const secret = environment[given.secretEnv];
  if (secret === undefined || secret === '')
    return no(`The secret is read from the environment variable ${given.secretEnv}, which is not set.`);
  const waitSeconds = /^\d{1,4}$/.test(given.wait) ? Number(given.wait) : NaN;
  if (!(waitSeconds <= MAX_WAIT_SECONDS)) return no(`--wait is a number of seconds from 0 to ${MAX_WAIT_SECONDS}.`);
  return { ok: true, url: given.url, secret, waitSeconds };
}

function protocolOf(url: string): string {
  try {
    return new URL(url).protocol;
  } catch {
    return '';
  }
}
