import * as z from 'zod/mini';
import { Refusal } from '../refusal';
import type { JiraStore } from '../store';
import { stableUuid } from './definitions';
import { CONFIG_LIMIT, type RuleKind, type RuleRecord, type TransitionRecord } from './model';

const rule = z.object({
  id: z.nullish(z.string()),
  ruleKey: z.string(),
  parameters: z.optional(z.record(z.string(), z.string())),
});
type RuleInput = z.infer<typeof rule>;

const transition = z.looseObject({
  id: z.string(),
  name: z.string().check(z.minLength(1)),
  type: z.enum(['INITIAL', 'GLOBAL', 'DIRECTED']),
  toStatusReference: z.string(),
  links: z.nullish(z.array(z.looseObject({ fromStatusReference: z.nullish(z.string()) }))),
  conditions: z.nullish(
    z.looseObject({
      operation: z.nullish(z.string()),
      conditions: z.nullish(z.array(rule)),
      conditionGroups: z.nullish(z.array(z.unknown())),
    }),
  ),
  validators: z.nullish(z.array(rule)),
  actions: z.nullish(z.array(rule)),
  transitionScreen: z.nullish(rule),
});

const request = z.looseObject({
  workflows: z.array(
    z.looseObject({
      id: z.string(),
      description: z.nullish(z.string()),
      version: z.looseObject({ versionNumber: z.number() }),
      statuses: z.array(z.looseObject({ statusReference: z.string() })),
      transitions: z.array(transition),
    }),
  ),
});

export interface WorkflowUpdate {
  readonly id: string;
  readonly versionNumber: number;
  readonly description: string | null | undefined;
  readonly statusIds: readonly string[];
  readonly transitions: readonly TransitionRecord[];
}

/**
 * Reads `POST /workflows/update`. Rules of installed Forge apps are understood; what this site does not have (nested or
 * ANY conditions, rules of Jira's own, new statuses) is refused rather than dropped: a lost rule would open a transition.
 * @throws Refusal 400
 */
export function readUpdate(store: JiraStore, body: unknown): readonly WorkflowUpdate[] {
  const parsed = request.safeParse(body);
  if (!parsed.success) throw new Refusal(400, `Invalid request payload: ${z.prettifyError(parsed.error)}`);
  return parsed.data.workflows.map(({ id, version, description, statuses, transitions }) => {
    const statusIds = statuses.map(({ statusReference }) => statusReference);
    for (const status of statusIds)
      if (store.projects.status(status) === undefined)
        throw new Refusal(400, `The status '${status}' does not exist on this site.`);
    return {
      id,
      versionNumber: version.versionNumber,
      description,
      statusIds,
      transitions: transitions.map((each) => readTransition(store, each)),
    };
  });
}

function readTransition(store: JiraStore, given: z.infer<typeof transition>): TransitionRecord {
  const { conditions } = given;
  if ((conditions?.conditionGroups ?? []).length > 0 || (conditions?.operation ?? 'ALL') !== 'ALL')
    throw new Refusal(400, `This site joins the conditions of "${given.name}" with ALL only.`);
  const rules = (kind: RuleKind, list: readonly RuleInput[] | null | undefined): readonly RuleRecord[] =>
    (list ?? []).map((each, at) => readRule(store, kind, each, `${given.id}/${given.name}/${kind}/${at}`));
  const screenId = given.transitionScreen?.parameters?.screenId ?? null;
  if (screenId !== null && store.fields.screen(screenId) === undefined)
    throw new Refusal(400, `The screen '${screenId}' does not exist.`);
  return {
    id: given.id,
    name: given.name,
    type: given.type,
    to: given.toStatusReference,
    from: (given.links ?? []).flatMap(({ fromStatusReference }) => fromStatusReference ?? []),
    screenId,
    rules: [
      ...rules('condition', conditions?.conditions),
      ...rules('validator', given.validators),
      ...rules('post-function', given.actions),
    ],
  };
}

function readRule(store: JiraStore, kind: RuleKind, given: RuleInput, place: string): RuleRecord {
  const { modules } = store.forge;
  const among = {
    condition: modules.conditions,
    validator: modules.validators,
    'post-function': modules.postFunctions,
  }[kind];
  const module = among.find(({ ari }) => ari === given.parameters?.key);
  if (module === undefined) throw new Refusal(400, `The rule '${given.ruleKey}' is of no ${kind} that this site has.`);
  if (given.parameters?.disabled === 'true')
    throw new Refusal(400, `This site has no disabled rules: remove '${module.name}' instead.`);
  const config = given.parameters?.config ?? null;
  if (config !== null && Buffer.byteLength(config) > CONFIG_LIMIT)
    throw new Refusal(400, `The configuration of '${module.name}' is over 32 KB.`);
  return {
    id: given.parameters?.id ?? given.id ?? stableUuid(place),
    kind,
    moduleKey: module.moduleKey,
    ari: module.ari,
    config,
  };
}
