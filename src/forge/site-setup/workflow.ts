import * as z from '#zod';
import type { ObservedRule, ObservedTransition, ObservedWorkflow } from '../../setup/observed';
import { lookFor } from './ask-jira';

const rule = z.lazy(() =>
  z.looseObject({ ruleKey: z.string(), parameters: z.optional(z.nullable(z.record(z.string(), z.string()))) }),
);
type Rule = z.infer<typeof rule>;

interface Group {
  readonly operation: 'ANY' | 'ALL';
  readonly conditions?: readonly Rule[] | null | undefined;
  readonly conditionGroups?: readonly Group[] | null | undefined;
}
const group: z.ZodMiniType<Group> = z.lazy(() =>
  z.looseObject({
    operation: z.enum(['ANY', 'ALL']),
    conditions: z.optional(z.nullable(z.array(rule))),
    conditionGroups: z.optional(z.nullable(z.array(group))),
  }),
);

const transition = z.lazy(() =>
  z.looseObject({
    id: z.string(),
    name: z.string(),
    type: z.enum(['INITIAL', 'GLOBAL', 'DIRECTED']),
    toStatusReference: z.optional(z.nullable(z.string())),
    links: z.optional(z.nullable(z.array(z.looseObject({ fromStatusReference: z.optional(z.nullable(z.string())) })))),
    conditions: z.optional(z.nullable(group)),
    validators: z.optional(z.nullable(z.array(rule))),
    actions: z.optional(z.nullable(z.array(rule))),
    transitionScreen: z.optional(z.nullable(rule)),
  }),
);

const status = z.lazy(() => z.looseObject({ id: z.optional(z.string()), statusReference: z.string() }));
const answer = z.lazy(() =>
  z.looseObject({
    workflows: z.array(
      z.looseObject({
        id: z.string(),
        name: z.string(),
        version: z.looseObject({ id: z.string(), versionNumber: z.number() }),
        statuses: z.array(z.looseObject({ statusReference: z.string() })),
        transitions: z.array(transition),
      }),
    ),
    statuses: z.array(status),
  }),
);

/**
 * The whole workflow of a name. A status's reference is its id as far as Jira's examples go; where it is not, the answer's
 * list of statuses says which id it stands for.
 */
export async function workflow(name: string): Promise<ObservedWorkflow | undefined> {
  const json = await lookFor('/rest/api/3/workflows', { method: 'POST', body: { workflowNames: [name] } });
  if (json === undefined) return undefined;
  const { workflows, statuses } = answer.parse(json);
  const found = workflows.find((one) => one.name === name);
  if (found === undefined) return undefined;
  const ids = new Map(statuses.map(({ id, statusReference }) => [statusReference, id ?? statusReference]));
  const idOf = (reference: string): string => ids.get(reference) ?? reference;
  return {
    id: found.id,
    name: found.name,
    version: { id: found.version.id, versionNumber: found.version.versionNumber },
    statusIds: found.statuses.map(({ statusReference }) => idOf(statusReference)),
    statuses: statuses.map((raw) => ({ id: idOf(raw.statusReference), raw })),
    placed: found.statuses.map((one) => ({ ...one, statusReference: idOf(one.statusReference) })),
    transitions: found.transitions.map((one) => transitionOf(one, idOf)),
  };
}

function transitionOf(raw: z.infer<typeof transition>, idOf: (reference: string) => string): ObservedTransition {
  const { id, name, type, toStatusReference, links, conditions, validators, actions, transitionScreen } = raw;
  const held = conditions ?? NO_CONDITIONS;
  return {
    id,
    name,
    type,
    from: (links ?? []).map(({ fromStatusReference }) => idOf(fromStatusReference ?? '')).filter((from) => from !== ''),
    to: idOf(toStatusReference ?? ''),
    screenId: transitionScreen?.parameters?.['screenId'] ?? null,
    conditionsAll: allHold(held),
    rules: [...rulesOf(held), ...(validators ?? []), ...(actions ?? [])].map(ruleOf),
    raw,
  };
}

const NO_CONDITIONS: Group = { operation: 'ALL' };

const ruleOf = ({ ruleKey, parameters }: Rule): ObservedRule => ({ ruleKey, parameters: parameters ?? {} });

const rulesOf = ({ conditions, conditionGroups }: Group): Rule[] => [
  ...(conditions ?? []),
  ...(conditionGroups ?? []).flatMap(rulesOf),
];

/** Whether no condition can be left unmet: one alone in an ANY group has to hold as well. */
function allHold(given: Group): boolean {
  const { operation, conditions, conditionGroups } = given;
  const parts = (conditions ?? []).length + (conditionGroups ?? []).length;
  return (operation === 'ALL' || parts <= 1) && (conditionGroups ?? []).every(allHold);
}
