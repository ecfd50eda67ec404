import * as z from '#zod';
import type { PeopleMap } from './people';

const name = z.lazy(() => z.string().check(z.trim(), z.minLength(1), z.maxLength(200)));
const email = z.lazy(() => z.string().check(z.trim(), z.maxLength(320), z.regex(/^[^\s@]+@[^\s@]+$/)));
const id = z.lazy(() => z.string().check(z.regex(/^[A-Za-z0-9._-]{1,64}$/)));
const account = z.lazy(() => z.string().check(z.regex(/^[A-Za-z0-9:._-]{1,128}$/)));

const identity = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('email'), email }),
    z.strictObject({
      kind: z.literal('login'),
      source: z.string().check(z.regex(/^[a-z][a-z-]{0,39}$/)),
      login: name,
    }),
    z.strictObject({ kind: z.literal('author'), name, email: z.union([z.literal(''), email]) }),
  ]),
);

/** The shape of a people map as this version writes it. */
export const peopleSchema = z.lazy(() =>
  z.strictObject({
    version: id,
    people: z
      .array(
        z.strictObject({
          id,
          name,
          accounts: z.array(account).check(z.maxLength(20)),
          identities: z.array(identity).check(z.maxLength(100)),
          organisation: z.nullable(name),
        }),
      )
      .check(z.maxLength(2000)),
  }),
) satisfies z.ZodMiniType<PeopleMap>;

/** A map as it was stored, without what only storage needs. Undefined for anything that is none: nobody is half known. */
export function storedPeople(value: unknown): PeopleMap | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { version, people } = value as { readonly version?: unknown; readonly people?: unknown };
  return peopleSchema.safeParse({ version, people }).data;
}
