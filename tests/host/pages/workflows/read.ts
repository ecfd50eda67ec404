import * as z from 'zod/mini';
import type { JiraAs } from '../jira-calls';
import { PageRefusal } from '../parts';

const rule = z.object({
  id: z.optional(z.string()),
  ruleKey: z.string(),
  parameters: z.optional(z.record(z.string(), z.string())),
});
export type WorkflowRule = z.infer<typeof rule>;

interface ConditionGroup {
  readonly operation?: string | undefined;
  readonly conditions?: readonly WorkflowRule[] | undefined;
  readonly conditionGroups?: readonly ConditionGroup[] | undefined;
}
const conditionGroup: z.ZodMiniType<ConditionGroup> = z.object({
  operation: z.optional(z.string()),
  conditions: z.optional(z.array(rule)),
  conditionGroups: z.optional(z.array(z.lazy(() => conditionGroup))),
});

const transition = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  links: z.optional(z.array(z.object({ fromStatusReference: z.optional(z.nullable(z.string())) }))),
  toStatusReference: z.optional(z.nullable(z.string())),
  conditions: z.optional(z.nullable(conditionGroup)),
  validators: z.optional(z.array(rule)),
  actions: z.optional(z.array(rule)),
  transitionScreen: z.optional(z.nullable(rule)),
});
export type WorkflowTransition = z.infer<typeof transition>;

const workflow = z.object({
  id: z.string(),
  name: z.string(),
  description: z.optional(z.nullable(z.string())),
  isEditable: z.optional(z.boolean()),
  version: z.optional(z.object({ id: z.string(), versionNumber: z.number() })),
  statuses: z.array(z.object({ statusReference: z.string() })),
  transitions: z.optional(z.array(transition)),
});
const statusEntry = z.object({
  id: z.string(),
  name: z.string(),
  statusCategory: z.optional(z.string()),
  statusReference: z.string(),
});

const searchPage = z.object({ values: z.array(workflow), statuses: z.array(statusEntry) });

export interface WorkflowRead {
  readonly workflow: z.infer<typeof workflow>;
  /** Name and category of a status by its reference. */
  readonly statuses: ReadonlyMap<string, { readonly id: string; readonly name: string; readonly category: string }>;
}

/** Every workflow of the site with its transitions (GET /rest/api/3/workflows/search). */
export async function readWorkflows(jira: JiraAs): Promise<readonly WorkflowRead[]> {
  const found = await jira.get('/rest/api/3/workflows/search?expand=values.transitions&maxResults=100', searchPage);
  const statuses = new Map(
    found.statuses.map((each) => [
      each.statusReference,
      { id: each.id, name: each.name, category: each.statusCategory ?? '' },
    ]),
  );
  return found.values.map((each) => ({ workflow: each, statuses }));
}

export async function readWorkflow(jira: JiraAs, name: string): Promise<WorkflowRead> {
  const found = (await readWorkflows(jira)).find((each) => each.workflow.name === name);
  if (found === undefined) throw new PageRefusal(404, `There is no workflow named "${name}".`, 'No such workflow');
  return found;
}

/** Conditions of a transition as one list, with the word that joins them. */
export function conditionsOf(group: ConditionGroup | null | undefined): {
  readonly joined: string;
  readonly rules: readonly WorkflowRule[];
} {
  if (group === null || group === undefined) return { joined: 'ALL', rules: [] };
  const nested = (group.conditionGroups ?? []).flatMap((each) => conditionsOf(each).rules);
  return { joined: group.operation ?? 'ALL', rules: [...(group.conditions ?? []), ...nested] };
}
