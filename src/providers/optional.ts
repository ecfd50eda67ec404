import * as z from '#zod';

/**
 * Members that a fact does not rest on. Absent, null and of another type are the same to us: collectors of the same
 * events differ in them, and none is a reason to refuse the fact.
 */
export const text = z.lazy(() => z.catch(z.nullish(z.string()), null));
export const flag = z.lazy(() => z.catch(z.nullish(z.boolean()), null));
export const number = z.lazy(() => z.catch(z.nullish(z.number()), null));
/** Whatever a caller put there; `unknown` alone would demand that the member is there. */
export const anything = z.lazy(() => z.optional(z.unknown()));

export const optional = <T extends z.ZodMiniType>(part: () => T) => z.lazy(() => z.catch(z.nullish(part()), null));

/** The members of a list that have the shape of `member`; the others are null, and what is no list is null. */
export const listOf = <T extends z.ZodMiniType>(member: () => T) =>
  z.lazy(() => z.catch(z.nullish(z.array(z.catch(z.nullable(member()), null))), null));

const COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/** The full commit ids among the candidates, lower case; an abbreviated or empty one names no commit for certain. */
export const commitIds = (...candidates: readonly (string | null | undefined)[]): readonly string[] =>
  candidates.flatMap((candidate) => {
    const id = candidate?.toLowerCase() ?? '';
    return COMMIT.test(id) && !/^0+$/.test(id) ? [id] : [];
  });
