import * as z from '#zod';
import type { ObservedConditions, ObservedRule, ObservedTransition, ObservedWorkflow } from './observed';

const rule = z.lazy(() =>
  z.looseObject({
    ruleKey: z.string(),
    parameters: z.optional(z.nullable(z.record(z.string(), z.nullable(z.string())))),
  }),
);
type RuleJson = z.infer<typeof rule>;

interface ConditionsJson {
  readonly operation?: string | null | undefined;
  readonly conditions?: readonly RuleJson[] | null | undefined;
  readonly conditionGroups?: readonly ConditionsJson[] | null | undefined;
}

const conditions: z.ZodMiniType<ConditionsJson> = z.lazy(() =>
  z.looseObject({
    operation: z.optional(z.nullable(z.string())),
    conditions: z.optional(z.nullable(z.array(rule))),
    conditionGroups: z.optional(z.nullable(z.array(conditions))),
  }),
);

const transition = z.lazy(() =>
  z.looseObject({
    id: z.string(),
    name: z.string(),
    type: z.enum(['INITIAL', 'GLOBAL', 'DIRECTED']),
    toStatusReference: z.string(),
    links: z.optional(z.nullable(z.array(z.looseObject({ fromStatusReference: z.optional(z.nullable(z.string())) })))),
    conditions: z.optional(z.nullable(conditions)),
    validators: z.optional(z.nullable(z.array(rule))),
    actions: z.optional(z.nullable(z.array(rule))),
  }),
);

const workflow = z.lazy(() =>
  z.looseObject({
    id: z.string(),
    name: z.string(),
    version: z.looseObject({ versionNumber: z.number() }),
    statuses: z.array(z.looseObject({ statusReference: z.string() })),
    transitions: z.array(transition),
  }),
);

const answer = z.lazy(() =>
  z.looseObject({
    workflows: z.array(workflow),
    statuses: z.array(
      z.looseObject({ statusReference: z.string(), name: z.string(), id: z.optional(z.nullable(z.string())) }),
    ),
  }),
);

/**
 * The one workflow in the answer of `POST /rest/api/3/workflows`, or in one version of `POST /workflow/history`.
 *
 * @param ours what the ARIs of this installation's rules begin with; the end names the manifest's module.
 * @returns undefined when the answer is not what Jira's OpenAPI document says, or has not exactly one workflow.
 */
export function workflowFromJira(json: unknown, ours: string): ObservedWorkflow | undefined {
  const parsed = answer.safeParse(json);
  const [only, ...others] = parsed.success ? parsed.data.workflows : [];
  if (!parsed.success || only === undefined || others.length > 0) return undefined;
  const known = new Map(parsed.data.statuses.map((status) => [status.statusReference, status]));
  const read = (json_: RuleJson): ObservedRule => ruleOf(json_, ours);
  return {
    id: only.id,
    name: only.name,
    version: only.version.versionNumber,
    statuses: only.statuses.map(({ statusReference: id }) => ({
      id,
      name: known.get(id)?.name ?? id,
      statusId: known.get(id)?.id ?? null,
    })),
    transitions: only.transitions.map(
      ({ id, name, type, toStatusReference, links, conditions: group, validators, actions }): ObservedTransition => ({
        id,
        name,
        type,
        from: type === 'DIRECTED' ? (links ?? []).flatMap(({ fromStatusReference }) => fromStatusReference ?? []) : [],
        to: toStatusReference,
        conditions: group === undefined || group === null ? null : conditionsOf(group, read),
        validators: (validators ?? []).map(read),
        actions: (actions ?? []).map(read),
      }),
    ),
  };
}

function conditionsOf(group: ConditionsJson, read: (json: RuleJson) => ObservedRule): ObservedConditions {
  return {
    operation: group.operation === 'ANY' ? 'ANY' : 'ALL',
    rules: (group.conditions ?? []).map(read),
    groups: (group.conditionGroups ?? []).map((each) => conditionsOf(each, read)),
  };
}

function ruleOf({ ruleKey, parameters }: RuleJson, ours: string): ObservedRule {
  const given = Object.fromEntries(
    Object.entries(parameters ?? {}).flatMap(([name, value]) => (value === null ? [] : [[name, value] as const])),
  );
  const ari = ruleKey.startsWith('forge:') ? (given['key'] ?? '') : '';
  return {
    ruleKey,
    module: ari.startsWith(ours) ? ari.slice(ari.lastIndexOf('/') + 1) : null,
    config: given['config'] ?? null,
    disabled: given['disabled'] === 'true',
    parameters: given,
  };
}
