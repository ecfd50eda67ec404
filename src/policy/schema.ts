import * as z from '#zod';
import { DEFAULT_POLICY } from './policy';
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

/** The shape of a policy as this version writes it. */
export const policySchema = z.lazy(() =>
  z.strictObject({
    version: id,
    roles: z.array(z.strictObject({ key: role, name, group: name })),
    projects: z.array(z.string().check(z.regex(/^[A-Z][A-Z0-9_]{0,254}$/))),
    issueTypes: z.array(name),
    normal: z.strictObject({ cui: requirement, noCui: requirement }),
    emergency: z.strictObject({
      requirement,
      passHours: z.number().check(z.positive(), z.maximum(24 * 31)),
      reviewHours: z.number().check(z.positive(), z.maximum(24 * 92)),
    }),
    templates: z.array(template),
    freezes: z.array(z.strictObject({ id, name, start: instant, end: instant, systems: z.array(name) })),
    outsideProvider: z.nullable(
      z.strictObject({ organisation: name, group: name, until: z.nullable(instant), required: z.boolean() }),
    ),
    laterCommits: z.enum(['before-approval', 'any-linked']),
    evidenceBeforeDeploying: z.array(z.string()),
    retentionYears: z.number().check(z.minimum(6), z.maximum(99)),
  }),
) satisfies z.ZodMiniType<Policy>;

/**
 * A policy as it was stored, brought to today's shape: members that its version did not have yet take the default.
 * Undefined for anything that is no policy; nothing is judged by half of one.
 */
export function migratedPolicy(value: unknown): Policy | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  return policySchema.safeParse({ ...DEFAULT_POLICY, ...value }).data;
}
