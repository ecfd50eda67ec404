import * as z from '#zod';
import { FIELD_KEYS } from '../../change/fields';
import type { ChangeSnapshot } from '../../change/snapshot';
import type { Policy } from '../../policy/policy';
import { storedPeople } from '../../policy/people-schema';
import type { PeopleMap } from '../../policy/people';
import { migratedPolicy } from '../../policy/schema';

/** The shapes of the primary files, which come from anywhere: nothing is computed from a value that does not have them. */
const nullable = z.nullable(z.string());
const content = z.strictObject({
  summary: z.string(),
  description: z.string(),
  changeType: nullable,
  owner: nullable,
  implementer: nullable,
  scope: z.string(),
  impactedSystems: z.array(z.string()),
  justification: z.string(),
  securityImpactAnalysis: z.string(),
  testPlan: z.string(),
  backoutPlan: z.string(),
  windowStart: nullable,
  windowEnd: nullable,
});

const item = z.strictObject({
  field: z.enum([...FIELD_KEYS, 'status', 'reporter', 'assignee', 'other']),
  fieldId: z.string(),
  from: nullable,
  fromText: nullable,
  to: nullable,
  toText: nullable,
});

// Loose, because what the app reads of an issue may grow; the file as a whole is bound by its digest in the report.
const snapshot = z.looseObject({
  issueId: z.string(),
  key: z.string(),
  project: z.string(),
  issueType: z.string(),
  status: z.string(),
  createdAt: z.string(),
  updatedAt: z.exactOptional(z.string()),
  content,
  creator: nullable,
  reporter: nullable,
  assignee: nullable,
  history: z.array(
    z.strictObject({
      id: z.string().check(z.regex(/^\d{1,30}$/)),
      author: nullable,
      at: z.string(),
      items: z.array(item),
    }),
  ),
  historyComplete: z.boolean(),
  names: z.record(z.string(), z.string()),
  gateFields: z.exactOptional(
    z.strictObject({
      participants: nullable,
      decisionState: nullable,
      waitingFor: z.exactOptional(z.array(z.string())),
      ledger: z.exactOptional(nullable),
    }),
  ),
  disposition: z.exactOptional(z.strictObject({ decisionBasis: z.string(), requiredActions: z.string() })),
}) satisfies z.ZodMiniType<ChangeSnapshot>;

export const readSnapshot = (value: unknown): ChangeSnapshot | undefined => snapshot.safeParse(value).data;
export const readPolicy = (value: unknown): Policy | undefined => migratedPolicy(value);

export const readPeople = (value: unknown): PeopleMap | undefined => storedPeople(value);

/** Policies by version, each under its own name; undefined when one of them is none. */
export function readPolicies(value: unknown): Readonly<Record<string, Policy>> | undefined {
  const named = z.record(z.string(), z.unknown()).safeParse(value).data;
  if (named === undefined) return undefined;
  const read = Object.entries(named).map(([version, policy]) => [version, migratedPolicy(policy)] as const);
  const sound = read.flatMap(([version, policy]) => (policy?.version === version ? [[version, policy] as const] : []));
  return sound.length === read.length ? Object.fromEntries(sound) : undefined;
}
