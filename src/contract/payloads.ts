import * as z from 'zod/mini';

const text = (max: number) => z.string().check(z.trim(), z.minLength(1), z.maxLength(max));

export const decisionPayload = z.object({
  decision: z.enum(['approved', 'disapproved', 'deferred', 'withdrawn']),
  basis: text(8000),
  requiredActions: z.optional(z.array(z.object({ what: text(2000), owner: text(128) })).check(z.maxLength(50))),
  /** "Sign off and move": also performs the Approve transition, as the person. */
  move: z.optional(z.boolean()),
});
export type DecisionPayload = z.infer<typeof decisionPayload>;

export const packPayload = z.object({ pack: text(64) });
export const packPartPayload = z.object({
  pack: text(64),
  part: z.number().check(z.int(), z.minimum(0), z.maximum(100_000)),
});
export const clearMarkingPayload = z.object({ finding: text(64), reason: text(2000) });
export const registerPayload = z.object({ limit: z.optional(z.number().check(z.int(), z.minimum(1), z.maximum(500))) });
