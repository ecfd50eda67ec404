import * as z from '#zod';
import { DISCREPANCIES, JIRA_PARTS, JIRA_RECORDS } from './jira-entries';

/** The shapes of the entries about what Jira holds; built with those of all others, see ./stored. */
export function jiraBodies<D extends z.ZodMiniType<string>, C extends z.ZodMiniType<{ commitment: string }>>(
  digest: D,
  committed: C,
) {
  const nullable = z.nullable(z.string());
  const attributes = z.record(z.string(), z.string());
  const maybe = z.nullable(committed);
  return {
    'jira-read': z.looseObject({
      readAt: z.string(),
      parts: z.array(
        z.looseObject({ part: z.enum(JIRA_PARTS), complete: z.boolean(), found: z.number(), because: nullable }),
      ),
      records: z.array(
        z.looseObject({
          record: z.enum(JIRA_RECORDS),
          id: z.string(),
          state: z.enum(['there', 'changed', 'gone']),
          digest,
          attributes,
          what: maybe,
          by: maybe,
          at: nullable,
        }),
      ),
      viewer: maybe,
    }),
    'discrepancy-found': z.looseObject({
      discrepancy: z.enum(DISCREPANCIES),
      subject: z.string(),
      attributes,
      what: maybe,
      by: maybe,
      at: nullable,
    }),
    'discrepancy-resolved': z.looseObject({ found: z.number(), because: z.string() }),
  };
}
