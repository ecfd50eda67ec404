import * as z from '#zod';

const text = (max: number) => z.string().check(z.trim(), z.minLength(1), z.maxLength(max));

export const decisionPayload = z.lazy(() =>
  z.object({
    decision: z.enum(['approved', 'disapproved', 'deferred', 'withdrawn']),
    basis: text(8000),
    requiredActions: z.optional(z.array(z.object({ what: text(2000), owner: text(128) })).check(z.maxLength(50))),
    /** "Sign off and move": also performs the Approve transition, as the person. */
    move: z.optional(z.boolean()),
  }),
);
export type DecisionPayload = z.infer<typeof decisionPayload>;

export const packPayload = z.lazy(() => z.object({ pack: text(64) }));
export const packPartPayload = z.lazy(() =>
  z.object({
    pack: text(64),
    part: z.number().check(z.int(), z.minimum(0), z.maximum(100_000)),
  }),
);
export const clearMarkingPayload = z.lazy(() => z.object({ finding: text(64), reason: text(2000) }));
export const registerPayload = z.lazy(() =>
  z.object({ limit: z.optional(z.number().check(z.int(), z.minimum(1), z.maximum(500))) }),
);
