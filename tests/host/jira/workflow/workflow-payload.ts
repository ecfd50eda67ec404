import * as z from 'zod/mini';
import { Refusal } from '../refusal';

/** What `POST /workflows/create` and `/update` are sent (Jira Cloud OpenAPI, WorkflowCreateRequest, WorkflowUpdateRequest). */

const point = z.object({ x: z.number(), y: z.number() });
const properties = z.record(z.string(), z.string());

const rule = z.strictObject({
  id: z.nullish(z.string()),
  ruleKey: z.string(),
  parameters: z.optional(z.record(z.string(), z.string())),
});
export type RuleInput = z.infer<typeof rule>;

export interface ConditionGroupInput {
  readonly operation: 'ANY' | 'ALL';
  readonly conditions?: readonly RuleInput[] | null | undefined;
  readonly conditionGroups?: readonly ConditionGroupInput[] | null | undefined;
}
const conditionGroup: z.ZodMiniType<ConditionGroupInput> = z.strictObject({
  operation: z._default(z.enum(['ANY', 'ALL']), 'ALL'),
  conditions: z.nullish(z.array(rule)),
  conditionGroups: z.nullish(z.array(z.lazy(() => conditionGroup))),
});

const transition = z.object({
  id: z.string(),
  name: z.string(),
  description: z.nullish(z.string()),
  type: z.enum(['INITIAL', 'GLOBAL', 'DIRECTED']),
  toStatusReference: z.string(),
  links: z.nullish(z.array(z.object({ fromStatusReference: z.nullish(z.string()) }))),
  conditions: z.nullish(conditionGroup),
  validators: z.nullish(z.array(rule)),
  actions: z.nullish(z.array(rule)),
  triggers: z.nullish(z.array(z.unknown())),
  transitionScreen: z.nullish(rule),
  properties: z.nullish(properties),
});
export type TransitionInput = z.infer<typeof transition>;

const status = z.object({
  id: z.nullish(z.string()),
  name: z.string(),
  description: z.nullish(z.string()),
  statusCategory: z.enum(['TODO', 'IN_PROGRESS', 'DONE']),
  statusReference: z.string(),
});
export type StatusInput = z.infer<typeof status>;

const body = {
  description: z.nullish(z.string()),
  startPointLayout: z.nullish(point),
  statuses: z.array(
    z.object({ statusReference: z.string(), layout: z.nullish(point), properties: z.nullish(properties) }),
  ),
  transitions: z.array(transition),
};
const newWorkflow = z.object({ ...body, name: z.string() });
const mapping = z.object({ oldStatusReference: z.string(), newStatusReference: z.string() });
const changedWorkflow = z.object({
  ...body,
  id: z.string(),
  version: z.object({ id: z.optional(z.string()), versionNumber: z.number() }),
  defaultStatusMappings: z.nullish(z.array(mapping)),
  statusMappings: z.nullish(
    z.array(z.object({ projectId: z.string(), issueTypeId: z.string(), statusMigrations: z.array(mapping) })),
  ),
});
export type NewWorkflowInput = z.infer<typeof newWorkflow>;
export type ChangedWorkflowInput = z.infer<typeof changedWorkflow>;
/** What creating and changing a workflow have in common. */
export type WorkflowBody = Pick<NewWorkflowInput, 'statuses' | 'transitions' | 'description' | 'startPointLayout'>;

const statuses = z._default(z.nullish(z.array(status)), []);
const createRequest = z.object({
  scope: z.object({ type: z.enum(['GLOBAL', 'PROJECT']) }),
  statuses,
  workflows: z.array(newWorkflow),
});
const updateRequest = z.object({ statuses, workflows: z.array(changedWorkflow) });
export type CreateInput = z.infer<typeof createRequest>;
export type UpdateInput = z.infer<typeof updateRequest>;

/** @throws Refusal 400 when the body has not the documented shape. */
function parsed<T>(schema: z.ZodMiniType<T>, given: unknown): T {
  const read = schema.safeParse(given);
  if (!read.success) throw new Refusal(400, `Invalid request payload: ${z.prettifyError(read.error)}`);
  return read.data;
}

export const readCreate = (given: unknown): CreateInput => parsed(createRequest, given);
export const readUpdate = (given: unknown): UpdateInput => parsed(updateRequest, given);

const levels = z._default(z.array(z.enum(['WARNING', 'ERROR'])), ['WARNING', 'ERROR']);
const validation = z.object({
  payload: z.unknown(),
  validationOptions: z.nullish(z.object({ levels })),
});

/** The body of `/workflows/create/validation` and `/update/validation`. */
export function readValidation(given: unknown): { readonly payload: unknown; readonly errors: boolean } {
  const { payload, validationOptions } = parsed(validation, given);
  return { payload, errors: validationOptions?.levels.includes('ERROR') ?? true };
}
