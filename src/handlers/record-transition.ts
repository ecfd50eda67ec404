import * as z from '#zod';
import type { Ports, ReportedTransition } from '../ports/ports';

const identifier = z.lazy(() => z.union([z.string(), z.number()]));
const event = z.lazy(() =>
  z.looseObject({
    atlassianId: z.string(),
    issue: z.looseObject({ id: identifier }),
    transition: z.looseObject({
      name: z.optional(z.nullable(z.string())),
      executionId: identifier,
      from: z.looseObject({ id: identifier }),
      to: z.looseObject({ id: identifier }),
    }),
    changelog: z.optional(z.nullable(z.looseObject({ id: z.optional(identifier) }))),
  }),
);

/**
 * Our post function (developer.atlassian.com, "Jira workflow post function"): the one documented place that names who
 * transitioned. It comes at least once and late; the job confirms it against Jira's changelog before recording.
 */
export async function onTransition(ports: Ports, payload: unknown): Promise<void> {
  const parsed = event.safeParse(payload);
  if (!parsed.success) {
    // Asking for a retry would bring the same shape again. The move shows as one without a decision, and opens nothing.
    ports.log.error('a post function event was not understood', parsed.error);
    return;
  }
  const { atlassianId, issue, transition, changelog } = parsed.data;
  const reported: ReportedTransition = {
    issueId: String(issue.id),
    actor: atlassianId,
    from: String(transition.from.id),
    to: String(transition.to.id),
    name: transition.name ?? '',
    executionId: String(transition.executionId),
    historyId: changelog?.id === undefined ? null : String(changelog.id),
  };
  await ports.jobs.push(
    { job: 'record-transition', transition: reported, attempt: 0 },
    { onePerKey: `change-${reported.issueId}` },
  );
}
