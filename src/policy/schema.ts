import * as z from '#zod';
import { CHANGE_TYPES, FIELD_KEYS, STATUSES } from '../change/fields';
import { EXPECTABLE_KINDS, type ExpectableKind } from '../evidence/expected';
import { BY_NAME, DEFAULT_POLICY, STRICT_RULE } from './policy';
import type { Policy } from './policy';

const role = z.lazy(() => z.enum(['security-reviewer', 'change-authority', 'emergency-authority']));
const requirement = z.lazy(() => z.array(z.array(role)));
const text = z.lazy(() => z.string().check(z.minLength(1), z.maxLength(32_000)));
const instant = z.lazy(() => z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)));
const name = z.lazy(() => z.string().check(z.minLength(1), z.maxLength(200)));
const id = z.lazy(() => z.string().check(z.regex(/^[A-Za-z0-9._-]{1,64}$/)));

const template = z.lazy(() =>
  z.strictObject({
    id,
    name,
    approvedBy: name,
    approvedAt: instant,
    expiresAt: instant,
    systems: z.array(name),
    content: z.strictObject({
      scope: text,
      justification: text,
      securityImpactAnalysis: text,
      testPlan: text,
      backoutPlan: text,
    }),
    maxWindowHours: z.nullable(z.number().check(z.positive())),
  }),
);

const jiraId = z.lazy(() => z.string().check(z.regex(/^[A-Za-z0-9_.:-]{1,128}$/)));
const jiraIdOrName = z.lazy(() => z.nullable(jiraId));
const hours = z.lazy(() => z.number().check(z.positive(), z.maximum(24 * 92)));
const projectKey = z.lazy(() => z.string().check(z.regex(/^[A-Z][A-Z0-9_]{0,254}$/)));
const changeKey = z.lazy(() => z.string().check(z.regex(/^[A-Z][A-Z0-9_]{0,254}-[1-9]\d{0,18}$/)));

/** One member for each key, no more and no less. */
const each = <K extends string, T extends z.ZodMiniType>(keys: readonly K[], shape: T) =>
  z.strictObject(Object.fromEntries(keys.map((key) => [key, shape])) as Record<K, T>);

const typeRule = z.lazy(() =>
  z.strictObject({
    required: z.array(z.enum(FIELD_KEYS)),
    minimumWords: z.nullable(z.number().check(z.int(), z.minimum(1), z.maximum(200))),
    refusePlaceholders: z.boolean(),
    refuseCopies: z.boolean(),
  }),
);

const legalHold = z.lazy(() =>
  z.strictObject({
    id,
    name,
    reason: text,
    projects: z.array(projectKey),
    changes: z.array(changeKey),
    from: instant,
    until: z.nullable(instant),
  }),
);

/** The shape of a policy as this version writes it. */
export const policySchema = z.lazy(() =>
  z.strictObject({
    version: id,
    roles: z.array(z.strictObject({ key: role, name, group: name, groupId: jiraIdOrName })),
    projects: z.array(projectKey),
    issueTypes: z.array(name),
    normal: z.strictObject({ cui: requirement, noCui: requirement }),
    emergency: z.strictObject({
      requirement,
      passHours: z.number().check(z.positive(), z.maximum(24 * 31)),
      reviewHours: hours,
      reminderHours: z.array(hours).check(z.maxLength(10)),
      overdueReviewsStop: z.boolean(),
    }),
    templates: z.array(template),
    freezes: z.array(z.strictObject({ id, name, start: instant, end: instant, systems: z.array(name) })),
    outsideProvider: z.nullable(
      z.strictObject({
        organisation: name,
        group: name,
        groupId: jiraIdOrName,
        until: z.nullable(instant),
        required: z.boolean(),
      }),
    ),
    laterCommits: z.enum(['before-approval', 'any-linked']),
    overlaps: z.exactOptional(z.literal('agree')),
    expectedEvidence: each(CHANGE_TYPES, z.array(z.enum(EXPECTABLE_KINDS))),
    askBeforeDeploying: z.boolean(),
    evidenceBeforeDeploying: z.array(z.string()),
    retentionYears: z.number().check(z.minimum(6), z.maximum(99)),
    legalHolds: z.array(legalHold),
    types: each(CHANGE_TYPES, typeRule),
    fields: each(FIELD_KEYS, jiraIdOrName),
    statuses: each(STATUSES, jiraIdOrName),
    changeTypes: each(CHANGE_TYPES, jiraIdOrName),
    systems: z.strictObject({ none: jiraIdOrName, unknown: jiraIdOrName }),
    projectIds: z.record(projectKey, jiraId),
    issueTypeIds: z.record(name, jiraId),
  }),
) satisfies z.ZodMiniType<Policy>;

/**
 * A policy as it was stored, brought to today's shape: members that its version did not have yet say what was done
 * before they could be said, which is not always what a new site starts with. Undefined for anything that is no policy;
 * nothing is judged by half of one.
 */
export function migratedPolicy(value: unknown): Policy | undefined {
  if (!isRecord(value)) return undefined;
  const before: Readonly<Record<string, unknown>> = { ...BEFORE_ITS_TIME };
  const filled = Object.fromEntries(
    NESTED.map((key) => [key, withMembers(value[key] ?? before[key], before[key])] as const),
  );
  const { roles = BEFORE_ITS_TIME.roles, outsideProvider = null } = value;
  return policySchema.safeParse({
    ...before,
    ...value,
    ...filled,
    roles: Array.isArray(roles) ? roles.map((role: unknown) => withMembers(role, BY_GROUP_NAME)) : roles,
    outsideProvider: withMembers(outsideProvider, BY_GROUP_NAME),
  }).data;
}

/** Members that have members of their own, which may have been fewer. */
const NESTED = ['emergency', 'types', 'expectedEvidence', 'fields', 'statuses', 'changeTypes', 'systems'] as const;
const BY_GROUP_NAME = { groupId: null };

/** What was looked for in every change before a policy could say. */
const USUAL: readonly ExpectableKind[] = ['commit', 'review', 'run', 'deployment'];

/** What a policy said before it had these members. */
const BEFORE_ITS_TIME: Policy = {
  ...DEFAULT_POLICY,
  ...BY_NAME,
  emergency: { ...DEFAULT_POLICY.emergency, reminderHours: [] },
  types: { Standard: STRICT_RULE, Normal: STRICT_RULE, Emergency: STRICT_RULE, Discovered: STRICT_RULE },
  expectedEvidence: { Standard: USUAL, Normal: USUAL, Emergency: USUAL, Discovered: USUAL },
  askBeforeDeploying: false,
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const withMembers = (value: unknown, defaults: unknown): unknown =>
  isRecord(value) && isRecord(defaults) ? { ...defaults, ...value } : value;
