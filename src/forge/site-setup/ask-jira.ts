import { assumeTrustedRoute, asUser, NeedsAuthenticationError } from '@forge/api';
import { Unavailable } from '../../ports/ports';
import { SetupRefused } from '../../ports/site-setup';

/**
 * Jira as the invoking person. Nothing is tried twice here: whether a write that was not answered happened is found out
 * by looking, not by writing again.
 *
 * @throws SetupRefused with Jira's own words for 400 to 499, Unavailable for the rest.
 */
export async function askJira(
  path: string,
  options: { readonly method?: 'POST' | 'PUT'; readonly body?: unknown } = {},
): Promise<unknown> {
  const { status, json } = await ask(path, options);
  if (status >= 400) throw new SetupRefused(status, wordsOf(json) ?? `${status} for ${path.split('?')[0] ?? ''}`);
  return json;
}

/** As above, but undefined where Jira has no such thing, or does not show it. */
export async function lookFor(
  path: string,
  options: { readonly method?: 'POST'; readonly body?: unknown } = {},
): Promise<unknown> {
  const { status, json } = await ask(path, options);
  if (status === 404) return undefined;
  if (status >= 400) throw new SetupRefused(status, wordsOf(json) ?? `${status} for ${path.split('?')[0] ?? ''}`);
  return json;
}

async function ask(
  path: string,
  { method = 'GET', body }: { readonly method?: 'GET' | 'POST' | 'PUT'; readonly body?: unknown },
) {
  try {
    const response = await asUser().requestJira(assumeTrustedRoute(path), {
      method,
      headers: { Accept: 'application/json', ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (response.status === 429 || response.status >= 500)
      throw new Unavailable('jira', `Jira answered ${response.status}`);
    return { status: response.status, json: text === '' ? undefined : (JSON.parse(text) as unknown) };
  } catch (cause) {
    if (cause instanceof Unavailable) throw cause;
    if (cause instanceof NeedsAuthenticationError) throw new SetupRefused(401, 'you are not signed in');
    throw new Unavailable('jira', cause instanceof Error ? cause.message : 'Jira did not answer', { cause });
  }
}

/** Jira's error shapes: `errorMessages`, `errors` by field, or a single `message`. */
function wordsOf(json: unknown): string | undefined {
  if (typeof json !== 'object' || json === null) return undefined;
  const said: unknown[] = [];
  if ('errorMessages' in json && Array.isArray(json.errorMessages)) said.push(...(json.errorMessages as unknown[]));
  if ('errors' in json && typeof json.errors === 'object' && json.errors !== null)
    said.push(...(Object.values(json.errors) as unknown[]));
  if ('message' in json) said.push(json.message);
  const words = said.filter((one): one is string => typeof one === 'string' && one !== '');
  return words.length === 0 ? undefined : words.join(' ');
}

/** Every page of a list that Jira pages by `startAt`; a list longer than `most` is an error, never cut. */
export async function allPages(path: string, most = 2_000): Promise<readonly unknown[]> {
  const found: unknown[] = [];
  for (;;) {
    const page = pageOf(
      await askJira(`${path}${path.includes('?') ? '&' : '?'}startAt=${found.length}&maxResults=100`),
    );
    found.push(...page.values);
    if (page.isLast || page.values.length === 0) return found;
    if (found.length >= most) throw new Unavailable('jira', `Jira has more than ${most} entries at ${path}`);
  }
}

export function pageOf(json: unknown): { readonly values: readonly unknown[]; readonly isLast: boolean } {
  if (typeof json !== 'object' || json === null || !('values' in json) || !Array.isArray(json.values))
    throw new Unavailable('jira', 'Jira answered a list in a shape that is not documented');
  const values = json.values as unknown[];
  const total = 'total' in json && typeof json.total === 'number' ? json.total : undefined;
  const startAt = 'startAt' in json && typeof json.startAt === 'number' ? json.startAt : 0;
  const isLast = 'isLast' in json ? json.isLast === true : total === undefined || startAt + values.length >= total;
  return { values, isLast };
}
