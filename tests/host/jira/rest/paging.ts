import { Refusal } from '../refusal';
import type { RestCall } from '../router';

/** One parameter that counts. @throws Refusal 400 for anything but a whole number from 0. */
export function count(query: URLSearchParams, name: string, otherwise: number): number {
  const given = query.get(name);
  if (given === null || given === '') return otherwise;
  if (!/^\d{1,9}$/.test(given))
    throw new Refusal(400, `The value of '${name}' must be a number of 0 or more, not '${given}'.`);
  return Number(given);
}

/** `startAt` and `maxResults`, the latter cut to what Jira gives at most. */
export function window(
  query: URLSearchParams,
  otherwise: number,
  atMost: number,
): { readonly startAt: number; readonly maxResults: number } {
  return { startAt: count(query, 'startAt', 0), maxResults: Math.min(count(query, 'maxResults', otherwise), atMost) };
}

/** Jira's page bean over a whole list. */
export function pageBean(
  call: RestCall,
  baseUrl: string,
  all: readonly unknown[],
  { startAt, maxResults }: { readonly startAt: number; readonly maxResults: number },
): Readonly<Record<string, unknown>> {
  return pageOf(call, baseUrl, {
    values: all.slice(startAt, startAt + maxResults),
    total: all.length,
    startAt,
    maxResults,
  });
}

/** Jira's page bean of a part that was read on its own. */
export function pageOf(
  call: RestCall,
  baseUrl: string,
  part: {
    readonly values: readonly unknown[];
    readonly total: number;
    readonly startAt: number;
    readonly maxResults: number;
  },
): Readonly<Record<string, unknown>> {
  const { values, total, startAt, maxResults } = part;
  const isLast = startAt + values.length >= total;
  const at = (start: number) => {
    const url = new URL(call.path, `${baseUrl}/`);
    url.searchParams.set('startAt', String(start));
    url.searchParams.set('maxResults', String(maxResults));
    return url.href;
  };
  return {
    self: at(startAt),
    ...(isLast || maxResults === 0 ? {} : { nextPage: at(startAt + maxResults) }),
    maxResults,
    startAt,
    total,
    isLast,
    values,
  };
}

/** A parameter that is given several times, or once with commas. */
export function listOf(query: URLSearchParams, name: string): readonly string[] {
  return query
    .getAll(name)
    .flatMap((given) => given.split(','))
    .map((each) => each.trim())
    .filter((each) => each !== '');
}
