import * as z from 'zod/mini';
import { Refusal } from '../refusal';
import { parsed } from '../rest/body';
import type { JiraStore } from '../store';
import type { Stranded, Target } from './migration';
import type { WorkflowRecord } from './model';
import { workflowIdOf, type SchemeContent } from './scheme-store';
import type { Workflows } from './workflow-store';

/** What calls about workflow schemes are sent (Jira Cloud OpenAPI, WorkflowScheme and WorkflowSchemeUpdateRequest). */

const LONGEST_NAME = 255;

const beanInput = z.object({
  name: z.optional(z.string()),
  description: z.optional(z.string()),
  defaultWorkflow: z.optional(z.string()),
  issueTypeMappings: z.optional(z.record(z.string(), z.string())),
  updateDraftIfNeeded: z.optional(z.boolean()),
});
export type SchemeInput = z.infer<typeof beanInput>;

export const readSchemeInput = (given: unknown): SchemeInput => parsed(beanInput, given);

/** @throws Refusal 400 for a name that is empty, too long or another scheme's. */
export function schemeName(workflows: Workflows, name: string, id?: string): string {
  if (name.trim() === '')
    throw new Refusal(400, { errors: { name: 'You must specify a name for the workflow scheme.' } });
  if (name.length > LONGEST_NAME) throw new Refusal(400, `The name is too long, maxSize=${LONGEST_NAME}`);
  if (workflows.schemes.all().some((scheme) => scheme.name === name && scheme.id !== id))
    throw new Refusal(400, { errors: { name: 'A workflow scheme with that name already exists.' } });
  return name;
}

/** The workflows of a scheme, by name, in the place of those it has. @throws Refusal 400 for one that is not there. */
export function namedContent(
  store: JiraStore,
  workflows: Workflows,
  { defaultWorkflow, issueTypeMappings }: SchemeInput,
  before?: SchemeContent,
): SchemeContent {
  const idOf = (name: string): string => {
    const workflow = workflows.named(name);
    if (workflow === undefined) throw new Refusal(400, `Workflow with name '${name}' does not exist.`);
    return workflow.id;
  };
  const defaultWorkflowId = defaultWorkflow === undefined ? before?.defaultWorkflowId : idOf(defaultWorkflow);
  // Jira falls back on its workflow "jira", which this site has not.
  if (defaultWorkflowId === undefined)
    throw new Refusal(400, 'Name the default workflow: this site has none of its own.');
  if (issueTypeMappings === undefined) return { defaultWorkflowId, byIssueType: before?.byIssueType ?? {} };
  const pairs = Object.entries(issueTypeMappings).map(([type, name]) => [knownType(store, type), idOf(name)] as const);
  return { defaultWorkflowId, byIssueType: Object.fromEntries(pairs) };
}

function knownType(store: JiraStore, id: string): string {
  if (store.projects.issueType(id) === undefined) throw new Refusal(400, `Issue type with ID '${id}' does not exist.`);
  return id;
}

export const workflowsForIssueTypes = z.array(z.object({ workflowId: z.string(), issueTypeIds: z.array(z.string()) }));

/** The workflows of a scheme, by id. @throws Refusal 400 for a workflow or an issue type that is not there. */
export function contentById(
  store: JiraStore,
  workflows: Workflows,
  defaultWorkflowId: string,
  given: z.infer<typeof workflowsForIssueTypes>,
): SchemeContent {
  for (const id of [defaultWorkflowId, ...given.map(({ workflowId }) => workflowId)])
    if (workflows.find(id) === undefined) throw new Refusal(400, `Workflow with ID '${id}' does not exist.`);
  const pairs = given.flatMap(({ workflowId, issueTypeIds }) =>
    issueTypeIds.map((type) => [knownType(store, type), workflowId] as const),
  );
  return { defaultWorkflowId, byIssueType: Object.fromEntries(pairs) };
}

/** `workflowOf` of a scheme, for `strandedIssues`. */
export const under =
  (workflows: Workflows, scheme: SchemeContent) =>
  (issueTypeId: string): WorkflowRecord | undefined =>
    workflows.find(workflowIdOf(scheme, issueTypeId));

const statusMappings = z.array(z.object({ oldStatusId: z.string(), newStatusId: z.string() }));
export const mappingsByIssueType = z.array(z.object({ issueTypeId: z.string(), statusMappings }));
export const mappingsByWorkflow = z.array(
  z.object({ oldWorkflowId: z.string(), newWorkflowId: z.string(), statusMappings }),
);

/** Mappings of an issue type come before those from workflow to workflow. `before` is the scheme that is changed. */
export function mappedTarget(
  byType: z.infer<typeof mappingsByIssueType>,
  byWorkflow: z.infer<typeof mappingsByWorkflow> = [],
  before?: SchemeContent,
): Target {
  return ({ issue, workflow }: Stranded) => {
    const old = before && workflowIdOf(before, issue.issueTypeId);
    const fitting = [
      ...byType.filter(({ issueTypeId }) => issueTypeId === issue.issueTypeId),
      ...byWorkflow.filter((each) => each.oldWorkflowId === old && each.newWorkflowId === workflow.id),
    ].flatMap((each) => each.statusMappings);
    return fitting.find(({ oldStatusId }) => oldStatusId === issue.statusId)?.newStatusId;
  };
}
