import { Refusal } from '../refusal';
import type { JiraStore } from '../store';
import { stableUuid } from './definitions';
import type { ConditionGroup, RuleKind, RuleRecord, TransitionRecord, WorkflowRecord } from './model';
import type { ConditionGroupInput, RuleInput, StatusInput, TransitionInput, WorkflowBody } from './workflow-payload';
import { appModule, rulesOf, type WorkflowProblem } from './workflow-problems';

/** From what a call was sent to what is kept. Nothing here looks for problems: `workflow-problems.ts` has. */

/** @throws Refusal 400 with every problem's sentence, when there is one. */
export function refuseProblems(problems: readonly WorkflowProblem[]): void {
  if (problems.length > 0) throw new Refusal(400, { errorMessages: problems.map(({ message }) => message) });
}

/**
 * Makes the statuses that have no id yet, and brings name, description and category of the others to what was sent.
 * Answers the id of each by the reference that the call uses.
 */
export function writeStatuses(store: JiraStore, statuses: readonly StatusInput[]): ReadonlyMap<string, string> {
  return new Map(
    statuses.map(({ id, name, description, statusCategory: category, statusReference }) => {
      if (id === undefined || id === null)
        return [statusReference, store.projects.createStatus(name, category, description ?? '').id];
      const known = store.projects.status(id);
      if (known !== undefined)
        store.projects.updateStatus({ id, name, category, description: description ?? known.description });
      return [statusReference, id];
    }),
  );
}

/** What both calls write of a workflow. `version` makes the ids of rules that have none yet. */
export function readBody(
  store: JiraStore,
  body: WorkflowBody,
  idOf: ReadonlyMap<string, string>,
  version: { readonly workflowId: string; readonly number: number; readonly known: ReadonlySet<string> },
): Pick<WorkflowRecord, 'statusIds' | 'transitions' | 'statusDetails' | 'startPointLayout'> {
  const status = (reference: string): string => idOf.get(reference) ?? reference;
  const details = body.statuses.map(({ statusReference, layout, properties }) => {
    const detail = { ...(layout ? { layout } : {}), ...(properties ? { properties } : {}) };
    return [status(statusReference), detail] as const;
  });
  const used = new Set<string>();
  return {
    statusIds: body.statuses.map(({ statusReference }) => status(statusReference)),
    statusDetails: Object.fromEntries(details),
    ...(body.startPointLayout ? { startPointLayout: body.startPointLayout } : {}),
    transitions: body.transitions.map((transition) => {
      const rules = rulesOf(transition).map(([kind, rule], at) => {
        const place = `${version.workflowId}/${version.number}/${transition.id}/${at}`;
        return [rule, readRule(store, kind, rule, ruleId(rule, place, version.known, used))] as const;
      });
      return readTransition(transition, status, new Map(rules));
    }),
  };
}

/** A rule keeps its id while it stays in its workflow; a copy gets one of its own, as in Jira. */
function ruleId(rule: RuleInput, place: string, known: ReadonlySet<string>, used: Set<string>): string {
  const given = rule.parameters?.['id'] ?? rule.id ?? '';
  const id = known.has(given) && !used.has(given) ? given : stableUuid(place);
  used.add(id);
  return id;
}

function readTransition(
  given: TransitionInput,
  status: (reference: string) => string,
  rules: ReadonlyMap<RuleInput, RuleRecord>,
): TransitionRecord {
  const group = given.conditions ? readGroup(given.conditions, rules) : undefined;
  const plain = group === undefined || (group.operation === 'ALL' && group.groups.length === 0);
  return {
    id: given.id,
    name: given.name,
    type: given.type,
    to: status(given.toStatusReference),
    from: (given.links ?? []).flatMap(({ fromStatusReference }) =>
      fromStatusReference ? [status(fromStatusReference)] : [],
    ),
    screenId: given.transitionScreen?.parameters?.['screenId'] ?? null,
    rules: [...rules.values()],
    ...(plain ? {} : { conditions: group }),
    ...(given.description ? { description: given.description } : {}),
    ...(given.properties && Object.keys(given.properties).length > 0 ? { properties: given.properties } : {}),
  };
}

function readGroup(group: ConditionGroupInput, rules: ReadonlyMap<RuleInput, RuleRecord>): ConditionGroup {
  return {
    operation: group.operation,
    ruleIds: (group.conditions ?? []).flatMap((rule) => rules.get(rule)?.id ?? []),
    groups: (group.conditionGroups ?? []).map((each) => readGroup(each, rules)),
  };
}

function readRule(store: JiraStore, kind: RuleKind, given: RuleInput, id: string): RuleRecord {
  const module = appModule(store, kind, given);
  if (module !== undefined)
    return { id, kind, moduleKey: module.moduleKey, ari: module.ari, config: given.parameters?.['config'] ?? null };
  const parameters = Object.entries(given.parameters ?? {}).filter(([name]) => name !== 'id');
  return { id, kind, ruleKey: given.ruleKey, parameters: Object.fromEntries(parameters) };
}
