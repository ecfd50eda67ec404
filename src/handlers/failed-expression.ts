import * as z from '#zod';
import type { Ports } from '../ports/ports';

const event = z.lazy(() =>
  z.looseObject({
    workflowName: z.optional(z.string()),
    conditionId: z.optional(z.string()),
    validatorId: z.optional(z.string()),
    errorMessages: z.optional(z.array(z.string())),
  }),
);

/**
 * `avi:jira:failed:expression`: one of our rules could not be evaluated, so Jira refused or hid the transition. Nothing
 * opened; what is broken is the rule, and an admin has to hear of it.
 */
export function onFailedExpression(ports: Ports, payload: unknown): Promise<void> {
  const parsed = event.safeParse(payload);
  const detail = parsed.success ? parsed.data : {};
  ports.log.info('a workflow rule failed', {
    workflow: detail.workflowName ?? null,
    rule: detail.conditionId ?? detail.validatorId ?? null,
    messages: (detail.errorMessages ?? []).length,
  });
  return Promise.resolve();
}
