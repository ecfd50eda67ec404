import * as z from '#zod';

const text = (max: number) => z.string().check(z.trim(), z.minLength(1), z.maxLength(max));

/** The place of a ledger entry. */
const place = z.lazy(() => z.number().check(z.int(), z.minimum(0), z.maximum(1_000_000)));
/** UTC with milliseconds, as `Date.toISOString` writes it. */
const instant = z.lazy(() => z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)));

export const decisionPayload = z.lazy(() =>
  z.object({
    decision: z.enum(['approved', 'disapproved', 'deferred', 'withdrawn']),
    basis: text(8000),
    requiredActions: z.optional(z.array(z.object({ what: text(2000), owner: text(128) })).check(z.maxLength(50))),
    /** With an approval: what has to be kept to. */
    conditions: z.optional(text(4000)),
    /** With a deferral: until when, and what is awaited. */
    until: z.optional(instant),
    awaits: z.optional(text(2000)),
    /** The ledger entry of the delegation under which the person decides for another. */
    delegation: z.optional(place),
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
export const conditionPayload = z.lazy(() =>
  z.object({
    decision: place,
    outcome: z.enum(['met', 'waived']),
    note: z._default(z.string().check(z.maxLength(2000)), ''),
  }),
);
export const delegationPayload = z.lazy(() =>
  z.object({
    to: text(128),
    role: z.enum(['security-reviewer', 'change-authority', 'emergency-authority']),
    until: z.nullable(instant),
    basis: text(2000),
  }),
);
export const revocationPayload = z.lazy(() => z.object({ delegation: place, reason: text(2000) }));
const meetingId = z.lazy(() => z.string().check(z.regex(/^[a-z0-9]{8,40}$/)));
const changeKey = z.lazy(() => z.string().check(z.regex(/^[A-Z][A-Z0-9_]{0,254}-[0-9]{1,18}$/)));
export const meetingReadPayload = z.lazy(() => z.object({ meeting: meetingId }));
export const meetingPayload = z.lazy(() =>
  z.object({
    /** Chosen by the screen, so that a record sent twice is one. */
    id: meetingId,
    /** The revision that was read; 0 for a new record. */
    basedOn: z.number().check(z.int(), z.minimum(0), z.maximum(100_000)),
    title: text(200),
    heldAt: instant,
    chair: text(128),
    attendees: z
      .array(z.object({ accountId: text(128), role: z.string().check(z.maxLength(200)) }))
      .check(z.minLength(1), z.maxLength(50)),
    agenda: z.array(changeKey).check(z.minLength(1), z.maxLength(50)),
    minutes: z.string().check(z.maxLength(30_000)),
  }),
);
export type MeetingPayload = z.infer<typeof meetingPayload>;
export const meetingDecidePayload = z.lazy(() =>
  z.object({
    meeting: meetingId,
    /** As many as fit into the 25 seconds of a resolver. */
    decisions: z
      .array(
        z.object({
          key: changeKey,
          decision: z.enum(['approved', 'disapproved', 'deferred', 'withdrawn']),
          basis: text(8000),
          requiredActions: z.optional(z.array(z.object({ what: text(2000), owner: text(128) })).check(z.maxLength(50))),
          conditions: z.optional(text(4000)),
          until: z.optional(instant),
          awaits: z.optional(text(2000)),
        }),
      )
      .check(z.minLength(1), z.maxLength(20)),
  }),
);
export const overlapPayload = z.lazy(() => z.object({ other: text(64), basis: text(8000) }));
export const freezePayload = z.lazy(() => z.object({ freeze: text(64), basis: text(8000) }));
export const templatePayload = z.lazy(() => z.object({ template: text(64) }));
export const actionPayload = z.lazy(() =>
  z.object({
    decision: place,
    action: place,
    outcome: z.enum(['done', 'withdrawn']),
    note: z._default(z.string().check(z.maxLength(2000)), ''),
  }),
);
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

export const groupSearchPayload = z.lazy(() => z.object({ query: z.string().check(z.trim(), z.maxLength(255)) }));

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
