import * as z from '#zod';
import { sha256Hex } from '../ledger/hash';
import { failedExpressionKey } from '../ledger/keys';
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
 * opened; what is broken is the rule, and the next check of the controls says so. Messages and the change stay out: they
 * may quote what people wrote.
 */
export async function onFailedExpression(ports: Ports, payload: unknown): Promise<void> {
  const parsed = event.safeParse(payload);
  const detail = parsed.success ? parsed.data : {};
  ports.log.info('a workflow rule failed', {
    workflow: detail.workflowName ?? null,
    rule: detail.conditionId ?? detail.validatorId ?? null,
    messages: (detail.errorMessages ?? []).length,
  });
  const now = ports.clock.now();
  const id = detail.conditionId ?? detail.validatorId ?? 'unknown';
  const rule = /^[\w.-]{1,100}$/.test(id) ? id : sha256Hex(id).slice(0, 32);
  const value = { workflow: detail.workflowName ?? 'unknown', rule, at: now.toISOString() };
  await ports.store.set(failedExpressionKey(now, rule), value, { ttlSeconds: KEPT_SECONDS });
}

/** The check of the controls looks at the last 24 hours. */
const KEPT_SECONDS = 48 * 60 * 60;
