import { EMAIL } from '../../gate/question';
import type { EnvelopePerson } from '../../providers/pipeline/envelope';
import { commitIds } from '../../providers/optional';
import type { Environment } from '../rim';

const MAX_LINE = 200;

/** One line of at most 200 characters, as an envelope takes it; undefined for nothing. */
export function lineOf(text: string | null | undefined, max = MAX_LINE): string | undefined {
  const line = text
    ?.replaceAll(/[\p{Control}\p{Surrogate}]+/gu, ' ')
    .trim()
    .slice(0, max)
    .replaceAll(/\p{Surrogate}/gu, '');
  return line === undefined || line === '' ? undefined : line;
}

export const valueOf = (environment: Environment, name: string): string | undefined => lineOf(environment[name]);

/** The full hash that a variable holds; a branch that did not exist before is all zeros, and none. */
export const hashOf = (text: string | null | undefined): string | undefined => commitIds(text)[0];

/** An address fit to be shown: without credentials, which some runners put into it. */
export function addressOf(text: string | null | undefined): string | undefined {
  if (text === null || text === undefined || !/^https?:\/\/\S+$/.test(text)) return undefined;
  try {
    const url = new URL(text);
    url.username = '';
    url.password = '';
    return url.href.length > 2000 ? undefined : url.href;
  } catch {
    // An address that cannot be read is no address.
    return undefined;
  }
}

/** A person, or undefined without a name or login. */
export function personOf(said: {
  readonly name?: string | null | undefined;
  readonly email?: string | null | undefined;
  readonly login?: string | null | undefined;
}): EnvelopePerson | undefined {
  const [login, email] = [lineOf(said.login), lineOf(said.email, 320)];
  const name = lineOf(said.name) ?? login;
  if (name === undefined) return undefined;
  return {
    name,
    ...(email !== undefined && EMAIL.test(email) ? { email } : {}),
    ...(login === undefined ? {} : { login }),
  };
}

export const joined = (...parts: readonly (string | undefined)[]): string | undefined =>
  parts.includes(undefined) ? undefined : parts.join('');

/** `refs/heads/x` as `x`. */
export const shortRef = (ref: string | undefined): string | undefined => lineOf(ref?.replace(/^refs\/heads\//, ''));

type Given<T> = { readonly [K in keyof T]: Exclude<T[K], undefined> };

/** The members that are there, so that none is there and undefined. */
export const present = <T extends object>(members: T): Given<T> =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Given<T>;
