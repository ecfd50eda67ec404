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

export const basisPayload = z.lazy(() => z.object({ basis: text(8000) }));
export const reviewPayload = z.lazy(() =>
  z.object({ decision: z.enum(['approved', 'disapproved']), basis: text(8000) }),
);
export const freezePayload = z.lazy(() => z.object({ freeze: text(64), basis: text(8000) }));
export const templatePayload = z.lazy(() => z.object({ template: text(64) }));
const place = z.lazy(() => z.number().check(z.int(), z.minimum(0), z.maximum(1_000_000)));
export const actionPayload = z.lazy(() =>
  z.object({
    decision: place,
    action: place,
    outcome: z.enum(['done', 'withdrawn']),
    note: z._default(z.string().check(z.maxLength(2000)), ''),
  }),
);
/** UTC with milliseconds, as `Date.toISOString` writes it. */
const instant = z.lazy(() => z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)));
const recordUpdate = z.lazy(() => z.enum(['updated', 'not-needed', 'outstanding']));
export const implementationPayload = z.lazy(() =>
  z.object({
    startedAt: instant,
    endedAt: instant,
    outcome: z.enum(['as-planned', 'with-deviations', 'backed-out', 'failed']),
    backoutUsed: z.boolean(),
    verification: text(8000),
    controlsSatisfied: z.boolean(),
    verifiedAt: instant,
    /** Who verified: an account id. */
    verifiedBy: text(128),
    baselineUpdated: recordUpdate,
    inventoryUpdated: recordUpdate,
    planUpdated: recordUpdate,
    notes: z._default(z.string().check(z.maxLength(8000)), ''),
  }),
);
export type ImplementationPayload = z.infer<typeof implementationPayload>;

export const breakGlassPayload = z.lazy(() =>
  z.object({
    /** The move that it explains; null for what left no move. */
    historyId: z.nullable(text(40)),
    usedAt: instant,
    what: text(4000),
    why: text(4000),
  }),
);

const projectKey = z.lazy(() => z.string().check(z.regex(/^[A-Z][A-Z0-9_]{1,99}$/)));
export const adoptPayload = z.lazy(() => z.object({ project: projectKey }));

/** Sender and SHA-256 of a delivery's body. */
const delivery = z.lazy(() => z.string().check(z.regex(/^[a-z-]{1,40}\.[0-9a-f]{64}$/)));
export const openOrphanPayload = z.lazy(() => z.object({ delivery, project: z.optional(projectKey) }));
export const dismissOrphanPayload = z.lazy(() => z.object({ delivery, reason: text(2000) }));
export const orphanPagePayload = z.lazy(() =>
  z.object({ page: z.optional(z.number().check(z.int(), z.minimum(0), z.maximum(99_999))) }),
);

export const secretPayload = z.lazy(() =>
  z.object({ source: text(40), label: z.string().check(z.trim(), z.regex(/^[A-Za-z0-9][A-Za-z0-9 ._()-]{0,59}$/)) }),
);

export const previewPolicyPayload = z.lazy(() => z.object({ policy: z.unknown() }));

/** The policy itself is parsed with its own schema. */
export const savePolicyPayload = z.lazy(() => z.object({ basedOn: text(64), policy: z.unknown(), reason: text(2000) }));

/** The people themselves are parsed with their own schema. */
export const savePeoplePayload = z.lazy(() => z.object({ basedOn: text(64), people: z.unknown(), reason: text(2000) }));

export const resolveAuthorPayload = z.lazy(() =>
  z.object({
    evidence: place,
    index: place,
    /** Null: nobody who may decide here. */
    account: z.nullable(text(128)),
    basis: text(2000),
  }),
);

/** What was chosen is parsed with its own schema. */
export const setupPayload = z.lazy(() => z.object({ choices: z.unknown() }));
export const setupDraftPayload = z.lazy(() =>
  z.object({ step: z.number().check(z.int(), z.minimum(0), z.maximum(20)) }),
);
export const setupQueryPayload = z.lazy(() =>
  z.object({ query: z._default(z.string().check(z.trim(), z.maxLength(200)), '') }),
);
