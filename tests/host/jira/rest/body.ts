import * as z from 'zod/mini';
import { Refusal } from '../refusal';
import type { RestCall } from '../router';

/** The body of a call in its documented shape. @throws Refusal 400 for anything else. */
export const bodyOf = <T>(schema: z.ZodMiniType<T>, call: RestCall): T => parsed(schema, call.json());

/** @throws Refusal 400 when a body has not the documented shape. */
export function parsed<T>(schema: z.ZodMiniType<T>, given: unknown): T {
  const read = schema.safeParse(given);
  if (!read.success) throw new Refusal(400, `Invalid request payload: ${z.prettifyError(read.error)}`);
  return read.data;
}

const LONGEST = 255;

/** A name or a description of something that an administrator makes. @throws Refusal 400 for one that is too long. */
export function notTooLong(given: string, key: 'name' | 'description', longest = LONGEST): string {
  if (given.length > longest)
    throw new Refusal(400, {
      errors: { [key]: `The ${key} is too long. The maximum length is ${longest} characters.` },
    });
  return given;
}

/**
 * A name that no other has.
 * @throws Refusal 400 for one that is empty or too long; `taken` for one that another has.
 */
export function ownName(
  given: string,
  what: string,
  others: readonly { readonly name: string }[],
  { taken = 400, longest = LONGEST }: { readonly taken?: number; readonly longest?: number } = {},
): string {
  const name = given.trim();
  if (name === '') throw new Refusal(400, { errors: { name: `You must specify a name for the ${what}.` } });
  notTooLong(name, 'name', longest);
  if (others.some((other) => other.name.toLowerCase() === name.toLowerCase()))
    throw new Refusal(taken, { errors: { name: `A ${what} with the name '${name}' already exists.` } });
  return name;
}

/** A list ordered by `orderBy`, `name` or `id`, as the configuration calls take it. @throws Refusal 400 for another. */
export function ordered<T extends { readonly id: string; readonly name: string }>(
  all: readonly T[],
  call: RestCall,
): readonly T[] {
  const given = call.query.get('orderBy') ?? '';
  const by = given.replace(/^[-+ ]/, '');
  if (by === '') return all;
  if (by !== 'name' && by !== 'id') throw new Refusal(400, `The results cannot be ordered by '${given}'.`);
  const sign = given.startsWith('-') ? -1 : 1;
  const compare = (a: T, b: T) => (by === 'id' ? Number(a.id) - Number(b.id) : a.name.localeCompare(b.name));
  return [...all].sort((a, b) => sign * compare(a, b));
}
